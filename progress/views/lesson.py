"""The end of a lesson, marks by hand, and the reading position."""

from __future__ import annotations

from typing import cast

from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers

from accounts.identity import LearnerRequest, ensure_learner, learner_token, owns_form
from lessons.models import Lesson, Page
from lessons.views import sees_drafts
from progress import services
from progress.finish import finish_of, finish_url
from progress.views.who import is_known
from quizzes.limits import WINDOW_SECONDS, is_over_limit
from quizzes.views.access import target_id

TARGET = "finish"
"""The id of the box on a lesson's page."""

_MARKS = {"1": True, "0": False}


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
@vary_on_headers("HX-Request", "HX-Target")
def lesson(request: LearnerRequest, path: str) -> HttpResponse:
    """Say what is missing in a lesson, and take the learner's own mark: a page, or the box in a lesson."""
    page = _page_at(request, path)
    found = cast(Lesson, page.lesson)
    if request.method == "POST":
        return _take_mark(request, found)
    if not page.is_current:
        return HttpResponsePermanentRedirect(finish_url(found.path))
    return _show(request, found)


def _take_mark(request: LearnerRequest, lesson: Lesson) -> HttpResponse:
    done = _MARKS.get(request.POST.get("done", ""))
    if done is None:
        raise BadRequest("neither done nor not done")
    if not owns_form(request, request.POST.get("learner", "")):
        message = _("You signed out or changed account meanwhile, so this was not stored.")
        return _show(request, lesson, status=409, conflict=message)
    if is_over_limit(request, request.learner):  # else a script could make guests without end
        message = _("That was too often within one minute. Wait a moment, then send it again.")
        response = _show(request, lesson, status=429, conflict=message)
        response["Retry-After"] = str(WINDOW_SECONDS)
        return response
    with transaction.atomic():
        services.mark(ensure_learner(request), lesson, done=done)
    if target_id(request) == TARGET:
        said = _("Marked as done.") if done else _("Marked as not done.")
        return _show(request, lesson, said=said)
    return redirect(finish_url(lesson.path))


def _show(
    request: LearnerRequest, lesson: Lesson, *, status: int = 200, conflict: str = "", said: str = ""
) -> HttpResponse:
    in_place = target_id(request) == TARGET
    context = {
        "finish": finish_of(request.learner, lesson),
        "learner_token": learner_token(request.learner),
        "conflict": conflict,
        "said": said,
        "in_place": in_place,
        "known": is_known(request.learner),
    }
    template = "progress/_finish.html" if in_place else "progress/lesson.html"
    return render(request, template, context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
def position(request: LearnerRequest) -> HttpResponse:
    """Keep the section last read, of those who are known; a GET gives the token to send it with.

    A stranger's position stays in the browser: sending one makes no learner.
    """
    if not is_known(request.learner):
        return HttpResponse(status=204)
    if request.method != "POST":
        return JsonResponse({"token": get_token(request)})
    found = _page_at(request, request.POST.get("lesson", "")).lesson
    section = request.POST.get("section", "")
    if "\0" in section:
        raise BadRequest("a NUL character")
    try:
        with transaction.atomic():
            services.record_position(ensure_learner(request), cast(Lesson, found), section)
    except services.NoSuchSection as error:
        raise BadRequest("no such section") from error
    return HttpResponse(status=204)


def _page_at(request: HttpRequest, path: str) -> Page:
    """Return the address of a lesson with its lesson and module; what learners may not read is not found."""
    if "\0" in path:
        raise Http404
    pages = Page.objects.filter(path=path, lesson__isnull=False, lesson__retired_at=None)
    pages = pages.filter(lesson__module__retired_at=None)
    page: Page | None = pages.select_related("lesson__module__track").first()
    if page is None or page.lesson is None:
        raise Http404
    hidden = page.lesson.draft or page.lesson.module.draft
    if hidden and not sees_drafts(request):
        raise Http404
    return page
