"""A page's title as its text gives it: the words of a heading, without marks."""

from __future__ import annotations

import html
import re

from lessons.ordering import MAX_TITLE
from lessons.rendering.headings import HTML_HEADING, SourceHeading, headings_in
from lessons.rendering.mdx.places import Places
from lessons.rendering.mdx.questions import begins_question, questions_in

WINDOWS = (1_000, 8_000, 64_000)
"""Characters of a page in which its title is looked for, one after the other: most begin with it."""

MAX_LINE = 2000
"""Characters of a heading that are looked at; no table holds as many."""

_MAY_BE_H1 = re.compile(r"^[ \t>]*(?:#(?!#)|=+[ \t]*$)|<h1", re.MULTILINE | re.IGNORECASE)

_ANCHOR = re.compile(r"[ \t]*(?:\{#[^{}]*\}|\[\[[^\[\]]*\]\]|\{/\*[ \t]*#[^*]*\*/\})[ \t]*$")
_CODE = re.compile(r"(?<!`)(?P<ticks>`+)(?!`)(?P<code>.*?)(?<!`)(?P=ticks)(?!`)")
_IMAGE = re.compile(r"!\[(?P<alt>[^\[\]]*)\](?:\([^()]*\)|\[[^\[\]]*\])")
_LINK = re.compile(r"\[(?P<text>[^\[\]]*)\](?:\((?:[^()\\]|\([^()]*\))*\)|\[[^\[\]]*\])")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--.*?-->|\{/\*.*?\*/\}")
_HTML_IMAGE = re.compile(r"<img\b[^<>]*>", re.IGNORECASE)
_HTML_ALT = re.compile(r"""\salt=(?:"([^"<>]+)"|'([^'<>]+)')""", re.IGNORECASE)
_STARS = re.compile(r"(?P<mark>\*{1,3}|~~)(?=\S)(?P<text>.+?)(?<=\S)(?P=mark)")
_LOW_LINES = re.compile(r"(?<!\w)(?P<mark>_{1,3})(?=\S)(?P<text>.+?)(?<=\S)(?P=mark)(?!\w)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_KEPT = re.compile("\ue000([0-9]+)\ue001")


def first_heading(body: str, path: str = "") -> str:
    """Return the first heading of level one, else of any level, as plain text; empty when there is none.

    ``path`` is the page's file, whose ending tells MDX.
    """
    found = ""
    any_will_do = _MAY_BE_H1.search(body) is None
    for window in WINDOWS:
        found = ""
        for heading in headings_in(_beginning(body, window), path):
            title = _words(heading)
            if len(title) > MAX_TITLE and heading.end - heading.start > 1:
                continue  # a paragraph whose author meant the line below it as a rule
            if title and (heading.level == 1 or any_will_do):
                return title
            found = found or title
        if len(body) <= window:
            break
    return found


def without_title(body: str, title: str, path: str = "") -> str:
    """Return the text without the heading that says the title again, which a page shows above its text.

    Only the first of level one can, in Markdown only if no other heading stands before it. Every other line
    keeps its number, and an image in a heading of HTML its place.
    """
    for heading in headings_in(_beginning(body, WINDOWS[-1]), path):
        if heading.level == 1 and _words(heading) == title:
            return _without(body, heading)
        if heading.level == 1 or not heading.is_html:
            break
    return body


def _beginning(body: str, characters: int) -> str:
    """Return whole lines of a text, as many as the characters hold."""
    end = body.rfind("\n", 0, characters)
    return body[: characters if end < 0 else end] if len(body) > characters else body


def _without(body: str, heading: SourceHeading) -> str:
    lines = body.split("\n")
    text = "\n".join(lines[heading.start : heading.end])
    kept = ""
    if not heading.is_html:
        # A question on the line is no part of the title, and stays.
        kept = _questions(lines[heading.start :], len(text)) if begins_question(text) else ""
    else:
        found = next(found for found in HTML_HEADING.finditer(text) if found["level"] == "1")
        kept = (
            text[: found.start()]
            + "".join(_HTML_IMAGE.findall(found[0]))
            + _questions(found[0].split("\n"), len(found[0]))
            + text[found.end() :]
        )
    kept += "\n" * (heading.end - heading.start - 1 - kept.count("\n"))
    return "\n".join([*lines[: heading.start], kept, *lines[heading.end :]])


def _questions(lines: list[str], characters: int) -> str:
    """Return the questions that begin in so many characters, each on its line; one may go on behind them."""
    text = "\n".join(lines)
    pieces, at = "", 0
    for each in questions_in(Places(lines, indented_code=False)):
        if each.start >= characters:
            break
        end = min(each.end, characters)
        pieces += "\n" * text.count("\n", at, each.start) + text[each.start : end]
        at = end
    return pieces


def _words(heading: SourceHeading) -> str:
    if not heading.is_html:
        return plain_text(heading.text)
    text = _HTML_IMAGE.sub(lambda image: _alt(image[0]), heading.text[:MAX_LINE])
    return " ".join(html.unescape(_TAG.sub(" ", text)).split())


def _alt(image: str) -> str:
    alt = _HTML_ALT.search(image)
    return f" {alt[1] or alt[2]} " if alt else " "


def plain_text(markdown: str) -> str:
    """Return a line of Markdown as plain words: no anchor, emphasis or code marks; links keep their text."""
    kept: list[str] = []

    def keep(text: str) -> str:
        kept.append(text)
        return f"\ue000{len(kept) - 1}\ue001"

    text = _ANCHOR.sub("", markdown[:MAX_LINE].replace("\ue000", "").replace("\ue001", ""))
    # Code and escaped characters are words whatever they look like, so they stand aside meanwhile.
    text = _CODE.sub(lambda match: keep(match["code"].strip(" ")), text)
    text = _ESCAPE.sub(lambda match: keep(match[1]), text)
    text = _TAG.sub("", _LINK.sub(r"\g<text>", _IMAGE.sub(r"\g<alt>", text)))
    for marks in (_STARS, _LOW_LINES, _STARS):
        text = marks.sub(r"\g<text>", text)
    # Piece by piece: a reference to one of our own characters stands for none of what is kept.
    pieces = _KEPT.split(text)
    words = (kept[int(piece)] if at % 2 else html.unescape(piece) for at, piece in enumerate(pieces))
    return " ".join("".join(words).split())
