"""Hardware that a learner may have."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.models.sources import Evidence, Source
from catalog.slugs import validate_slug


class Machine(models.Model):
    """A graphics card, computer or server: how much it holds and how fast it reads."""

    class Kind(models.TextChoices):
        """What the memory belongs to: it decides how much of it a model may use."""

        GPU = "gpu", _("Graphics card")
        WORKSTATION = "workstation", _("Workstation card")
        DATACENTER = "datacenter", _("Data center card")
        UNIFIED = "unified", _("Shared memory")
        CPU_RAM = "cpu-ram", _("Processor and main memory")

    slug = models.CharField(max_length=120, unique=True, validators=[validate_slug])
    vendor = models.CharField(_("vendor"), max_length=60)
    name = models.CharField(_("name"), max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    memory_gb = models.DecimalField(
        _("memory (GB)"),
        max_digits=7,
        decimal_places=2,
        help_text=_("As sold. For shared memory the largest size offered."),
    )
    bandwidth_gb_s = models.DecimalField(
        _("bandwidth (GB/s)"), max_digits=8, decimal_places=2, help_text=_("Peak, in 10⁹ bytes a second.")
    )
    source = models.ForeignKey(Source, models.PROTECT, related_name="+", verbose_name=_("source"))
    evidence = models.CharField(_("evidence"), max_length=10, choices=Evidence, default=Evidence.PRIMARY)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        ordering = ["kind", "memory_gb", "name"]
        verbose_name = _("machine")
        verbose_name_plural = _("machines")
        constraints = [
            models.CheckConstraint(
                condition=Q(memory_gb__gt=0, bandwidth_gb_s__gt=0), name="machine_figures_positive"
            ),
        ]

    def __str__(self) -> str:
        return self.name
