"""What was rendered, kept so that a load renders only what changed."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Rendering(models.Model):
    """One page as it was last rendered, before anything is filled in that only the database knows.

    Nothing hangs on these rows: a lost one is made again.
    """

    path = models.CharField(max_length=500, unique=True, help_text=_("The page's path in the content tree."))
    job_hash = models.CharField(max_length=64, help_text=_("SHA-256 of everything that was rendered."))
    needs = models.JSONField(help_text=_("A short hash of what was found, by what was looked up."))
    data = models.BinaryField(help_text=_("Compressed JSON of what is small."))
    page = models.BinaryField(help_text=_("HTML and texts, as they are packed."))

    def __str__(self) -> str:
        return self.path


class LoadedTree(models.Model):
    """One content root or single track as it was last loaded: the same files again change nothing."""

    name = models.CharField(max_length=100, unique=True, help_text=_("The track's slug; empty for a root."))
    fingerprint = models.CharField(max_length=64, help_text=_("SHA-256 of every file and of the pipeline."))
    generation = models.PositiveBigIntegerField(help_text=_("The site's generation after that load."))
    counts = models.JSONField(default=dict, help_text=_("How many things of each kind it gave."))
    warnings = models.PositiveIntegerField(default=0, help_text=_("How many things were warned of."))

    def __str__(self) -> str:
        return self.name or "content root"
