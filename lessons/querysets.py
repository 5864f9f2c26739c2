"""Which lessons and pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Subquery

if TYPE_CHECKING:
    from lessons.models import Lesson, Page, Track  # noqa: F401


class LessonQuerySet(models.QuerySet["Lesson"]):
    """Lessons by who may see them."""

    def published(self) -> LessonQuerySet:
        """Keep lessons that learners may read: no drafts, nothing retired."""
        return self.filter(draft=False, retired_at=None, module__draft=False, module__retired_at=None)

    def listed(self) -> LessonQuerySet:
        """Keep published lessons that have a place in menus and denominators."""
        return self.published().filter(unlisted=False)

    def in_order(self) -> LessonQuerySet:
        """Order as a learner meets them."""
        return self.order_by("module__track__position", "module__position", "position", "pk")


class PageQuerySet(models.QuerySet["Page"]):
    """Addresses with what they lead to."""

    def for_reading(self) -> PageQuerySet:
        """Fetch, in one query, all that a public page shows besides the menu, and the site's generation."""
        from lessons.models import Generation

        return self.select_related("track", "module__track", "lesson__module__track").annotate(
            generation=Subquery(Generation.objects.filter(pk=1).values("number")[:1])
        )
