"""Questions as Markdown that anyone can read: a prompt, then a list of checkboxes, in ``<lesson>.quiz.md``.

A heading, a numbered line or the last paragraph before a list is its prompt. What is indented below an
option, behind an empty line or as a quote, is its reason. What stands after a list explains it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from django.utils.translation import gettext as _

from catalog.problems import Problem
from catalog.yamlsource import Position
from quizzes.foreign.drafts import Draft, Origin, as_questions
from quizzes.foreign.headings import heading_title, split_anchor
from quizzes.schema import MAX_OPTIONS, MAX_QUESTIONS
from quizzes.source import QuestionSource

_ITEM = re.compile(
    r"^(?P<indent> *)(?P<mark>[-*+]|\d{1,9}[.)])(?P<gap>[ \t]+)\[(?P<box>[ xX])\](?:[ \t]+(?P<text>.*))?$"
)
_MARK = re.compile(r"^ *(?:[-*+]|\d{1,9}[.)])(?: |$)")
_NEARLY = re.compile(r"^ *(?:[-*+]|\d{1,9}[.)]) *\[[^\[\]]{0,3}\](?![(\[:])")
_NUMBERED = re.compile(r"^ {0,3}(?P<mark>\d{1,3}[.)][ \t]+)(?=\S)")
_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,119}", re.ASCII)
_FENCE = re.compile(r"^[ \t]*(?P<ticks>`{3,}|~{3,})")
_RULE = re.compile(r"^ {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$")


MAX_TYPOS = 20
"""Lines of one file that are told to be nearly checkboxes."""


@dataclass(slots=True)
class _Block:
    """A list of checkboxes, with the lines before it that no earlier list has taken; lines count from 0."""

    before: range
    items: list[range] = field(default_factory=list)
    indent: int = 0

    @property
    def end(self) -> int:
        return self.items[-1].stop


def read_checkboxes(origin: Origin) -> tuple[list[QuestionSource], list[Problem]]:
    """Return the questions of a file, whose whole text ``origin`` holds."""
    reader = _Reader(origin)
    drafts = list(reader.drafts())
    questions, problems = as_questions(drafts, origin)
    return questions, [*reader.problems, *problems]


class _Reader:
    def __init__(self, origin: Origin) -> None:
        self.origin = origin
        self.lines = [line.replace("\t", "    ") for line in origin.text.split("\n")]
        self.in_fence = _fenced(self.lines)
        self.problems: list[Problem] = []
        self.typos = 0

    def drafts(self) -> Iterator[Draft]:
        blocks = list(islice(self._blocks(), MAX_QUESTIONS + 1))
        if not blocks:
            message, remedy = _("no list of checkboxes"), _("Write options as `- [x]` and `- [ ]`.")
            self.problems.append(self.origin.warning(Position(1, 1), "empty-quiz", message, remedy))
        prompts = [self._prompt_start(block, number == 0) for number, block in enumerate(blocks)]
        for number, block in enumerate(blocks):
            if len(block.items) > MAX_OPTIONS:
                self._refuse(block)
                continue
            stop = self._explanation_end(block.end, prompts[number + 1] if number + 1 < len(blocks) else None)
            yield self._draft(block, prompts[number], range(block.end, stop))

    def _refuse(self, block: _Block) -> None:
        message = _("%(count)d options, at most %(limit)d are read") % {
            "count": len(block.items),
            "limit": MAX_OPTIONS,
        }
        place = Position(block.items[0].start + 1, block.indent + 1)
        remedy = _("The question is skipped.")
        self.problems.append(self.origin.warning(place, "too-many-options", message, remedy))

    def _blocks(self) -> Iterator[_Block]:
        at = taken = self._first_line()
        while at < len(self.lines):
            item = None if self.in_fence[at] else _ITEM.match(self.lines[at])
            if item is None:
                if not self.in_fence[at] and self.typos < MAX_TYPOS and _NEARLY.match(self.lines[at]):
                    self.typos += 1
                    message = _("this is nearly a checkbox")
                    remedy = _("Write `- [x]` at a right option and `- [ ]` at a wrong one.")
                    self.problems.append(
                        self.origin.warning(Position(at + 1, 1), "checkbox", message, remedy)
                    )
                at += 1
                continue
            block = _Block(range(taken, at), indent=len(item["indent"]))
            while (
                at < len(self.lines) and (item := _ITEM.match(self.lines[at])) and self._is_level(item, block)
            ):
                stop = self._item_end(at, block.indent)
                block.items.append(range(at, stop))
                at = stop
            yield block
            taken = at

    def _first_line(self) -> int:
        """Return the line behind the front matter, if there is any."""
        if self.lines[0].rstrip() != "---":
            return 0
        return next((n + 1 for n, line in enumerate(self.lines) if n and line.rstrip() in ("---", "...")), 0)

    def _is_level(self, item: re.Match[str], block: _Block) -> bool:
        return abs(len(item["indent"]) - block.indent) <= 1

    def _item_end(self, start: int, indent: int) -> int:
        """Return the line behind an option: what is indented more than its mark belongs to it."""
        end = at = start + 1
        while at < len(self.lines):
            line = self.lines[at]
            if not line.strip():
                at += 1
                continue
            deep = len(line) - len(line.lstrip())
            if deep <= indent + 1 and not self._continues(at):
                break
            at += 1
            end = at
        return at if at < len(self.lines) and _ITEM.match(self.lines[at]) else end

    def _continues(self, at: int) -> bool:
        """Whether a line that is not indented belongs to the option above all the same, as on GitHub."""
        if self.in_fence[at]:
            return self.in_fence[at - 1]
        line = self.lines[at]
        starts_anew = heading_title(line) is not None or _MARK.match(line) or _RULE.match(line)
        return self._is_text(at - 1) and not starts_anew and not line.startswith(">")

    def _prompt_start(self, block: _Block, is_first: bool) -> int:
        """Return the line a prompt begins in, among those before its list."""
        open_lines = [n for n in block.before if not self.in_fence[n]]
        if found := [n for n in open_lines if heading_title(self.lines[n]) is not None]:
            return found[-1]
        if found := [n for n in open_lines if _NUMBERED.match(self.lines[n])]:
            return found[-1]
        if rules := [n for n in open_lines if _RULE.match(self.lines[n])]:
            return rules[-1] + 1
        starts = [
            n
            for n in open_lines
            if self.lines[n].strip() and (n == block.before.start or not self._is_text(n - 1))
        ]
        return starts[-1] if starts and not is_first else block.before.start

    def _is_text(self, number: int) -> bool:
        return bool(self.lines[number].strip()) and not self.in_fence[number]

    def _explanation_end(self, start: int, next_prompt: int | None) -> int:
        stop = len(self.lines) if next_prompt is None else next_prompt
        for number in range(start, stop):
            line = self.lines[number]
            if not self.in_fence[number] and (heading_title(line) is not None or _RULE.match(line)):
                return number
        return stop

    def _draft(self, block: _Block, start: int, explanation: range) -> Draft:
        lines = self.lines[start : block.before.stop]
        while lines and not lines[0].strip():
            lines, start = lines[1:], start + 1
        draft = Draft(Position(start + 1, 1), {"options": []})
        if lines and (title := heading_title(lines[0])) is not None:
            lines[0] = title
        elif lines and (number := _NUMBERED.match(lines[0])):
            width = number.end()
            lines = [lines[0][width:], *(_dedented(line, width) for line in lines[1:])]
        if lines and _ID.fullmatch(split_anchor(lines[0])[1]):
            lines[0], draft.raw["id"] = split_anchor(lines[0])
            draft.places["id",] = Position(start + 1, 1)
        draft.raw["prompt"] = "\n".join(lines).rstrip()
        draft.places["prompt",] = Position(start + 1, 1)
        draft.places["options",] = Position(block.items[0].start + 1, block.indent + 1)
        for item in block.items:
            self._option(draft, item)
        self._explain(draft, explanation, block)
        return draft

    def _option(self, draft: Draft, item: range) -> None:
        match = _ITEM.match(self.lines[item.start])
        assert match is not None
        width = len(match["indent"]) + len(match["mark"]) + len(match["gap"])
        lines = [match["text"] or "", *(_dedented(self.lines[n], width) for n in item if n > item.start)]
        cut = self._reason_start(lines, item.start)
        number = len(draft.raw["options"])
        option = {"text": "\n".join(lines[:cut]).strip(), "correct": match["box"] in "xX"}
        draft.places["options", number] = Position(item.start + 1, match.start("mark") + 1)
        draft.places["options", number, "text"] = draft.places["options", number]
        reason, first = _unquoted(lines[cut:])
        if reason:
            option["reason"] = reason
            draft.places["options", number, "reason"] = Position(item.start + cut + first + 1, width + 1)
        draft.raw["options"].append(option)

    def _reason_start(self, lines: list[str], start: int) -> int:
        for number, line in enumerate(lines):
            if number and not self.in_fence[start + number] and (not line.strip() or line.startswith(">")):
                return number
        return len(lines)

    def _explain(self, draft: Draft, lines: range, block: _Block) -> None:
        texts = [(n, _dedented(self.lines[n], block.indent)) for n in lines]
        while texts and not texts[0][1].strip():
            texts = texts[1:]
        explanation = "\n".join(text for _n, text in texts).rstrip()
        if explanation:
            draft.raw["explanation"] = explanation
            draft.places["explanation",] = Position(texts[0][0] + 1, 1)


def _fenced(lines: list[str]) -> list[bool]:
    """Return for each line whether it is part of a fenced block."""
    fenced: list[bool] = []
    ticks = ""
    for line in lines:
        match = _FENCE.match(line)
        if not ticks:
            ticks = match["ticks"] if match else ""
            fenced.append(bool(ticks))
        else:
            fenced.append(True)
            if match and match["ticks"].startswith(ticks) and not line.strip().strip(ticks[0]):
                ticks = ""
    return fenced


def _dedented(line: str, width: int) -> str:
    """Return a line without up to ``width`` spaces at its beginning."""
    return line[min(width, len(line) - len(line.lstrip(" "))) :]


def _unquoted(lines: list[str]) -> tuple[str, int]:
    """Return a reason, out of its quote if it is one, and the number of empty lines before it."""
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    lines = lines[first:]
    if lines and all(line.startswith(">") or not line.strip() for line in lines):
        lines = [line.removeprefix(">").removeprefix(" ") for line in lines]
    return "\n".join(lines).strip("\n"), first
