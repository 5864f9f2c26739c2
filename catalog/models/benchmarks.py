"""Tests of models, and the scores that were reported."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from catalog.models.checkpoints import Checkpoint
from catalog.models.sources import Evidence, Source
from catalog.slugs import validate_slug


class Benchmark(models.Model):
    """A test: what it measures, what guessing earns, and what is wrong with it."""

    class Direction(models.TextChoices):
        HIGHER = "higher", _("Higher is better")
        LOWER = "lower", _("Lower is better")

    class Saturation(models.TextChoices):
        """How much room the best models leave at the top."""

        LOW = "low", _("Low")
        MEDIUM = "medium", _("Medium")
        HIGH = "high", _("High")
        SATURATED = "saturated", _("Saturated")

    class Unit(models.TextChoices):
        PERCENT = "percent", _("percent")
        RATING = "rating", _("rating points")
        SCORE = "score", _("score from 1 to 10")
        INDEX = "index", _("index points")
        PERPLEXITY = "perplexity", _("perplexity")

    slug = models.CharField(max_length=60, unique=True, validators=[validate_slug])
    name = models.CharField(_("name"), max_length=80, unique=True)
    measures = models.CharField(_("measures"), max_length=200)
    items = models.CharField(_("items"), max_length=240, blank=True)
    metric = models.CharField(_("metric"), max_length=160)
    unit = models.CharField(_("unit"), max_length=12, choices=Unit)
    direction = models.CharField(_("direction"), max_length=8, choices=Direction)
    chance_percent = models.DecimalField(
        _("chance level (percent)"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("Expected score of guessing; empty where guessing has no meaningful score."),
    )
    usual_shots = models.CharField(_("usual shots"), max_length=120, blank=True)
    problems = models.CharField(_("known problems"), max_length=400, blank=True)
    saturation = models.CharField(_("saturation"), max_length=10, choices=Saturation)
    paper_url = models.URLField(_("paper"), max_length=200, blank=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="+", verbose_name=_("source"))
    evidence = models.CharField(_("evidence"), max_length=10, choices=Evidence, default=Evidence.PRIMARY)

    class Meta:
        ordering = ["name"]
        verbose_name = _("benchmark")
        verbose_name_plural = _("benchmarks")
        constraints = [
            models.CheckConstraint(
                condition=Q(chance_percent__isnull=True) | Q(chance_percent__gte=0, chance_percent__lt=100),
                name="benchmark_chance_is_a_percentage",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Result(models.Model):
    """One published score of one checkpoint, with the setting and reporter that give it meaning."""

    class ReporterKind(models.TextChoices):
        VENDOR = "vendor", _("Vendor")
        INDEPENDENT = "independent", _("Independent")
        COMMUNITY = "community", _("Community votes")

    checkpoint = models.ForeignKey(
        Checkpoint, models.CASCADE, related_name="results", verbose_name=_("checkpoint")
    )
    benchmark = models.ForeignKey(
        Benchmark, models.PROTECT, related_name="results", verbose_name=_("benchmark")
    )
    value = models.DecimalField(_("value"), max_digits=8, decimal_places=3)
    setting = models.CharField(
        _("setting"), max_length=160, blank=True, help_text=_("As published; empty where none was given.")
    )
    variant = models.CharField(
        _("variant"), max_length=60, blank=True, help_text=_("The part or edition, such as Diamond or 2024.")
    )
    shots = models.PositiveSmallIntegerField(
        _("shots"), null=True, blank=True, help_text=_("Worked examples in the prompt; empty: not stated.")
    )
    chain_of_thought = models.BooleanField(
        _("chain of thought"), null=True, blank=True, help_text=_("Empty: not stated.")
    )
    reporter = models.CharField(_("reported by"), max_length=80)
    reporter_kind = models.CharField(_("kind of reporter"), max_length=12, choices=ReporterKind)
    self_reported = models.BooleanField(
        _("reported by its maker"), default=False, help_text=_("Whether the reporter made the checkpoint.")
    )
    interval_low = models.DecimalField(
        _("interval, low end"), max_digits=8, decimal_places=3, null=True, blank=True
    )
    interval_high = models.DecimalField(
        _("interval, high end"), max_digits=8, decimal_places=3, null=True, blank=True
    )
    votes = models.PositiveIntegerField(
        _("votes"), null=True, blank=True, help_text=_("How many judgments a rating rests on.")
    )
    source = models.ForeignKey(Source, models.PROTECT, related_name="results", verbose_name=_("source"))
    observed_on = models.DateField(_("observed on"))
    evidence = models.CharField(_("evidence"), max_length=10, choices=Evidence, default=Evidence.PRIMARY)
    note = models.CharField(_("note"), max_length=240, blank=True)

    class Meta:
        ordering = ["benchmark", "-value", "id"]
        verbose_name = _("benchmark result")
        verbose_name_plural = _("benchmark results")
        constraints = [
            models.UniqueConstraint(
                fields=["checkpoint", "benchmark", "setting", "reporter", "observed_on", "source"],
                name="result_reported_once",
            ),
            models.CheckConstraint(
                condition=Q(interval_low__isnull=True, interval_high__isnull=True)
                | Q(interval_low__lte=F("value"), interval_high__gte=F("value")),
                name="result_interval_holds_value",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.checkpoint_id} {self.benchmark_id}: {self.value}"

    @property
    def comparison_key(self) -> tuple[object, ...]:
        """Return what two results must share to be comparable: benchmark, parsed setting and reporter.

        Where shots are not stated the published wording stands in for them, so two unknowns only match when
        they were described alike.
        """
        parsed: tuple[object, ...] = (self.variant, self.shots, self.chain_of_thought)
        wording = self.setting if self.shots is None else ""
        return (self.benchmark_id, self.reporter, *parsed, wording)
