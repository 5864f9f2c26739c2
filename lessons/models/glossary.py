"""The words of the field."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lessons.querysets import GlossaryQuerySet


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

    @property
    def letter(self) -> str:
        """The letter under which it is looked up."""
        return self.term[:1].upper()
