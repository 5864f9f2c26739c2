"""Tracks, modules and lessons as they were loaded from files, and the paths they are found at."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lessons.querysets import GlossaryQuerySet, LessonQuerySet, PageQuerySet, TrackQuerySet


class Generation(models.Model):
    """The one row that counts loads: finished pages are cached under its number."""

    number = models.PositiveBigIntegerField(default=0)
    catalog_digest = models.CharField(max_length=64, blank=True)
    loaded_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="generation_is_one_row")]

    def __str__(self) -> str:
        return f"generation {self.number}"


class SourceFile(models.Model):
    """The text of one content file, as the site holds it. Files are the source of truth.

    *Edited here* means that ``text_hash`` differs from ``loaded_hash``.
    """

    path = models.CharField(
        max_length=500, unique=True, help_text=_("Relative to the content root, with forward slashes.")
    )
    text = models.TextField()
    text_hash = models.CharField(max_length=64, help_text=_("SHA-256 of the text."))
    loaded_hash = models.CharField(max_length=64, help_text=_("SHA-256 of the text when it was last loaded."))
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("edited by"),
    )
    edited_at = models.DateTimeField(null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True, help_text=_("When the file left the tree."))

    class Meta:
        verbose_name = _("source text")
        verbose_name_plural = _("source texts")
        ordering = ["path"]

    def __str__(self) -> str:
        return self.path

    @property
    def is_edited_here(self) -> bool:
        """Whether the text was changed on this site since it was last loaded from its file."""
        return self.text_hash != self.loaded_hash


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
    content_hash = models.CharField(
        max_length=64, blank=True, help_text=_("SHA-256 of source, pipeline version and the facts it cites.")
    )
    source = models.ForeignKey(SourceFile, models.SET_NULL, null=True, blank=True, related_name="+")
    assets = models.ManyToManyField("lessons.Asset", blank=True, related_name="+")
    draft = models.BooleanField(default=False, help_text=_("Seen by instructors only."))
    unlisted = models.BooleanField(default=False, help_text=_("Has an address but no place in menus."))
    retired_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True

    @property
    def is_published(self) -> bool:
        """Whether learners may read it."""
        return not self.draft and self.retired_at is None


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


class Asset(models.Model):
    """A file that lessons show: served by its hash, so it may be cached for ever."""

    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    data = models.BinaryField(help_text=_("At most 4 MiB."))
    width = models.PositiveIntegerField(null=True, help_text=_("Pixels."))
    height = models.PositiveIntegerField(null=True, help_text=_("Pixels."))

    class Meta:
        verbose_name = _("asset")
        verbose_name_plural = _("assets")
        constraints = [models.UniqueConstraint(fields=["sha256", "name"], name="asset_unique")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address that carries the file's hash."""
        return reverse("asset", kwargs={"sha256": self.sha256, "name": self.name})


class AssetPath(models.Model):
    """Where an asset lies in the content tree: how a text that is edited on the site finds its images."""

    path = models.CharField(max_length=500, unique=True)
    asset = models.ForeignKey(Asset, models.CASCADE, related_name="paths")

    def __str__(self) -> str:
        return self.path


class GlossaryTerm(models.Model):
    """A word of the field. A concept is one: questions train it and review brings it back."""

    slug = models.SlugField(max_length=100, unique=True)
    term = models.CharField(max_length=120)
    aliases = models.JSONField(default=list, blank=True)
    definition = models.TextField(help_text=_("Plain text."))
    source_url = models.URLField(max_length=500)
    source_title = models.CharField(max_length=300, blank=True)
    seen_on = models.DateField()
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = GlossaryQuerySet.as_manager()

    class Meta:
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary terms")
        ordering = ["term"]

    def __str__(self) -> str:
        return self.term

    def get_absolute_url(self) -> str:
        """Return the term's place in the glossary."""
        return f"{reverse('glossary')}#{self.slug}"


class FactUse(models.Model):
    """One place in a content file that cites a catalog fact: what a changed fact touches."""

    source = models.ForeignKey(SourceFile, models.CASCADE, related_name="fact_uses")
    line = models.PositiveIntegerField()
    slug = models.CharField(max_length=120)
    field = models.CharField(max_length=60)

    class Meta:
        indexes = [models.Index(fields=["slug", "field"], name="fact_use_by_fact")]

    def __str__(self) -> str:
        return f"{self.source.path}:{self.line} {self.slug}.{self.field}"
