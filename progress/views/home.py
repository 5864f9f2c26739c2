"""The first page: what this is for whoever is new, and the way back in for whoever is not."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from accounts.identity import LearnerRequest, is_personal
from catalog.models import Checkpoint
from lessons.finished import private_page, public_page
from lessons.models import Generation, Module
from progress.activity import answers_by_day
from progress.charts import week_chart
from progress.overview import load_overview, next_lesson, standing_from_menu
from progress.resume import resume_at
from progress.views.who import is_known

WEEK = 7


@require_safe
def home(request: LearnerRequest) -> HttpResponse:
    """Show the course to a stranger, the same page for all; take a learner back to where they stopped."""
    if not is_personal(request):
        generation = Generation.objects.filter(pk=1).values_list("number", flat=True).first()
        return public_page(
            request,
            "home",
            generation,
            lambda: render_to_string("progress/home_guest.html", _course(), request).encode(),
        )
    if not is_known(request.learner):
        return private_page(render(request, "progress/home_guest.html", _course()))
    return private_page(render(request, "progress/home_learner.html", _own(request)))


def _course() -> dict[str, Any]:
    modules = Module.objects.filter(draft=False, retired_at=None, track__retired_at=None)
    standings = [
        standing
        for module in modules.order_by("track__position", "position")
        if (standing := standing_from_menu(module, {})).lessons
    ]
    lessons = [lesson for standing in standings for lesson in standing.lessons]
    return {
        "modules": standings,
        "first": lessons[0] if lessons else None,
        "lesson_count": len(lessons),
        "question_count": sum(lesson.state.questions for lesson in lessons),
        "checkpoint_count": Checkpoint.objects.count(),
    }


def _own(request: LearnerRequest) -> dict[str, Any]:
    """Fetch a learner's home page: three queries."""
    learner = request.learner
    modules = load_overview(learner)
    following = next_lesson(modules)
    return {
        "modules": modules,
        "resume": resume_at(learner, following) if following is not None else None,
        "week": week_chart(answers_by_day(learner, WEEK)),
    }
