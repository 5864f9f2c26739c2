"""The texts that the site is made of, the files they show, and the count of loads."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Generation(models.Model):
    """The one row that counts loads: finished pages are cached under its number."""

    number = models.PositiveBigIntegerField(default=0)
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


class ReplacedText(models.Model):
    """A text written on the site that another took the place of: nothing that anybody wrote is lost."""

    source = models.ForeignKey(
        SourceFile, models.CASCADE, related_name="replaced", verbose_name=_("source text")
    )
    text = models.TextField(_("text"))
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("edited by"),
    )
    edited_at = models.DateTimeField(_("edited"), null=True, blank=True)
    replaced_at = models.DateTimeField(_("replaced"), auto_now_add=True)

    class Meta:
        verbose_name = _("replaced text")
        verbose_name_plural = _("replaced texts")
        ordering = ["-replaced_at", "-pk"]

    def __str__(self) -> str:
        return str(self.source)


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
