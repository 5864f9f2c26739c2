"""GIFT, the plain text format of Moodle's question banks: choices, true or false, numbers, short answers.

Questions stand apart by empty lines. What GIFT cannot say of a question of ours stands in a comment before
it, ``// engineersofai: {…}`` (written by ``quizzes.export.gift``). Matching, essays and descriptions are
skipped.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from catalog.problems import Problem
from quizzes.bodies import absolute_tolerance
from quizzes.foreign.drafts import Draft, Origin, as_questions
from quizzes.foreign.gift_answers import GiftError, read_answers
from quizzes.foreign.gift_text import SPACES, Piece, clean, find, formatted
from quizzes.schema import MAX_QUESTIONS
from quizzes.source import QuestionSource

NOTE = "// engineersofai:"
BLANK = "_____"
"""What stands for the missing word of a question that has text on both sides of its answers."""

_KEPT = {"id": str, "kind": str, "concepts": list, "section": str}


@dataclass(slots=True)
class _Block:
    """The lines of one question, without comments; ``numbers`` are their lines in the file, from 1."""

    lines: list[str] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    note: str = ""


def read_gift(origin: Origin) -> tuple[list[QuestionSource], list[Problem]]:
    """Return the questions of a GIFT file, whose whole text ``origin`` holds."""
    drafts: list[Draft] = []
    problems: list[Problem] = []
    for number, block in enumerate(_blocks(origin.text)):
        piece = Piece.of(block.lines, block.numbers)
        if number >= MAX_QUESTIONS:
            message = _("more than %(limit)d questions in one file") % {"limit": MAX_QUESTIONS}
            remedy = _("This one and those after it are skipped: split the file.")
            problems.append(origin.warning(piece.place, "too-many-questions", message, remedy))
            break
        try:
            drafts.append(_Question(piece, block.note).draft())
        except GiftError as error:
            problems.append(
                origin.warning(error.place, error.code, str(error), _("The question is skipped."))
            )
    questions, found = as_questions(drafts, origin)
    return questions, [*problems, *found]


def _blocks(text: str) -> Iterator[_Block]:
    block = _Block()
    for number, line in enumerate([*text.split("\n"), ""], start=1):
        bare = line.strip()
        if bare.startswith("//"):
            if bare.startswith(NOTE):
                block.note = bare.removeprefix(NOTE).strip()
        elif bare.startswith("$CATEGORY:") and not block.lines:
            block.note = ""
        elif bare:
            block.lines.append(line)
            block.numbers.append(number)
        elif block.lines:
            yield block
            block = _Block()


class _Question:
    def __init__(self, piece: Piece, note: str) -> None:
        self.piece = piece.stripped()
        self.place = self.piece.place
        self.note = _note(note)

    def draft(self) -> Draft:
        """Return the question; raises ``GiftError`` for what is none, or none of ours."""
        title = ""
        text = self.piece
        if text.text.startswith("::") and (end := find(text.text, "::", 2)) >= 0:
            title, text = clean(text.text[2:end].strip(SPACES)), text.part(end + 2).stripped()
        opening = find(text.text, "{")
        if opening < 0:
            raise GiftError(self.place, "gift-description", _("a description asks nothing"))
        closing = find(text.text, "}", opening + 1)
        if closing < 0:
            raise GiftError(
                text.part(opening).place, "gift-unclosed", _("the answers that begin here never end")
            )
        before, behind = text.part(0, opening), text.part(closing + 1)
        draft = Draft(self.place, {}, name=title)
        self._prompt(draft, before, behind)
        read_answers(text.part(opening + 1, closing), draft, self.note.get("type") == "short")
        self._add_note(draft)
        return draft

    def _prompt(self, draft: Draft, before: Piece, behind: Piece) -> None:
        prompt = formatted(before.text)
        if behind.text.strip(SPACES):
            # Spaces around the answers are those around the missing word.
            left = " " if before.text[-1:].isspace() and prompt else ""
            prompt = f"{prompt}{left}{BLANK}{_leading(behind.text)}{formatted(behind.text)}"
        draft.raw["prompt"] = prompt
        draft.places["prompt",] = before.stripped().place

    def _add_note(self, draft: Draft) -> None:
        for key, kind in _KEPT.items():
            if isinstance(self.note.get(key), kind):
                draft.raw[key] = self.note[key]
        ids, options = self.note.get("options"), draft.raw.get("options")
        if isinstance(ids, list) and isinstance(options, list) and len(ids) == len(options):
            for option, own in zip(options, ids, strict=True):
                if isinstance(own, str):
                    option["id"] = own
        if draft.raw.get("type") == "numeric":
            if isinstance(self.note.get("unit"), str):
                draft.raw["unit"] = self.note["unit"]
            self._add_percentage(draft)

    def _add_percentage(self, draft: Draft) -> None:
        """Take the tolerance as it was written, unless somebody changed the number it comes to."""
        written = self.note.get("tolerance")
        if (
            isinstance(written, str)
            and absolute_tolerance(draft.raw["answer"], written) == draft.raw["tolerance"]
        ):
            draft.raw["tolerance"] = written


def _note(text: str) -> dict[str, Any]:
    """Return what our comment says; one that was broken by hand says nothing."""
    try:
        data = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def _leading(text: str) -> str:
    return " " if re.match(r"\s", text) else ""
