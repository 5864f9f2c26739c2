"""Where figures were read."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.slugs import validate_slug


class Evidence(models.TextChoices):
    """How close a source stands to whoever knows the figure first hand."""

    PRIMARY = "primary", _("Primary")
    SECONDARY = "secondary", _("Secondary")
    DERIVED = "derived", _("Derived by arithmetic")


class Source(models.Model):
    """A page, card or data file that figures were read from, and when it was seen."""

    slug = models.CharField(max_length=80, unique=True, validators=[validate_slug])
    title = models.CharField(_("title"), max_length=240)
    url = models.URLField(
        _("address"), max_length=500, blank=True, help_text=_("Empty only where a figure is computed.")
    )
    seen = models.DateField(_("seen on"), help_text=_("The day the source was read."))

    class Meta:
        ordering = ["slug"]
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="source_has_title"),
        ]

    def __str__(self) -> str:
        return self.title
