"""Which quiz an address leads to, and who may open it."""

from __future__ import annotations

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render

from accounts.identity import LearnerRequest
from accounts.models import Learner
from lessons.models import Lesson, Page
from lessons.views import sees_drafts
from quizzes.models import Quiz
from quizzes.sheets import quiz_url

TEXTS = (
    *("html", "contents", "objectives", "prerequisites"),
    *("module__html", "module__contents", "module__front_matter"),
    *("module__objectives", "module__prerequisites"),
)
"""What a lesson and its module hold that no page of a quiz shows."""


def learner_of(request: HttpRequest) -> Learner:
    """Return who sends the request; a stranger is an unsaved learner."""
    return cast(LearnerRequest, request).learner


def quiz_at(request: HttpRequest, path: str) -> Quiz | HttpResponse:
    """Return the quiz of the lesson at a path, or the answer for those that cannot be opened.

    A lesson without questions, a draft and an unknown path look the same (404). A retired lesson says so
    (410). An old path redirects, except for an answer, which is taken where it was sent.
    """
    page = (
        Page.objects.filter(path=path, lesson__isnull=False)
        .select_related("lesson__quiz", "lesson__module__track")
        .defer(*(f"lesson__{name}" for name in TEXTS))
        .first()
    )
    lesson = page.lesson if page else None
    quiz: Quiz | None = getattr(lesson, "quiz", None)
    if page is None or lesson is None or quiz is None:
        raise Http404
    if refusal := refuse_unpublished(request, lesson):
        return refusal
    if not page.is_current and request.method != "POST":
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(f"{quiz_url(lesson.path)}{'?' if query else ''}{query}")
    quiz.lesson = lesson
    return quiz


def refuse_unpublished(request: HttpRequest, lesson: Lesson) -> HttpResponse | None:
    """Return the answer for a retired lesson, None for one that may be opened; a draft is not found (404)."""
    module = lesson.module
    if (lesson.draft or module.draft) and not sees_drafts(request):
        raise Http404
    if lesson.retired_at is None and module.retired_at is None and module.track.retired_at is None:
        return None
    context = {"way_url": module.get_absolute_url(), "way_label": module.title} if module.is_published else {}
    return render(request, "410.html", context, status=410)


def target_id(request: HttpRequest) -> str:
    """Return the id of the element that htmx will fill with the answer; empty for a whole page."""
    header: str = request.headers.get("HX-Target", "")
    if request.headers.get("HX-Request") != "true":
        return ""
    return header.rpartition("#")[2]
