"""Which question of a format without ids is which stored one, so that an edited prompt keeps its history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

from quizzes.content import Body, ChoiceBody, NumericBody, ShortBody, body_from_json
from quizzes.foreign.keys import tail_of
from quizzes.grading import folded
from quizzes.models import Question

T = TypeVar("T")

Wanted = tuple[str, int, Body]
"""A question with a derived id that nothing is stored under: the id, its lesson's primary key, its body."""


def pair(wanted: Sequence[Wanted], stored: Iterable[Question]) -> dict[str, Question]:
    """Return the stored question for each new id that has one; ``stored`` are those no id asks for any more.

    Only ids that were derived are paired, and only questions of one type. The same is, in this order: the one
    that says the same in any lesson of the track; within a lesson, the one with the same answers; and if
    exactly one old and one new question are then left over in a lesson, those two (its prompt was edited).
    """
    pairing = _Pairing(wanted, [question for question in stored if tail_of(question.key)])
    pairing.by(lambda one: tail_of(one[0]), lambda old: tail_of(old.key))
    pairing.keep_current()
    pairing.by(
        lambda one: (one[1], answers) if (answers := _answers(one[2])) else None,
        lambda old: (old.quiz.lesson_id, answers) if (answers := _stored_answers(old)) else None,
    )
    pairing.by(lambda one: one[1], lambda old: old.quiz.lesson_id)
    return pairing.found


class _Pairing:
    def __init__(self, wanted: Sequence[Wanted], old: list[Question]) -> None:
        self.wanted = list(wanted)
        self.old = old
        self.found: dict[str, Question] = {}

    def by(self, of_new: Callable[[Wanted], Hashable], of_old: Callable[[Question], Hashable]) -> None:
        """Pair what is alike where it is alone with that on both sides."""
        if not self.wanted or not self.old:
            return
        new, old = _grouped(self.wanted, of_new), _grouped(self.old, of_old)
        for likeness, ones in new.items():
            others = old.get(likeness, [])
            if len(ones) == len(others) == 1 and ones[0][2].type == others[0].type:
                self.found[ones[0][0]] = others[0]
        taken = {question.pk for question in self.found.values()}
        self.wanted = [one for one in self.wanted if one[0] not in self.found]
        self.old = [question for question in self.old if question.pk not in taken]

    def keep_current(self) -> None:
        """Leave out what is retired already: only an equal question brings it back."""
        self.old = [question for question in self.old if question.retired_at is None]


def _grouped(items: Iterable[T], likeness: Callable[[T], Hashable]) -> dict[Hashable, list[T]]:
    groups: dict[Hashable, list[T]] = defaultdict(list)
    for item in items:
        if (like := likeness(item)) is not None:
            groups[like].append(item)
    return groups


def _stored_answers(question: Question) -> Hashable:
    return _answers(body_from_json(question.revision.body)) if question.revision else None


def _answers(body: Body) -> Hashable:
    """Return what a question's answers are; None where they tell nothing of it."""
    match body:
        case ChoiceBody():
            return frozenset(option.markdown for option in body.options)
        case NumericBody():
            return (body.answer, body.tolerance, body.unit)
        case ShortBody():
            return frozenset(folded(form) for form in body.accepted)
        case _:
            return None
