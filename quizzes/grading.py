"""Points for responses. Pure: no database, no request; the same response always earns the same points.

* ``choice``, ``truefalse``: 1 for the right one, else 0.
* ``multi``: (right options chosen − wrong options chosen) / right options, and never below 0.
* ``numeric``: 1 within the tolerance, its bounds included, else 0. How typed numbers are read:
  ``quizzes.numbers``. A unit typed behind the number must be the unit asked for.
* ``short``: 1 when the text equals an accepted form, compared in Unicode form C, without case, with every run
  of spaces as one and none around; else 0.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import Any

from quizzes.content import Body, ChoiceBody, NumericBody, ShortBody, TrueFalseBody
from quizzes.numbers import parse_number


@dataclass(frozen=True, slots=True)
class Response:
    """What somebody answered: option ids (choice, multi), a truth value (truefalse), or text (the others)."""

    options: frozenset[str] = frozenset()
    truth: bool | None = None
    text: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return what is stored in ``Answer.response``."""
        if self.truth is not None:
            return {"truth": self.truth}
        if self.options:
            return {"options": sorted(self.options)}
        return {"text": self.text}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Response:
        """Return a stored response."""
        return cls(frozenset(stored.get("options", ())), stored.get("truth"), stored.get("text", ""))


def grade(body: Body, response: Response) -> float:
    """Return the points that a response to this wording earns, from 0 to 1."""
    match body:
        case ChoiceBody():
            return _grade_options(body, response.options)
        case TrueFalseBody():
            return float(response.truth is body.answer)
        case NumericBody():
            return float(is_number_right(body, response.text))
        case ShortBody():
            return float(any(same_words(response.text, form) for form in body.accepted))


def is_number_right(body: NumericBody, text: str, *, answer: str = "") -> bool:
    """Whether a typed number lies within the tolerance of the answer (or of another given number)."""
    typed = parse_number(text)
    if typed is None or not is_unit_right(body, typed.unit):
        return False
    with localcontext(prec=60):
        target = Decimal(answer or body.answer)
        margin = Decimal(body.tolerance)
        if body.percent:
            margin = abs(target) * margin / 100
        return abs(typed.value - target) <= margin


def is_unit_right(body: NumericBody, unit: str) -> bool:
    """Whether what was typed behind a number is nothing, or the unit asked for."""
    return not unit or same_words(unit, body.unit)


def same_words(one: str, other: str) -> bool:
    """Whether two short answers are the same: Unicode form C, without case, spaces collapsed."""
    return folded(one) == folded(other)


def folded(text: str) -> str:
    """Return the form in which short answers are compared."""
    # Folding case can take a text out of form C (İ, ΐ), so it is normalized on both sides of it.
    return " ".join(unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold()).split())


def _grade_options(body: ChoiceBody, chosen: frozenset[str]) -> float:
    right = {option.id for option in body.options if option.correct}
    wrong = {option.id for option in body.options} - right
    if not body.multi:
        return float(len(chosen) == 1 and chosen <= right)
    return max(0.0, (len(chosen & right) - len(chosen & wrong)) / len(right))
