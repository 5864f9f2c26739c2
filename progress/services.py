"""Everything that changes progress. Each function runs in the transaction of the act that caused it.

Callers that act for a person hold that learner's row (``accounts.identity.ensure_learner`` locks it), so two
acts of one learner follow each other and nothing here is lost to a race.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, F, FloatField, IntegerField, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from accounts.models import Learner
from lessons.models import Lesson
from progress.models import LessonProgress
from progress.querysets import question_count, standings
from progress.states import Rule, State
from quizzes.models import Answer, Attempt

PRACTICE = Attempt.Purpose.PRACTICE


class NoSuchSection(Exception):
    """The lesson has no heading with this anchor; the page may be older than the lesson."""


# --- What a learner does ------------------------------------------------------------------------


@transaction.atomic
def mark(learner: Learner, lesson: Lesson, *, done: bool) -> LessonProgress:
    """Mark a lesson as done or not done by hand; doing so twice changes nothing.

    Marking as done a lesson whose own rule holds hands it back to the rule.
    """
    progress, _created = LessonProgress.objects.get_or_create(learner=learner, lesson=lesson)
    state = state_of(learner, lesson)
    progress.marked = (None if state.rule_is_met else True) if done else False
    progress.completed_at = (progress.completed_at or timezone.now()) if done else None
    progress.save(update_fields=["marked", "completed_at"])
    return progress


@transaction.atomic
def record_position(learner: Learner, lesson: Lesson, section: str) -> None:
    """Keep the heading last read; reaching the last one completes a lesson whose rule is *view*.

    Nothing is written for the section that is stored already. Raises ``NoSuchSection``.
    """
    anchors = list(lesson.sections.exclude(anchor="").values_list("anchor", flat=True))
    if section not in (anchors or [""]):
        raise NoSuchSection(section)
    is_last = not anchors or section == anchors[-1]
    now = timezone.now()
    progress, created = LessonProgress.objects.get_or_create(
        learner=learner, lesson=lesson, defaults={"section": section, "read_at": now}
    )
    changed: dict[str, Any] = {}
    if not created and progress.section != section:
        changed |= {"section": section, "read_at": now}
    if is_last and progress.viewed_at is None:
        changed["viewed_at"] = now
    if not changed:
        return
    _set(progress, changed)
    if is_last:
        _complete_by_rule(progress, state_of(learner, lesson), now)


def count_answer(answer: Answer) -> None:
    """Count an answer that was just stored, and complete its lesson if nothing is missing now. Two queries.

    A lesson marked as not done stays so until another attempt at it is complete: then its rule decides again.
    """
    attempt = answer.attempt
    if attempt.purpose != PRACTICE:
        return
    answered = _answered(attempt__learner=attempt.learner_id, attempt__quiz=OuterRef("quiz"))
    lessons = Lesson.objects.filter(quiz=attempt.quiz_id).annotate(counted=_count_of(answered))
    row, state = next(standings(attempt.learner, lessons, "its__pk", "counted"))
    state = replace(
        state,
        answered=row["counted"],
        answered_at=max(filter(None, (state.answered_at, answer.answered_at))),
        best_share=_better(state.best_share, attempt),
        marked=None if state.marked is False and answer.finishes_attempt else state.marked,
    )
    if not state.done and state.marked is None and state.rule_is_met:
        state = replace(state, completed_at=answer.answered_at)
    values = {name: getattr(state, name) for name in _COUNTED}
    if row["its__pk"] is None:
        LessonProgress.objects.create(learner_id=attempt.learner_id, lesson_id=row["pk"], **values)
    else:
        LessonProgress.objects.filter(pk=row["its__pk"]).update(**values)


_COUNTED = ("answered", "answered_at", "best_share", "marked", "completed_at")
"""What an answer may change."""


def _better(best: float | None, attempt: Attempt) -> float | None:
    """Return the better of the best share so far and that of an attempt, if it is complete."""
    if attempt.points is None or not attempt.possible:
        return best
    return max(best or 0.0, attempt.points / attempt.possible)


def state_of(learner: Learner, lesson: Lesson) -> State:
    """Return a learner's state in one lesson, whether or not the lesson is listed. One query."""
    return next(state for _row, state in standings(learner, Lesson.objects.filter(pk=lesson.pk)))


