"""What other apps' pages show of quizzes. A tag takes the whole list at once, never one row in a loop."""

from __future__ import annotations

from collections.abc import Iterable

from django import template

from accounts.models import Learner
from lessons.models import Lesson
from quizzes.models import Attempt
from quizzes.scores import whole_percent

register = template.Library()


@register.simple_tag
def best_scores(learner: Learner, lessons: Iterable[Lesson]) -> dict[int, int]:
    """Return a learner's score in each lesson that has one: the best complete attempt, in whole percent.

    ``{% best_scores request.learner lessons as scores %}`` gives a dictionary by lesson id, in one query;
    none for a stranger.
    """
    if learner.is_stranger:
        return {}
    shares = Attempt.objects.of(learner).best_shares([lesson.pk for lesson in lessons])
    return {lesson_id: whole_percent(share) for lesson_id, share in shares.items()}
