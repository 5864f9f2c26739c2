"""What progress does when something happens in the apps below."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from django.utils.translation import ngettext

from accounts.models import Learner
from accounts.signals import guest_marks, learner_erased, learner_merged, personal_data
from progress.merging import merge_progress
from progress.models import LessonProgress
from progress.services import count_answer, recount
from quizzes.models import Answer, Question, Quiz
from quizzes.signals import answered, asked_changed, regraded


@receiver(answered, dispatch_uid="progress.answered")
def answer_was_stored(answer: Answer, **kwargs: Any) -> None:
    """Count it."""
    count_answer(answer)


@receiver(regraded, dispatch_uid="progress.regraded")
def question_was_regraded(question: Question, **kwargs: Any) -> None:
    """Scores of the lesson may have changed."""
    recount(LessonProgress.objects.filter(lesson__quiz=question.quiz_id))


@receiver(asked_changed, dispatch_uid="progress.asked_changed")
def quiz_asks_others(quiz: Quiz, **kwargs: Any) -> None:
    """A question came, left or moved: what was answered of today's questions is another number."""
    recount(LessonProgress.objects.filter(lesson=quiz.lesson_id))


@receiver(learner_merged, dispatch_uid="progress.merged")
def learners_were_merged(source: Learner, target: Learner, **kwargs: Any) -> dict[str, int]:
    """Move the guest's progress; say how many finished lessons came over."""
    count = merge_progress(source, target)
    return {_finished(count): count}


@receiver(learner_erased, dispatch_uid="progress.erased")
def learner_was_erased(learner: Learner, **kwargs: Any) -> None:
    """Forget where they read and what they finished."""
    LessonProgress.objects.of(learner).delete()


@receiver(personal_data, dispatch_uid="progress.personal_data")
def copy_of_progress(learner: Learner, **kwargs: Any) -> tuple[str, list[dict[str, Any]]]:
    """Return the learner's progress, lesson by lesson."""
    rows = LessonProgress.objects.of(learner).order_by("lesson__path")
    fields = (
        "section",
        "read_at",
        "viewed_at",
        "answered",
        "answered_at",
        "best_share",
        "marked",
        "completed_at",
    )
    return "lesson_progress", [
        {"lesson": row.pop("lesson__path"), **row} for row in rows.values("lesson__path", *fields)
    ]


@receiver(guest_marks, dispatch_uid="progress.guest_marks")
def marks_left(learner: Learner, **kwargs: Any) -> tuple[str, int]:
    """Say how many lessons the learner finished."""
    count = LessonProgress.objects.of(learner).complete().count()
    return _finished(count), count


def _finished(count: int) -> str:
    return ngettext("finished lesson", "finished lessons", count)
