"""``<Question choices={[…]} />`` of the Hugging Face course.

The literal is read as data. Texts are HTML with some Markdown in it, and become Markdown. The prompt is what
stands before the tag: a numbered heading, and code or text below it, without half of a box around the tag.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from html import unescape
from textwrap import dedent
from typing import Any

from django.utils.translation import gettext as _

from catalog.problems import Problem
from catalog.yamlsource import DataPath, Position
from lessons.rendering.code_fences import lines_of_code
from quizzes.foreign.drafts import Draft, Origin, as_questions
from quizzes.foreign.frames import without_torn_frames
from quizzes.foreign.headings import heading_title, split_anchor
from quizzes.foreign.jsdata import JsError, Value, parse_literal
from quizzes.source import QuestionSource

_ATTRIBUTE = re.compile(
    r"\s*(?P<name>[A-Za-z_][\w.-]*)\s*(?:=\s*(?P<open>\{|(?P<quote>[\"'])(?P<text>.*?)(?P=quote)))?",
    re.DOTALL,
)
_TAG = re.compile(r"<Question\b")
_NUMBER = re.compile(r"^(?:\d{1,3}[.)]|[Qq](?:uestion)?[ \t]*\d{1,3}[.):])[ \t]+")
_FRAME = re.compile(r"^[ \t]*(?:\{[#:/@].*\}|</?[A-Z][\w.]*(?:[ \t][^<>]*)?/?>)[ \t]*$")
_CODE = re.compile(r"<code>(?P<code>[^<>]*)</code>")
_TICKS = re.compile(r"`+")
_RUNS = re.compile(r"(`+)")
_BRACE = re.compile(r"\\.|\$\$[^$]*\$\$|\$[^$\n]*\$|\{\{\s*model:[^{}]*\}\}|(?P<brace>[{}])", re.DOTALL)


def read_question(
    tag: str, line: int, before: str, before_line: int, origin: Origin, *, is_right_below: bool
) -> tuple[list[QuestionSource], list[Problem]]:
    """Return the question that a tag holds, which begins on ``line``; ``before`` is what stands before it.

    ``is_right_below`` tells whether a reader finds the tag right below that text.
    """
    places = _Places(tag, line, origin)
    try:
        values = _attributes(tag)
    except JsError as error:
        message = _("this <Question> cannot be read: %(why)s") % {"why": error}
        remedy = _("The question is skipped.")
        return [], [origin.warning(places.at(error.offset), "question", message, remedy)]
    draft = Draft(places.at(0), {"options": []})
    _read_choices(values.get("choices"), draft, places, is_mdx=origin.path.endswith(".mdx"))
    has_own_prompt = _read_own_prompt(values, draft, places)
    if not has_own_prompt:
        _read_prompt(before, before_line, draft)
    questions, problems = as_questions([draft], origin)
    return [
        replace(question, prompt_is_above=is_right_below and not has_own_prompt) for question in questions
    ], problems


def has_prompt(before: str) -> bool:
    """Whether what stands before a tag says anything; a variant of the same question stands alone."""
    return any(line.strip() for line in _prompt_lines(before.split("\n")))


def as_code_spans(html: str) -> str:
    """Return a text with its ``<code>`` as code spans, so that Markdown leaves alone what is inside."""

    def span(match: re.Match[str]) -> str:
        code = unescape(match["code"])
        if not code.strip() or "\n\n" in code:
            return match[0]
        ticks = "`" * (max((len(run) for run in _TICKS.findall(code)), default=0) + 1)
        gap = " " if code.startswith("`") or code.endswith("`") else ""
        return f"{ticks}{gap}{code}{gap}{ticks}"

    return _CODE.sub(span, html)


def with_plain_braces(markdown: str) -> str:
    """Return a text whose braces outside code, formulas and facts are escaped, for MDX reads them."""
    pieces = _RUNS.split(markdown)  # text and runs of ticks take turns
    runs = pieces[1::2]
    ends = {run: len(runs) - 1 - runs[::-1].index(run) for run in set(runs)}
    shown: list[str] = []
    closes = ""
    for number, piece in enumerate(pieces):
        if number % 2:
            closes = "" if piece == closes else closes or (piece if ends[piece] > number // 2 else "")
        elif not closes:
            piece = _BRACE.sub(lambda match: f"\\{match[0]}" if match["brace"] else match[0], piece)
        shown.append(piece)
    return "".join(shown)


class _Places:
    """Where the characters of a tag stand in its file; a tag's lines may be indented there."""

    def __init__(self, tag: str, line: int, origin: Origin) -> None:
        self.line = line
        self.starts = [0, *(match.end() for match in re.finditer("\n", tag))]
        self.margins = []
        page = origin.text.split("\n")
        for number, own in enumerate(tag.split("\n")):
            index = line + number - origin.first_line
            whole = page[index] if 0 <= index < len(page) else own
            self.margins.append(max(0, whole.find(own)) if own else 0)

    def at(self, offset: int) -> Position:
        row = bisect_right(self.starts, offset) - 1
        return Position(self.line + row, offset - self.starts[row] + 1 + self.margins[row])