def _complete_by_rule(progress: LessonProgress, state: State, moment: datetime) -> None:
    if progress.completed_at is None and progress.marked is None and state.rule_is_met:
        _set(progress, {"completed_at": moment})


def _set(progress: LessonProgress, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(progress, name, value)
    progress.save(update_fields=list(values))


# --- Counting -----------------------------------------------------------------------------------


def _answered(**of: Any) -> QuerySet[Answer]:
    """Return the practice answers to questions asked today in the lesson they were given in."""
    return Answer.objects.filter(
        attempt__purpose=PRACTICE,
        question__retired_at=None,
        question__revision__isnull=False,
        question__quiz=F("attempt__quiz"),
        **of,
    ).order_by()


def _count_of(answers: QuerySet[Answer]) -> Coalesce:
    """Return, for an outer query, how many different questions the answers are to."""
    counted = (
        answers.values("attempt__purpose").annotate(count=Count("question", distinct=True)).values("count")
    )
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


@transaction.atomic
def recount(rows: QuerySet[LessonProgress] | None = None) -> int:
    """Count anew from the answers, after questions came, left or got another key; return the rows changed.

    Completion is never taken back, and given where a rule holds now. Without ``rows`` everything is counted,
    and rows that are missing are made.
    """
    if rows is None:
        _make_missing()
        rows = LessonProgress.objects.all()
    answered = _answered(attempt__learner=OuterRef("learner"), attempt__quiz__lesson=OuterRef("lesson"))
    complete = Attempt.objects.complete().filter(
        learner=OuterRef("learner"), quiz__lesson=OuterRef("lesson"), purpose=PRACTICE, possible__gt=0
    )
    share = Cast("points", FloatField()) / Cast("possible", FloatField())
    best = complete.order_by().values("learner").annotate(best=Max(share)).values("best")
    counted = rows.annotate(
        new_answered=_count_of(answered), new_best=Subquery(best, output_field=FloatField())
    )
    changed = 0
    for progress in list(counted):
        fresh = {"answered": progress.new_answered, "best_share": progress.new_best}
        if any(getattr(progress, name) != value for name, value in fresh.items()):
            _set(progress, fresh)
            changed += 1
    return changed + _complete_where_rules_hold(rows)


def _complete_where_rules_hold(rows: QuerySet[LessonProgress]) -> int:
    waiting = rows.filter(completed_at=None, marked=None).annotate(asked=question_count("lesson"))
    by_answers = Q(lesson__complete=Rule.QUIZ, asked__gt=0, answered__gte=F("asked"))
    by_score = Q(lesson__complete=Rule.PASS, asked__gt=0, best_share__isnull=False)
    candidates = waiting.filter(by_answers | by_score).select_related("learner", "lesson")
    completed = 0
    for progress in candidates.iterator():
        if state_of(progress.learner, progress.lesson).rule_is_met:
            _set(progress, {"completed_at": timezone.now()})
            completed += 1
    return completed


def _make_missing() -> None:
    """Make the rows that answers imply and that are not there."""
    known = LessonProgress.objects.filter(learner=OuterRef("learner"), lesson=OuterRef("quiz__lesson"))
    pairs = (
        Attempt.objects.filter(~Exists(known), purpose=PRACTICE, learner__merged_into=None)
        .order_by()
        .values_list("learner", "quiz__lesson")
        .annotate(last=Max("answers__answered_at"))
    )
    LessonProgress.objects.bulk_create(
        [
            LessonProgress(learner_id=learner, lesson_id=lesson, answered_at=last)
            for learner, lesson, last in pairs
        ],
        ignore_conflicts=True,
    )
