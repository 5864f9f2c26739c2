"""Tracks, modules, lessons, assets and the glossary."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from lessons.models import Asset, GlossaryTerm, Page, Track


@require_safe
def track_list(request: HttpRequest) -> HttpResponse:
    """List the courses."""
    return render(request, "lessons/track_list.html", {"tracks": Track.objects.filter(retired_at=None)})


@require_safe
def page(request: HttpRequest, path: str) -> HttpResponse:
    """Show what an address leads to."""
    found = get_object_or_404(Page.objects.for_reading(), path=path)
    return render(request, "lessons/page.html", {"page": found})


@require_safe
def asset(request: HttpRequest, sha256: str, name: str) -> HttpResponse:
    """Serve a file that a lesson shows."""
    found = get_object_or_404(Asset, sha256=sha256, name=name)
    return HttpResponse(bytes(found.data), content_type=found.content_type)


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """List the terms."""
    return render(request, "lessons/glossary.html", {"terms": GlossaryTerm.objects.filter(retired_at=None)})
