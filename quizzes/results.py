"""The score of a complete attempt and what to do next; for a guest, once, the invitation to keep it."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from lessons.models import Lesson
from lessons.pagination import neighbors
from quizzes.models import Attempt
from quizzes.sheets import quiz_url
from quizzes.state import QuizState

INVITED_COOKIE = "invited"
"""Remembers, in the browser only, that the invitation to make an account was shown."""


@dataclass(frozen=True, slots=True)
class Result:
    """What is shown when the last question was answered."""

    attempt: Attempt
    lesson: Lesson
    next_url: str
    """The page that follows the lesson, if one does; then ``next_title`` names it."""

    next_title: str
    invites: bool

    @property
    def practice_url(self) -> str:
        """Where another go begins."""
        return f"{quiz_url(self.lesson.path)}?again=1"


def result_of(request: HttpRequest, state: QuizState) -> Result | None:
    """Return the result of a learner's complete attempt; None while it is open."""
    if state.attempt is None or state.attempt.completed_at is None:
        return None
    lesson = state.quiz.lesson
    _before, following = neighbors(lesson, lesson.module)
    return Result(
        attempt=state.attempt,
        lesson=lesson,
        next_url=reverse("lessons:page", kwargs={"path": following["path"]}) if following else "",
        next_title=following["turn"] if following else "",
        invites=state.learner.is_guest and INVITED_COOKIE not in request.COOKIES,
    )


def mark_invited(response: HttpResponse, result: Result | None) -> HttpResponse:
    """Have the browser remember that this answer shows the invitation, so that no other will."""
    if result is not None and result.invites:
        response.set_cookie(
            INVITED_COOKIE,
            "1",
            max_age=settings.LEARNER_COOKIE_AGE,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response
