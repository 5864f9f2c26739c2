"""A page's title as its text gives it: the words of a heading, without marks."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

MAX_LINES = 20_000
"""How far down a page its title is looked for."""

MAX_LINE = 2000
"""Characters of a heading that are looked at; no table holds as many."""

MAX_UNDERLINED = 200
"""Characters of a heading above a line of ``---``; more is a paragraph whose author meant a rule."""

_FENCE = re.compile(r" {0,3}(?P<mark>`{3,}|~{3,})(?P<rest>.*)$")
_ATX = re.compile(r" {0,3}(?P<marks>#{1,6})(?=[ \t]|$)")
_UNDERLINE = re.compile(r" {0,3}(?:(?P<first>=+)|-+)[ \t]*$")
_INDENTED = re.compile(r" {4}| {0,3}\t")
_OTHER_BLOCK = re.compile(r" {0,3}(?:[>|<]|[-*+](?:[ \t]|$)|\d{1,9}[.)](?:[ \t]|$)|:::|\{)")
_COMMENTS = {"<!--": "-->", "{/*": "*/}"}

_ANCHOR = re.compile(r"[ \t]*(?:\{#[^{}]*\}|\[\[[^\[\]]*\]\]|\{/\*[ \t]*#[^*]*\*/\})[ \t]*$")
_CODE = re.compile(r"(?<!`)(?P<ticks>`+)(?!`)(?P<code>.*?)(?<!`)(?P=ticks)(?!`)")
_IMAGE = re.compile(r"!\[(?P<alt>[^\[\]]*)\](?:\([^()]*\)|\[[^\[\]]*\])")
_LINK = re.compile(r"\[(?P<text>[^\[\]]*)\](?:\((?:[^()\\]|\([^()]*\))*\)|\[[^\[\]]*\])")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--.*?-->|\{/\*.*?\*/\}")
_STARS = re.compile(r"(?P<mark>\*{1,3}|~~)(?=\S)(?P<text>.+?)(?<=\S)(?P=mark)")
_LOW_LINES = re.compile(r"(?<!\w)(?P<mark>_{1,3})(?=\S)(?P<text>.+?)(?<=\S)(?P=mark)(?!\w)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_KEPT = re.compile("\ue000([0-9]+)\ue001")


def first_heading(body: str) -> str:
    """Return the first heading of level one, else of any level, as plain text; empty when there is none."""
    found = ""
    for heading in _headings(body):
        if heading.level == 1 and (title := plain_text(heading.text)):
            return title
        found = found or plain_text(heading.text)
    return found


def without_title(body: str, title: str) -> str:
    """Return the text without the heading that says the title again, which a page shows above its text.

    Only the first heading can; its lines become empty, so that every other line keeps its number.
    """
    first = next(_headings(body), None)
    if first is None or first.level != 1 or plain_text(first.text) != title:
        return body
    lines = body.split("\n")
    lines[first.start : first.end] = [""] * (first.end - first.start)
    return "\n".join(lines)


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


class _Found(NamedTuple):
    """A heading, and the lines it stands in: from ``start`` to before ``end``, counted from 0."""

    level: int
    text: str
    start: int
    end: int


def _headings(body: str) -> Iterator[_Found]:
    """Yield each heading in order; what stands in code or a comment is none."""
    until = ""  # what ends the fence or comment that the line stands in
    paragraph: list[str] = []
    in_other_block = False
    for at, line in enumerate(body.split("\n", MAX_LINES)[:MAX_LINES]):
        if until:
            if _ends(line, until):
                until = ""
        elif until := _opens(line):
            paragraph, in_other_block = [], False
        elif atx := _ATX.match(line):
            yield _Found(len(atx["marks"]), _without_closing(line[atx.end() :]), at, at + 1)
            paragraph, in_other_block = [], False
        elif paragraph and (underline := _UNDERLINE.match(line)):
            if sum(map(len, paragraph)) <= MAX_UNDERLINED:
                level = 1 if underline["first"] else 2
                yield _Found(level, " ".join(paragraph), at - len(paragraph), at + 1)
            paragraph = []
        elif not line.strip():
            paragraph, in_other_block = [], False
        elif in_other_block or _OTHER_BLOCK.match(line):
            # Until the next blank line: a list item may go on in lines that look like prose.
            paragraph, in_other_block = [], True
        elif paragraph or not _INDENTED.match(line):
            paragraph.append(line.strip())


def _opens(line: str) -> str:
    """Return what will end the fence or comment that a line begins; empty when it begins none."""
    start = line.lstrip()
    if start.startswith(("```", "~~~")) and (fence := _FENCE.match(line)):
        is_code_span = fence["mark"][0] == "`" and "`" in fence["rest"]
        return "" if is_code_span else fence["mark"]
    for opening, closing in _COMMENTS.items():
        if start.startswith(opening) and closing not in start:
            return closing
    return ""


def _ends(line: str, until: str) -> bool:
    if until in _COMMENTS.values():
        return until in line
    fence = line.strip()
    return line.startswith((until[0], " ")) and fence.startswith(until) and not fence.strip(until[0])


def _without_closing(text: str) -> str:
    """Return the text of a ``#`` heading without the ``##`` that may close it."""
    text = text.strip(" \t")
    opened = text.rstrip("#")
    return opened.rstrip(" \t") if not opened or opened[-1] in " \t" else text
