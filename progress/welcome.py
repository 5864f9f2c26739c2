"""What the first page shows to whoever is new: the courses, a figure, and a question to try."""

from __future__ import annotations

from typing import Any

from django.core.cache import cache
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.models import Checkpoint
from lessons.finished import template_version
from lessons.models import Track
from progress.overview import CourseStanding, LessonStanding, standing_from_menu
from progress.shelves import MAX_COURSES, new_shelf
from progress.teaser import landscape
from quizzes.models import Question
from quizzes.sheets import quiz_url

_TELLING_KINDS = (Question.Kind.CHOOSE, Question.Kind.PREDICT, Question.Kind.WHY)
"""Questions that ask for a decision or a reason, the best first."""


MAX_ASKED = 500
"""Lessons among whose questions one to try is looked for."""


def welcome(generation: int) -> dict[str, Any]:
    """Return what the first page needs: five queries, and those of the figure once a generation."""
    tracks = Track.objects.with_lessons().with_modules().order_by("position", "slug")[: MAX_COURSES + 1]
    courses = [_course(track) for track in tracks]
    lessons = [lesson for course in courses[:MAX_COURSES] for lesson in course.lessons]
    checkpoints = Checkpoint.objects.count()
    return {
        "shelves": [new_shelf(course) for course in courses[:MAX_COURSES]],
        "more_courses": len(courses) > MAX_COURSES,
        "first": lessons[0] if lessons else None,
        "lead": _lead(checkpoints),
        "checkpoint_count": checkpoints,
        "landscape": _landscape(generation),
        "question": _question(lessons[:MAX_ASKED]),
    }


def _course(track: Any) -> CourseStanding:
    """Return a track that was fetched ``with_modules``, which its class knows nothing of."""
    modules = (standing_from_menu(module, {}) for module in track.published_modules)
    return CourseStanding(track.pk, track.title, track.slug, tuple(each for each in modules if each.lessons))


def _lead(checkpoints: int) -> str:
    if not checkpoints:
        return _("A course for engineers, with questions that say why and figures that name their source.")
    models = ngettext("%(count)d model", "%(count)d models", checkpoints) % {"count": checkpoints}
    return _(
        "A course for engineers, with questions that say why and a catalog of %(models)s"
        " in which every figure names its source."
    ) % {"models": models}


def _landscape(generation: int) -> SafeString:
    """Return the figure: kept, since drawing it takes a tenth of a second."""
    key = f"home-landscape:{template_version()}:{generation}"
    html: str | None = cache.get(key)
    if html is None:
        html = landscape()
        cache.set(key, html, timeout=24 * 3600)
    # Safe: a template of the catalog made it, and escaped what it took from rows.
    return SafeString(html)


def _question(lessons: list[LessonStanding]) -> dict[str, str] | None:
    """Return one question with options for those who want to try: its key and its page."""
    places = {lesson.pk: place for place, lesson in enumerate(lessons)}
    rows = (
        Question.objects.current()
        .filter(quiz__lesson__in=places, type=Question.Type.CHOICE)
        .values_list("quiz__lesson", "quiz__lesson__path", "key", "kind")
    )
    ranked = sorted(
        rows,
        key=lambda row: (_TELLING_KINDS.index(row[3]) if row[3] in _TELLING_KINDS else 9, places[row[0]]),
    )
    if not ranked:
        return None
    _lesson, path, key, _kind = ranked[0]
    return {"key": key, "url": quiz_url(path)}
