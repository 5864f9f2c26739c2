"""Tracks, modules and lessons as they were loaded, and the addresses they are found at."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lessons.models.texts import SourceFile
from lessons.querysets import LessonQuerySet, PageQuerySet, TrackQuerySet


class Track(models.Model):
    """A course."""

    slug = models.SlugField(max_length=100, unique=True)
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    level = models.CharField(max_length=60, blank=True)
    prerequisites = models.JSONField(default=list, blank=True)
    position = models.FloatField(default=0)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = TrackQuerySet.as_manager()

    class Meta:
        verbose_name = _("track")
        verbose_name_plural = _("tracks")
        ordering = ["position", "slug"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the track's page."""
        return reverse("lessons:page", kwargs={"path": self.slug})


class RenderedText(models.Model):
    """Markdown that was rendered and sanitized when it was loaded; reading it renders nothing."""

    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    key = models.CharField(
        max_length=300,
        help_text=_("Identity within the track: the front matter id, else the path without prefixes."),
    )
    position = models.PositiveIntegerField(default=0, help_text=_("Place among its siblings, from 0."))
    level = models.CharField(max_length=60, blank=True)
    objectives = models.JSONField(default=list, blank=True, help_text=_("Rendered HTML, one item each."))
    prerequisites = models.JSONField(default=list, blank=True, help_text=_("Rendered HTML, one item each."))
    front_matter = models.JSONField(default=dict, blank=True)
    html = models.TextField(blank=True)
    contents = models.JSONField(default=list, blank=True, help_text=_("Headings: level, anchor, title."))
    source = models.ForeignKey(SourceFile, models.SET_NULL, null=True, blank=True, related_name="+")
    assets = models.ManyToManyField("lessons.Asset", blank=True, related_name="+")
    draft = models.BooleanField(default=False, help_text=_("Seen by instructors only."))
    unlisted = models.BooleanField(default=False, help_text=_("Has an address but no place in menus."))
    retired_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField(auto_now=True)
    digest = models.CharField(
        max_length=64,
        blank=True,
        editable=False,
        help_text=_("SHA-256 of what was loaded but for the place among siblings: equal means unchanged."),
    )

    class Meta:
        abstract = True

    @property
    def is_published(self) -> bool:
        """Whether learners may read it."""
        return not self.draft and self.retired_at is None

    @property
    def changed_on(self) -> date | None:
        """The day on which its author last worked on it, where front matter says so (``last_update``)."""
        day = (self.front_matter.get("last_update") or {}).get("date")
        return date.fromisoformat(day) if day else None

    @property
    def edit_url(self) -> str:
        """Where readers propose changes to it (``custom_edit_url``); empty for anything but a web address."""
        url: str = self.front_matter.get("custom_edit_url") or ""
        return url if url.startswith(("https://", "http://")) else ""


class Module(RenderedText):
    """A part of a track: its page and its lessons."""

    track = models.ForeignKey(Track, models.CASCADE, related_name="modules")
    path = models.CharField(max_length=300, blank=True, help_text=_("Current address below /learn/."))
    menu = models.JSONField(
        default=list,
        blank=True,
        help_text=_("The lessons as menus and tables show them; made when content is loaded."),
    )
    test = models.JSONField(default=dict, blank=True, help_text=_("Settings of the module test."))

    class Meta:
        verbose_name = _("module")
        verbose_name_plural = _("modules")
        ordering = ["track", "position"]
        constraints = [models.UniqueConstraint(fields=["track", "key"], name="module_key_unique_in_track")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the module's page."""
        return reverse("lessons:page", kwargs={"path": self.path})


class Lesson(RenderedText):
    """One page of a module."""

    class Completion(models.TextChoices):
        QUIZ = "quiz", _("every question is answered")
        PASS = "pass", _("the quiz is passed")
        VIEW = "view", _("the last section was reached")
        MANUAL = "manual", _("marked by hand")

    track = models.ForeignKey(Track, models.CASCADE, related_name="lessons")
    module = models.ForeignKey(Module, models.CASCADE, related_name="lessons")
    path = models.CharField(max_length=300, blank=True, help_text=_("Current address below /learn/."))
    label = models.CharField(max_length=200, blank=True, help_text=_("Shorter title for menus."))
    group = models.CharField(
        max_length=200, blank=True, help_text=_("Group inside the module, shown in menus.")
    )
    number = models.PositiveIntegerField(
        default=0, help_text=_("Shown before the title; from the file's prefix.")
    )
    key_concept = models.CharField(max_length=200, blank=True)
    minutes = models.PositiveIntegerField(default=0, help_text=_("Reading and answering, in minutes."))
    words = models.PositiveIntegerField(default=0)
    complete = models.CharField(max_length=10, choices=Completion, default=Completion.VIEW)
    concepts = models.ManyToManyField("lessons.GlossaryTerm", blank=True, related_name="lessons")

    objects = LessonQuerySet.as_manager()

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")
        ordering = ["module", "position"]
        constraints = [models.UniqueConstraint(fields=["track", "key"], name="lesson_key_unique_in_track")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the lesson's page."""
        return reverse("lessons:page", kwargs={"path": self.path})

    @property
    def menu_title(self) -> str:
        """The title where space is short."""
        return self.label or self.title

    @property
    def turn_title(self) -> str:
        """The title on the links of the pages before and behind it (``pagination_label``)."""
        return self.front_matter.get("pagination_label") or self.menu_title


class Section(models.Model):
    """One heading of a lesson with the text that follows it; what search and *continue* point at."""

    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="sections")
    position = models.PositiveIntegerField()
    anchor = models.CharField(
        max_length=200, blank=True, help_text=_("Empty for the text before the first heading.")
    )
    title = models.CharField(max_length=300)
    heading_level = models.PositiveSmallIntegerField(default=2)
    text = models.TextField(help_text=_("Plain text, for search."))

    class Meta:
        ordering = ["lesson", "position"]
        constraints = [models.UniqueConstraint(fields=["lesson", "position"], name="section_position_unique")]

    def __str__(self) -> str:
        return self.title


class Page(models.Model):
    """An address below /learn/ and what it leads to. An old address leads to the current one."""

    generation: int | None
    """The site's generation; only there when fetched ``for_reading``."""

    path = models.CharField(max_length=300, unique=True)
    track = models.ForeignKey(Track, models.CASCADE, null=True, related_name="pages")
    module = models.ForeignKey(Module, models.CASCADE, null=True, related_name="pages")
    lesson = models.ForeignKey(Lesson, models.CASCADE, null=True, related_name="pages")
    is_current = models.BooleanField(default=True, help_text=_("False: redirects to the current address."))

    objects = PageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(track__isnull=False, module=None, lesson=None)
                | Q(track=None, module__isnull=False, lesson=None)
                | Q(track=None, module=None, lesson__isnull=False),
                name="page_leads_to_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return self.path

    @property
    def target(self) -> Any:
        """The track, module or lesson found here."""
        return self.lesson or self.module or self.track
