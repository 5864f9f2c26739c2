"""Tracks, modules, lessons, assets and the glossary."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from accounts.identity import is_personal
from lessons.finished import PRIVATE, finished_page, private_page, public_page
from lessons.generation import current_generation
from lessons.models import Asset, GlossaryTerm, Lesson, Module, Page, Track
from lessons.pagination import neighbors
from lessons.querysets import asset_is_shown


@require_safe
def track_list(request: HttpRequest) -> HttpResponse:
    """List the courses with their modules."""
    tracks = Track.objects.filter(retired_at=None).with_modules()
    return _listing(request, "lessons/track_list.html", lambda: {"tracks": list(tracks)})


@require_safe
def page(request: HttpRequest, path: str) -> HttpResponse:
    """Show what an address leads to; an old one redirects, a retired lesson says that it is gone."""
    if not is_personal(request) and (finished := finished_page(request)):
        return finished
    found = Page.objects.for_reading().filter(path=path).first()
    if found is None:
        raise Http404
    target = found.target
    if target.retired_at is not None:
        return _gone(request, found)
    if not _may_read(request, target):
        raise Http404
    if not found.is_current:
        return HttpResponsePermanentRedirect(target.get_absolute_url())
    if isinstance(target, Track):
        return _track(request, found, target)
    if isinstance(target, Module):
        return _module(request, found, target)
    return _lesson(request, found, target)


def _track(request: HttpRequest, found: Page, track: Track) -> HttpResponse:
    def context() -> dict[str, Any]:
        modules = track.modules.filter(retired_at=None, draft=False).order_by("position")
        return {"track": track, "modules": list(modules)}

    return _answer(request, found.generation, "lessons/track.html", context)


def _module(request: HttpRequest, found: Page, module: Module) -> HttpResponse:
    def context() -> dict[str, Any]:
        return {
            "track": module.track,
            "module": module,
            "minutes": sum(entry["minutes"] for entry in module.menu),
        }

    return _answer(request, found.generation, "lessons/module.html", context, draft=module.draft)


def _lesson(request: HttpRequest, found: Page, lesson: Lesson) -> HttpResponse:
    module = lesson.module

    def context() -> dict[str, Any]:
        own = next((entry for entry in module.menu if entry["id"] == lesson.pk), None)
        previous, following = neighbors(lesson, module)
        return {
            "track": module.track,
            "module": module,
            "lesson": lesson,
            "questions": own["questions"] if own else 0,
            "previous": previous,
            "next": following,
        }

    return _answer(
        request,
        found.generation,
        "lessons/lesson.html",
        context,
        draft=lesson.draft or module.draft,
    )


def _answer(
    request: HttpRequest,
    generation: int | None,
    template: str,
    context: Callable[[], dict[str, Any]],
    *,
    draft: bool = False,
) -> HttpResponse:
    """Answer with the finished public page, or with this person's own when they are known here."""
    if draft or is_personal(request):
        return private_page(render(request, template, context()))
    return public_page(request, generation, lambda: render_to_string(template, context(), request).encode())


def _may_read(request: HttpRequest, target: Track | Module | Lesson) -> bool:
    """Drafts are for instructors; a draft module hides its lessons."""
    hidden = not isinstance(target, Track) and (
        target.draft or (isinstance(target, Lesson) and target.module.draft)
    )
    return not hidden or sees_drafts(request)


def sees_drafts(request: HttpRequest) -> bool:
    """Whether this is an instructor. A request without cookies is not, and costs no query."""
    return is_personal(request) and request.user.is_staff and request.user.has_perm("lessons.view_sourcefile")


def _gone(request: HttpRequest, found: Page) -> HttpResponse:
    target = found.target
    if getattr(target, "draft", False):
        raise Http404
    context: dict[str, str] = {}
    if isinstance(target, Lesson) and target.module.is_published:
        context = {"way_url": target.module.get_absolute_url(), "way_label": target.module.title}
    return private_page(render(request, "410.html", context, status=410))


@require_safe
def asset(request: HttpRequest, sha256: str, name: str) -> HttpResponse:
    """Serve a file that a lesson shows; its address carries its hash, so it never changes."""
    found = get_object_or_404(Asset, sha256=sha256, name=name)
    is_public = asset_is_shown(found)
    if not is_public and not sees_drafts(request):
        raise Http404
    etag = f'"{sha256}"'
    whole = HttpResponse(bytes(found.data), content_type=found.content_type)
    response = get_conditional_response(request, etag, response=whole) or whole
    # A 304 repeats every header: a browser takes those of what it holds from it.
    response["ETag"] = etag
    # What only drafts show is for the instructor who asked: a shared cache must not hand it to others.
    response["Cache-Control"] = "public, max-age=31536000, immutable" if is_public else PRIVATE
    # An image may style itself and do nothing else, also when opened by itself.
    response["Content-Security-Policy"] = "sandbox; default-src 'none'; style-src 'unsafe-inline'"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """List the terms, each with its source and the lessons that train it."""

    def context() -> dict[str, Any]:
        return {"terms": list(GlossaryTerm.objects.filter(retired_at=None).order_by_term())}

    return _listing(request, "lessons/glossary.html", context)


def _listing(request: HttpRequest, template: str, context: Callable[[], dict[str, Any]]) -> HttpResponse:
    if not is_personal(request) and (finished := finished_page(request)):
        return finished
    return _answer(request, current_generation(), template, context)
