"""The first page: what this is for whoever is new, and the way back in for whoever is not."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from accounts.identity import LearnerRequest, is_personal
from lessons.finished import finished_page, private_page, public_page
from lessons.generation import current_generation
from progress.activity import answers_by_day
from progress.charts import week_chart
from progress.overview import load_overview, next_lesson
from progress.resume import resume_at
from progress.shelves import MAX_COURSES, current_course, other_courses, own_shelf
from progress.views.who import is_known
from progress.welcome import welcome

WEEK = 7


@require_safe
def home(request: LearnerRequest) -> HttpResponse:
    """Show the courses to a stranger, the same page for all; take a learner back to where they stopped."""
    if not is_personal(request):
        if finished := finished_page(request):
            return finished
        generation = current_generation()
        return public_page(
            request,
            generation,
            lambda: render_to_string("progress/home_guest.html", welcome(generation), request).encode(),
        )
    if not is_known(request.learner):
        return private_page(render(request, "progress/home_guest.html", welcome(current_generation())))
    return private_page(render(request, "progress/home_learner.html", _own(request)))


def _own(request: LearnerRequest) -> dict[str, Any]:
    """Fetch a learner's home page: three queries."""
    learner = request.learner
    courses = load_overview(learner)
    following = next_lesson(courses)
    current = current_course(courses, following)
    others = other_courses(courses, current)
    return {
        "shelf": own_shelf(current, following) if current is not None else None,
        "others": others[:MAX_COURSES],
        "more_courses": len(others) > MAX_COURSES,
        "resume": resume_at(learner, following) if following is not None else None,
        "week": week_chart(answers_by_day(learner, WEEK)),
    }
