"""Questions whose type is missing or misspelled, read as what they look like.

A schema cannot look into a question whose type it does not know. A question with the type it seems to have is
looked into, so that one run tells its other mistakes too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from catalog.problems import Problem, nearest_word
from catalog.yamlsource import Mapped, validate
from quizzes.schema import SPECS, QuizSpec

_ALL_KEYS = frozenset(key for spec in SPECS.values() for key in spec.model_fields)
_ANY_OPTIONS = [{"text": "a", "reason": "a", "correct": True}, {"text": "b", "reason": "b"}]
"""Stands in for the part of a question that gives no hint of its type, where nothing can be said of it."""


def validate_quiz(mapped: Mapped) -> tuple[Mapped, list[Problem]]:
    """Return a quiz as it is to be read on, every question with a type, and all that its schema refuses.

    Types that were guessed are refused all the same.
    """
    problems = validate(QuizSpec, mapped)
    untyped = dict(_untyped(mapped))
    if not untyped:
        return mapped, problems
    questions = [untyped.get(index, raw) for index, raw in enumerate(mapped.data["questions"])]
    typed = replace(mapped, data={**mapped.data, "questions": questions})
    problems += [each for each in validate(QuizSpec, typed) if each not in problems]
    said = set(_said_by_a_misspelled_key(mapped, untyped))
    return typed, [each for each in problems if each not in said]


def _untyped(mapped: Mapped) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield each question without a type of ours, by its index, as one that has it."""
    questions = mapped.data.get("questions") if isinstance(mapped.data, dict) else None
    for index, raw in enumerate(questions if isinstance(questions, list) else ()):
        if isinstance(raw, dict) and not _is_type(raw.get("type")):
            yield index, _as_typed(raw)


def _is_type(value: object) -> bool:
    return isinstance(value, str) and value in SPECS


def _as_typed(raw: dict[str, Any]) -> dict[str, Any]:
    """Return a question with the type that it was given by a slip, or else with the one it looks like.

    What only other types have is left out then: it is no mistake of which anything could be told.
    """
    written = raw.get("type", raw.get(_misspelled_type(raw)))
    if near := nearest_word(str(written), SPECS):
        return {**raw, "type": near}
    seeming = _seeming_type(raw)
    spec = SPECS[seeming or "choice"]
    kept = {key: value for key, value in raw.items() if key in spec.model_fields or key not in _ALL_KEYS}
    return {**kept, "type": seeming} if seeming else {**kept, "type": "choice", "options": _ANY_OPTIONS}


def _seeming_type(raw: dict[str, Any]) -> str:
    """Return the type whose fields a question has, empty when they do not tell."""
    options, answer = raw.get("options"), raw.get("answer")
    if "options" in raw:
        listed = options if isinstance(options, list) else []
        right = sum(isinstance(option, dict) and option.get("correct") is True for option in listed)
        return "multi" if right > 1 else "choice"
    if "accepted" in raw:
        return "short"
    if isinstance(answer, bool) or "reason_true" in raw or "reason_false" in raw:
        return "truefalse"
    return "numeric" if isinstance(answer, (int, float)) or "tolerance" in raw or "unit" in raw else ""


def _misspelled_type(raw: Iterable[str]) -> str:
    """Return the key that was meant to be ``type``, if there is one."""
    return next((key for key in raw if key not in _ALL_KEYS and nearest_word(key, ["type"])), "")


def _said_by_a_misspelled_key(mapped: Mapped, indexes: Iterable[int]) -> Iterator[Problem]:
    """Yield what is said of a missing type where the key is there, misspelled: that is told at the key."""
    for index in indexes:
        raw = mapped.data["questions"][index]
        if "type" not in raw and _misspelled_type(raw):
            message = _("missing key '%(key)s'") % {"key": "type"}
            yield mapped.problem(("questions", index), "missing-key", message, _("Add it here."), at_key=True)
