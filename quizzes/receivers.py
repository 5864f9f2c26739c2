"""What quizzes does when learners are merged, erased or ask for their data, and when a file leaves a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, TextField, Value
from django.db.models.functions import Cast, Coalesce
from django.dispatch import receiver
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import ngettext

from accounts.models import Learner
from accounts.signals import guest_marks, learner_erased, learner_merged, personal_data
from lessons.signals import assets_unlinked
from quizzes.content import body_from_json
from quizzes.feedback import response_in_words
from quizzes.grading import Response
from quizzes.models import Answer, Attempt, QuestionRevision


@receiver(learner_merged)
def move_attempts(source: Learner, target: Learner, **_kwargs: object) -> dict[str, int]:
    """Give all attempts of ``source`` to ``target``: the better score counts, every attempt stays listed.

    Of two open attempts at one quiz the one with more answers stays open; of equal ones that of ``target``.
    """
    answers = Answer.objects.filter(attempt__learner=source).count()
    _close_second_open_attempts(source, target)
    Attempt.objects.of(source).update(
        learner=target, merged_from=Coalesce("merged_from", Value(source.public_id))
    )
    return {ngettext("answer", "answers", answers): answers} if answers else {}


def _close_second_open_attempts(source: Learner, target: Learner) -> None:
    attempts = (
        Attempt.objects.filter(learner__in=[source, target])
        .open()
        .annotate(answered=Count("answers__question", distinct=True))
        .values_list("answered", "learner_id", "pk", "quiz_id", "purpose")
    )
    kept: set[tuple[int, str]] = set()
    closed: list[int] = []
    for _answered, _owner, pk, quiz_id, purpose in sorted(
        attempts, key=lambda row: (row[0], row[1] == target.pk), reverse=True
    ):
        if (quiz_id, purpose) in kept:
            closed.append(pk)
        kept.add((quiz_id, purpose))
    Attempt.objects.filter(pk__in=closed).update(closed_at=timezone.now())


@receiver(learner_erased)
def erase_attempts(learner: Learner, **_kwargs: object) -> None:
    """Delete a learner's attempts with their answers."""
    Attempt.objects.of(learner).delete()


@receiver(guest_marks)
def count_answers(learner: Learner, **_kwargs: object) -> tuple[str, int]:
    """Say how many answers a learner has given."""
    count = Answer.objects.filter(attempt__learner=learner).count()
    return ngettext("answer", "answers", count), count


@receiver(personal_data)
def export_attempts(learner: Learner, **_kwargs: object) -> tuple[str, list[dict[str, Any]]]:
    """Return a learner's attempts with their answers, as ``attempts``."""
    attempts = (
        Attempt.objects.of(learner)
        .select_related("quiz__lesson")
        .prefetch_related("answers__question", "answers__revision")
        .order_by("started_at", "pk")
    )
    return "attempts", [_attempt_as_dict(attempt) for attempt in attempts]


def _attempt_as_dict(attempt: Attempt) -> dict[str, Any]:
    return {
        "id": str(attempt.public_id),
        "lesson": attempt.quiz.lesson.path,
        "lesson_title": attempt.quiz.lesson.title,
        "purpose": attempt.purpose,
        "started_at": attempt.started_at.isoformat(),
        "completed_at": attempt.completed_at.isoformat() if attempt.completed_at else None,
        "closed_at": attempt.closed_at.isoformat() if attempt.closed_at else None,
        "points": attempt.points,
        "possible": attempt.possible,
        "percent": attempt.percent,
        "merged_from": str(attempt.merged_from) if attempt.merged_from else None,
        "answers": [_answer_as_dict(answer) for answer in attempt.answers.all()],
    }


def _answer_as_dict(answer: Answer) -> dict[str, Any]:
    body = body_from_json(answer.revision.body)
    return {
        "question": answer.question.key,
        "prompt": strip_tags(body.prompt).strip(),
        "revision": answer.revision.number,
        "try": answer.try_number,
        "response": strip_tags(response_in_words(body, Response.from_json(answer.response))),
        "points": answer.points,
        "answered_at": answer.answered_at.isoformat(),
    }


@receiver(assets_unlinked, dispatch_uid="quizzes.assets_unlinked")
def images_of_answered_wordings(assets: Mapping[int, str], **_kwargs: object) -> set[int]:
    """Return the assets that a question showed as somebody answered it: an attempt shows it ever after."""
    answered = QuestionRevision.objects.filter(pk__in=Answer.objects.values("revision"))
    texts = answered.annotate(words=Cast("body", TextField()))
    return {
        pk for pk, sha256 in assets.items() if texts.filter(words__contains=f"/assets/{sha256}/").exists()
    }
