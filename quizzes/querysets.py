"""Which questions, attempts and answers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, FloatField, Max, Subquery
from django.db.models.functions import Cast

from accounts.models import Learner

if TYPE_CHECKING:
    from quizzes.models import Answer, Attempt, Question, Quiz  # noqa: F401


class QuestionQuerySet(models.QuerySet["Question"]):
    """Questions by state."""

    def current(self) -> QuestionQuerySet:
        """Keep the questions that are asked today, in the order of the lesson."""
        return self.filter(retired_at=None, revision__isnull=False).order_by("position", "pk")


class AttemptQuerySet(models.QuerySet["Attempt"]):
    """Attempts by owner and state."""

    def of(self, learner: Learner) -> AttemptQuerySet:
        """Keep what belongs to a learner; a stranger has none."""
        return self.none() if learner.is_stranger else self.filter(learner_id=learner.pk)

    def open(self) -> AttemptQuerySet:
        """Keep attempts that still wait for answers."""
        return self.filter(completed_at=None, closed_at=None)

    def complete(self) -> AttemptQuerySet:
        """Keep attempts whose every question has a first answer."""
        return self.filter(completed_at__isnull=False)

    def practice(self, quiz: Quiz | int) -> AttemptQuerySet:
        """Keep goes at the quiz of one lesson (a quiz, or its primary key)."""
        return self.filter(quiz=quiz, purpose="practice")

    def current_first(self) -> AttemptQuerySet:
        """Order the *current* attempt first: the open one, else the one completed last."""
        return self.filter(closed_at=None).order_by(F("completed_at").desc(nulls_first=True), "-pk")

    def best_shares(self, lesson_ids: Iterable[int]) -> dict[int, float]:
        """Return, by lesson, the best share of points (0 to 1) of complete practice attempts. One query."""
        share = Cast("points", FloatField()) / Cast("possible", FloatField())
        rows = (
            self.complete()
            .filter(quiz__lesson__in=list(lesson_ids), purpose="practice", possible__gt=0)
            .values("quiz__lesson")
            .annotate(best=Max(share))
            .order_by()
        )
        return {row["quiz__lesson"]: row["best"] for row in rows}


class AnswerQuerySet(models.QuerySet["Answer"]):
    """Answers by attempt."""

    def of_current_attempt(self, learner: Learner, quiz: Quiz | int) -> AnswerQuerySet:
        """Fetch a learner's current attempt at a quiz with all its answers, in one query.

        An attempt is made by its first answer, so one without answers does not exist. Oldest answer first.
        """
        from quizzes.models import Attempt

        if learner.is_stranger:
            return self.none()
        current = Attempt.objects.of(learner).practice(quiz).current_first().values("pk")[:1]
        return self.filter(attempt=Subquery(current)).select_related("attempt").order_by("answered_at", "pk")
