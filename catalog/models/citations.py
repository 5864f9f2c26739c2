"""Where the figures of a checkpoint were read, and the file sizes that others published."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.models.checkpoints import Checkpoint
from catalog.models.sources import Evidence, Source


class Citation(models.Model):
    """Where one group of a checkpoint's figures was read."""

    class Group(models.TextChoices):
        """Figures that are read together in one place."""

        PARAMETERS = "parameters", _("Parameters")
        ACTIVE_PARAMETERS = "active-parameters", _("Active parameters")
        ARCHITECTURE = "architecture", _("Architecture")
        EMBEDDINGS = "embeddings", _("Tied embeddings")
        RELEASE = "release", _("Release date")
        CONTEXT = "context", _("Context")
        LICENSE = "license", _("License")
        TRAINING = "training", _("Training tokens")
        LANGUAGES = "languages", _("Languages")
        LINEAGE = "lineage", _("Lineage")

    checkpoint = models.ForeignKey(
        Checkpoint, models.CASCADE, related_name="citations", verbose_name=_("checkpoint")
    )
    group = models.CharField(_("figures"), max_length=20, choices=Group)
    source = models.ForeignKey(Source, models.PROTECT, related_name="citations", verbose_name=_("source"))
    evidence = models.CharField(_("evidence"), max_length=10, choices=Evidence, default=Evidence.PRIMARY)
    note = models.CharField(_("note"), max_length=240, blank=True)
    position = models.PositiveSmallIntegerField(
        _("position"), default=0, help_text=_("The first source of a group is the one shown beside a figure.")
    )

    class Meta:
        ordering = ["checkpoint", "position", "id"]
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        constraints = [
            models.UniqueConstraint(
                fields=["checkpoint", "group", "source"], name="citation_once_per_group_and_source"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_group_display()}: {self.source_id}"


class PublishedFile(models.Model):
    """A quantized file whose size was published: what our arithmetic is held against."""

    checkpoint = models.ForeignKey(
        Checkpoint, models.CASCADE, related_name="published_files", verbose_name=_("checkpoint")
    )
    quantization = models.CharField(_("quantization"), max_length=20)
    size_gib = models.DecimalField(
        _("size (GiB)"), max_digits=9, decimal_places=3, help_text=_("As published, in 2³⁰ bytes.")
    )
    source = models.ForeignKey(Source, models.PROTECT, related_name="+", verbose_name=_("source"))

    class Meta:
        ordering = ["checkpoint", "size_gib"]
        verbose_name = _("published file")
        verbose_name_plural = _("published files")
        constraints = [
            models.UniqueConstraint(
                fields=["checkpoint", "quantization", "source"], name="published_file_once_per_source"
            ),
            models.CheckConstraint(condition=Q(size_gib__gt=0), name="published_file_has_a_size"),
        ]

    def __str__(self) -> str:
        return f"{self.checkpoint_id} {self.quantization}"
