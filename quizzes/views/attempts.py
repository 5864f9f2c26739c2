"""What a learner did: the result of one attempt, and the list of all."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from quizzes.models import Attempt
from quizzes.results import result_of
from quizzes.scores import whole_percent
from quizzes.sheets import feedback_sheet, quiz_url
from quizzes.state import QuizState
from quizzes.views.access import learner_of

PAGE_SIZE = 50


@require_safe
@cache_control(private=True, no_store=True)
def attempt(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show one of the learner's own attempts: its score, and the first answer to each question with reasons.

    While it is open there is no score, only the way on.
    """
    learner = learner_of(request)
    attempts = Attempt.objects.of(learner).select_related("quiz__lesson__module__track")
    found = get_object_or_404(attempts, public_id=public_id)
    answers = list(
        found.answers.filter(try_number=1)
        .select_related("question", "revision")
        .order_by("question__position", "question_id")
    )
    questions = tuple(answer.question for answer in answers)
    state = QuizState(
        found.quiz, learner, questions, found, {answer.question_id: answer for answer in answers}
    )
    sheets = [feedback_sheet(state, answer.question, answer) for answer in answers]
    lesson = found.quiz.lesson
    best = Attempt.objects.of(learner).best_shares([lesson.pk]).get(lesson.pk)
    context = {
        "attempt": found,
        "lesson": lesson,
        "sheets": sheets,
        "to_look_at": [sheet for sheet in sheets if sheet.feedback and not sheet.feedback.is_right],
        "result": result_of(request, state),
        "quiz_url": quiz_url(lesson.path),
        "best": whole_percent(best) if best is not None else None,
        "is_readable": lesson.is_published and lesson.module.is_published,
    }
    return render(request, "quizzes/attempt.html", context)


@require_safe
@cache_control(private=True, no_store=True)
def history(request: HttpRequest) -> HttpResponse:
    """List the learner's own attempts, the newest first."""
    attempts = (
        Attempt.objects.of(learner_of(request))
        .select_related("quiz__lesson")
        .annotate(answered=Count("answers", filter=Q(answers__try_number=1)))
        .order_by("-started_at", "-pk")
    )
    page = Paginator(attempts, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "quizzes/history.html", {"page": page})
