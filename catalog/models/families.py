"""Who makes models, and how their lines and releases hang together."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalog.slugs import validate_slug


class Organization(models.Model):
    """Whoever trains and releases a family."""

    slug = models.CharField(max_length=80, unique=True, validators=[validate_slug])
    name = models.CharField(_("name"), max_length=120, unique=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")

    def __str__(self) -> str:
        return self.name


class Family(models.Model):
    """A line of models by one organization, such as Llama."""

    slug = models.CharField(max_length=80, unique=True, validators=[validate_slug])
    name = models.CharField(_("name"), max_length=120, unique=True)
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="families", verbose_name=_("organization")
    )
    known_for = models.CharField(
        _("known for"), max_length=240, help_text=_("One line for tables: what sets this family apart.")
    )
    lineage = models.CharField(
        _("lineage"),
        max_length=400,
        blank=True,
        help_text=_("The order of its generations, oldest first."),
    )
    homepage = models.URLField(_("homepage"), max_length=300, blank=True)
    is_core = models.BooleanField(
        _("taught in depth"), default=False, help_text=_("Core families come first in lists.")
    )

    class Meta:
        ordering = ["-is_core", "name"]
        verbose_name = _("family")
        verbose_name_plural = _("families")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the page of this family."""
        return reverse("catalog:family_detail", args=[self.slug])


class Release(models.Model):
    """One generation and size of a family, such as Llama 3.1 8B, with one checkpoint or several."""

    family = models.ForeignKey(Family, models.PROTECT, related_name="releases", verbose_name=_("family"))
    slug = models.CharField(max_length=120, unique=True, validators=[validate_slug])
    name = models.CharField(_("name"), max_length=120)
    generation = models.CharField(_("generation"), max_length=40, help_text=_("For example 3.1 or Mixtral."))
    released = models.DateField(
        _("released"), null=True, blank=True, help_text=_("The earliest known date among its checkpoints.")
    )
    superseded_by = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="supersedes",
        verbose_name=_("superseded by"),
        help_text=_("The next release of the same line at about the same size."),
    )

    class Meta:
        ordering = ["family", "released", "slug"]
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        constraints = [
            models.UniqueConstraint(fields=["family", "name"], name="release_name_unique_in_family"),
            models.CheckConstraint(
                condition=Q(superseded_by__isnull=True) | ~Q(superseded_by=F("id")),
                name="release_not_superseded_by_itself",
            ),
        ]

    def __str__(self) -> str:
        return self.name
