"""Which lessons and pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Lower

if TYPE_CHECKING:
    from lessons.models import Asset, GlossaryTerm, Lesson, Page, Track  # noqa: F401


class TrackQuerySet(models.QuerySet["Track"]):
    """Courses."""

    def with_lessons(self) -> TrackQuerySet:
        """Keep the tracks in use that hold a listed lesson."""
        lessons = apps.get_model("lessons", "Lesson").objects.listed().filter(track=OuterRef("pk"))
        return self.filter(Exists(lessons), retired_at=None)

    def with_modules(self) -> TrackQuerySet:
        """Fetch each track's published modules as lists show them, in order, in one more query."""
        modules = apps.get_model("lessons", "Module").objects.filter(retired_at=None, draft=False)
        listed = modules.defer("html", "contents").order_by("position")
        return self.prefetch_related(Prefetch("modules", listed, "published_modules"))


class LessonQuerySet(models.QuerySet["Lesson"]):
    """Lessons by who may see them."""

    def published(self) -> LessonQuerySet:
        """Keep lessons that learners may read: no drafts, nothing retired."""
        return self.filter(draft=False, retired_at=None, module__draft=False, module__retired_at=None)

    def listed(self) -> LessonQuerySet:
        """Keep published lessons that have a place in menus and denominators."""
        return self.published().filter(unlisted=False)

    def citing(self, slug: str) -> LessonQuerySet:
        """Keep listed lessons whose text cites this checkpoint, in order."""
        return self.listed().filter(source__fact_uses__slug=slug).distinct().in_order()

    def in_order(self) -> LessonQuerySet:
        """Order as a learner meets them, course by course."""
        track = ("module__track__position", "module__track__slug")
        return self.order_by(*track, "module__position", "position", "pk")


class PageQuerySet(models.QuerySet["Page"]):
    """Addresses with what they lead to."""

    def for_reading(self) -> Self:
        """Fetch, in one query, all that a public page shows, and the site's generation."""
        generation = apps.get_model("lessons", "Generation").objects.filter(pk=1).values("number")
        pages = self.select_related("track", "module__track", "lesson__module__track")
        return pages.annotate(generation=Subquery(generation[:1]))


class GlossaryQuerySet(models.QuerySet["GlossaryTerm"]):
    """Terms."""

    def order_by_term(self) -> GlossaryQuerySet:
        """Order as a reader looks them up: without case."""
        return self.order_by(Lower("term"))


def asset_is_shown(asset: Asset) -> bool:
    """Whether a page that learners may read shows this file; drafts keep theirs to themselves."""
    lesson, module = apps.get_model("lessons", "Lesson"), apps.get_model("lessons", "Module")
    in_lesson = lesson.objects.published().filter(assets=asset).exists()
    return in_lesson or module.objects.filter(Q(draft=False, retired_at=None), assets=asset).exists()
