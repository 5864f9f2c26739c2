"""Everything a learner did here, on one page."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from accounts.identity import LearnerRequest
from progress.activity import answers_by_day
from progress.charts import weeks_chart, weeks_chart_small
from progress.overview import load_overview, next_lesson, tally
from progress.views.who import is_known
from quizzes.models import Attempt

DAYS = 28


@require_safe
@cache_control(private=True, no_cache=True)
def dashboard(request: LearnerRequest) -> HttpResponse:
    """Show modules, lessons and four weeks of answers; a stranger is told how to begin. Three queries."""
    learner = request.learner
    if not is_known(learner):
        return render(request, "progress/stranger.html")
    courses = load_overview(learner)
    days = answers_by_day(learner, DAYS)
    context = {
        "courses": courses,
        "tally": tally([lesson.state for course in courses for lesson in course.lessons]),
        "next": next_lesson(courses),
        "attempts": Attempt.objects.of(learner).count(),
        "weeks": weeks_chart(days),
        "weeks_small": weeks_chart_small(days),
    }
    return render(request, "progress/dashboard.html", context)
