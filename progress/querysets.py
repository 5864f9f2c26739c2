"""Which rows of progress, and the one query behind every percentage."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Count, F, FilteredRelation, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.models import Learner
from lessons.models import Lesson
from progress.states import DEFAULT_PASS_PERCENT, State
from quizzes.models import Question

if TYPE_CHECKING:
    from progress.models import LessonProgress  # noqa: F401

_COLUMNS = (
    "answered",
    "best_share",
    "viewed_at",
    "marked",
    "completed_at",
    "section",
    "read_at",
    "answered_at",
)
"""Columns of progress that make a state; all are NULL for a lesson without a row."""


class LessonProgressQuerySet(models.QuerySet["LessonProgress"]):
    """Progress by owner and state."""

    def of(self, learner: Learner) -> LessonProgressQuerySet:
        """Keep what belongs to a learner; a stranger has none."""
        return self.none() if learner.pk is None else self.filter(learner_id=learner.pk)

    def complete(self) -> LessonProgressQuerySet:
        """Keep lessons that are done."""
        return self.filter(completed_at__isnull=False)


def question_count(lesson: str) -> Coalesce:
    """Return the number of questions asked today in the lesson that ``lesson`` names in the outer query."""
    questions = Question.objects.current().filter(quiz__lesson=OuterRef(lesson)).order_by()
    counted = questions.values("quiz").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def standings(
    learner: Learner, lessons: QuerySet[Lesson], *extra: str
) -> Iterator[tuple[dict[str, Any], State]]:
    """Yield the fields named in ``extra`` of each lesson, and the learner's state in it. One query.

    The side menu, the home page, the dashboard and the box at the end of a lesson all read this. A stranger
    gets the questions of each lesson and nothing else.
    """
    columns = {f"its_{name}": F(f"its__{name}") for name in _COLUMNS}
    rows = (
        lessons.annotate(its=FilteredRelation("progress", condition=Q(progress__learner=learner.pk or 0)))
        .annotate(question_count=question_count("pk"))
        .values("pk", "complete", "question_count", "quiz__pass_percent", *extra, **columns)
    )
    for row in rows:
        yield row, _state(row)


def _state(row: dict[str, Any]) -> State:
    pass_percent = row["quiz__pass_percent"]
    return State(
        rule=row["complete"],
        questions=row["question_count"],
        # Between two loads a count may be a question ahead of what is asked today.
        answered=min(row["its_answered"] or 0, row["question_count"]),
        best_share=row["its_best_share"],
        pass_percent=DEFAULT_PASS_PERCENT if pass_percent is None else pass_percent,
        viewed=row["its_viewed_at"] is not None,
        marked=row["its_marked"],
        completed_at=row["its_completed_at"],
        section=row["its_section"] or "",
        read_at=row["its_read_at"],
        answered_at=row["its_answered_at"],
    )