def _attributes(tag: str) -> dict[str, Value]:
    """Return the attributes of a tag that hold literals; others are passed over where they can be."""
    opening = _TAG.search(tag)
    if opening is None:
        raise JsError(0, _("it does not begin"))
    at = opening.end()
    found: dict[str, Value] = {}
    while match := _ATTRIBUTE.match(tag, at):
        at = match.end()
        if match["quote"]:
            found[match["name"]] = Value(match["text"], match.start("quote"))
        elif match["open"]:
            value, at = parse_literal(tag, at)
            closing = re.compile(r"\s*\}").match(tag, at)
            if closing is None:
                raise JsError(at, _("expected '}'"))
            at = closing.end()
            found[match["name"]] = value
    return found


def _read_choices(value: Value | None, draft: Draft, places: _Places, *, is_mdx: bool) -> None:
    options: list[dict[str, Any]] = draft.raw["options"]
    if value is None:
        return
    draft.places["options",] = places.at(value.offset)
    for number, choice in enumerate(value.data if isinstance(value.data, list) else []):
        draft.places["options", number] = places.at(choice.offset)
        fields = choice.data if isinstance(choice.data, dict) else {}
        option: dict[str, Any] = {}
        for ours, theirs in (("text", "text"), ("reason", "explain")):
            if (field := fields.get(theirs)) is not None and field.data is not None:
                words = as_code_spans(_words(field.data)).strip()
                option[ours] = with_plain_braces(words) if is_mdx else words
                draft.places["options", number, ours] = places.at(field.offset)
        if fields.get("correct") is not None and fields["correct"].data is True:
            option["correct"] = True
        options.append(option)


def _words(data: object) -> str:
    """Return a value as the page would show it."""
    if isinstance(data, bool):
        return str(data).lower()
    if isinstance(data, float) and data.is_integer():
        return str(int(data))
    return str(data) if isinstance(data, (str, int, float)) else ""


def _read_own_prompt(values: dict[str, Value], draft: Draft, places: _Places) -> bool:
    """Take the prompt that a tag itself has, and return whether it has one."""
    for name in ("question", "prompt", "title"):
        if name in values and isinstance(values[name].data, str):
            draft.raw["prompt"] = as_code_spans(values[name].data).strip()
            draft.places["prompt",] = places.at(values[name].offset)
            return True
    return False


def _read_prompt(before: str, before_line: int, draft: Draft) -> None:
    place: DataPath = ("prompt",)
    lines = _prompt_lines(before.split("\n"))
    first = _first_said(lines)
    draft.raw["prompt"] = "\n".join(lines[first:]).rstrip()
    draft.places[place] = Position(before_line + first, 1) if lines[first:] else draft.place


def _prompt_lines(lines: list[str]) -> list[str]:
    """Return the lines before a question as those of its prompt; one in, one out, so lines keep count."""
    code = lines_of_code(lines, any_indent=True)
    lines = [
        line if number in code else "" if _FRAME.match(line) else as_code_spans(line)
        for number, line in enumerate(without_torn_frames(lines))
    ]
    first = _first_said(lines)
    if not lines[first:] or first in code:
        return lines
    if (title := heading_title(lines[first])) is not None:
        return [*lines[:first], _NUMBER.sub("", split_anchor(title)[0].lstrip()), *lines[first + 1 :]]
    said = lines[first].lstrip()
    bare = _NUMBER.sub("", said)
    rest = lines[first + 1 :]
    # The other lines of a list's item are indented as its text is, and would be code without its number.
    return [
        *lines[:first],
        bare,
        *(rest if bare == said else dedent("\n".join(rest)).split("\n")[: len(rest)]),
    ]


def _first_said(lines: list[str]) -> int:
    """Return the index of the first line that says something; how many lines there are when none does."""
    return next((number for number, line in enumerate(lines) if line.strip()), len(lines))
