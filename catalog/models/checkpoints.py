"""One downloadable set of weights and its figures."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalog.memory import Architecture
from catalog.models.families import Family, Release
from catalog.models.licenses import License
from catalog.querysets import CheckpointQuerySet
from catalog.slugs import validate_slug


def _count(label: object, help_text: object = "") -> models.PositiveIntegerField[int | None, int | None]:
    """Return a column for one architecture integer; null means that no source states it."""
    return models.PositiveIntegerField(label, null=True, blank=True, help_text=help_text)  # type: ignore[arg-type]


class Checkpoint(models.Model):
    """One downloadable set of weights within a release.

    Null in a figure means *not known*: no source that states it was seen.
    """

    class Kind(models.TextChoices):
        """What the weights were tuned for."""

        BASE = "base", _("Base")
        INSTRUCT = "instruct", _("Instruct")
        REASONING = "reasoning", _("Reasoning")
        CODE = "code", _("Code")
        MATH = "math", _("Math")
        VISION = "vision", _("Vision")

    class Structure(models.TextChoices):
        """How the layers are built: it decides what is held in memory and what is read per token."""

        DENSE = "dense", _("Dense")
        MOE = "moe", _("Mixture of experts")
        SSM = "ssm", _("State space")

    class Attention(models.TextChoices):
        """How keys and values are kept."""

        MHA = "mha", _("Multi-head")
        GQA = "gqa", _("Grouped-query")
        MQA = "mqa", _("Multi-query")
        MLA = "mla", _("Multi-head latent")
        HYBRID = "hybrid", _("Attention mixed with recurrent layers")
        NONE = "none", _("None: a fixed state")

    class ReleaseBasis(models.TextChoices):
        """What the release date rests on."""

        OFFICIAL = "official", _("Stated by the maker")
        REPOSITORY = "repository", _("The hub repository was created then")
        SECONDARY = "secondary", _("A secondary listing")

    class Relation(models.TextChoices):
        """What was done to the checkpoint it came from."""

        FINE_TUNED = "fine-tuned", _("Fine-tuned from")
        DISTILLED = "distilled", _("Distilled into")
        CONTINUED = "continued", _("Trained further from")
        PRUNED = "pruned", _("Pruned from")

    # Identity
    slug = models.CharField(max_length=120, unique=True, validators=[validate_slug])
    name = models.CharField(_("name"), max_length=120, unique=True)
    hub_id = models.CharField(
        _("hub id"),
        max_length=160,
        unique=True,
        help_text=_("Publisher and repository on the Hugging Face Hub."),
    )
    publisher = models.CharField(_("publisher"), max_length=80, help_text=_("The account that uploaded it."))
    family = models.ForeignKey(Family, models.PROTECT, related_name="checkpoints", verbose_name=_("family"))
    release = models.ForeignKey(
        Release, models.PROTECT, related_name="checkpoints", verbose_name=_("release")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    derived_from = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="derivatives",
        verbose_name=_("derived from"),
    )
    relation = models.CharField(_("relation"), max_length=12, choices=Relation, blank=True)

    # May I use it?
    license = models.ForeignKey(
        License, models.PROTECT, null=True, blank=True, related_name="checkpoints", verbose_name=_("license")
    )
    additional_licenses = models.ManyToManyField(
        License,
        blank=True,
        related_name="additional_checkpoints",
        verbose_name=_("also bound by"),
        help_text=_("Licenses of the weights it was made from."),
    )

    # Figures
    released = models.DateField(_("released"), null=True, blank=True)
    release_basis = models.CharField(_("basis of the date"), max_length=12, choices=ReleaseBasis, blank=True)
    parameters = models.PositiveBigIntegerField(
        _("parameters"), help_text=_("All of them; tied embeddings count once.")
    )
    parameters_exact = models.BooleanField(
        _("exact count"), help_text=_("False where only a rounded figure was published.")
    )
    active_parameters = models.PositiveBigIntegerField(
        _("active parameters"),
        null=True,
        blank=True,
        help_text=_("Used per token in a mixture of experts; empty for dense models."),
    )
    vision_parameters = models.PositiveBigIntegerField(
        _("vision parameters"), null=True, blank=True, help_text=_("The part outside the text decoder.")
    )
    context_tokens = _count(_("context (tokens)"))
    context_native_tokens = _count(
        _("native context (tokens)"), _("Without position scaling, where the maker states both.")
    )
    training_tokens = models.PositiveBigIntegerField(_("training tokens"), null=True, blank=True)
    reads_images = models.BooleanField(_("reads images"), default=False)
    reads_audio = models.BooleanField(_("reads audio"), default=False)
    languages_count = _count(_("languages"), _("How many languages the maker names."))
    languages = models.JSONField(
        _("language codes"), default=list, blank=True, help_text=_("ISO codes where the maker lists them.")
    )

    # Architecture
    structure = models.CharField(_("structure"), max_length=8, choices=Structure)
    attention = models.CharField(_("attention"), max_length=8, choices=Attention, blank=True)
    attention_pattern = models.CharField(_("attention pattern"), max_length=160, blank=True)
    layers = models.PositiveIntegerField(_("layers"))
    layers_full = _count(_("layers that keep every token"))
    layers_window = _count(_("layers that keep a window"))
    window = _count(_("window (tokens)"))
    layers_linear = _count(_("layers with a fixed state"))
    hidden = models.PositiveIntegerField(_("hidden size"))
    heads = _count(_("query heads"))
    kv_heads = _count(_("key-value heads"))
    head_dim = _count(_("head dimension"))
    global_kv_heads = _count(_("key-value heads of full layers"), _("Where they differ from the others."))
    global_head_dim = _count(_("head dimension of full layers"), _("Where it differs from the others."))
    kv_shared_layers = _count(_("layers that share a cache"), _("They reuse the cache of an earlier layer."))
    mla_rank = _count(_("latent rank"), _("Values of the compressed key-value vector."))
    mla_rope = _count(_("latent position part"), _("Values cached beside the compressed vector."))
    mla_query_rank = _count(_("latent query rank"))
    feed_forward = _count(_("feed-forward width"), _("Of dense layers."))
    ffn_matrices = _count(_("feed-forward matrices"), _("3 where gated, 2 where plain."))
    vocabulary = models.PositiveIntegerField(_("vocabulary"))
    tied_embeddings = models.BooleanField(_("tied embeddings"), null=True, blank=True)
    experts = _count(_("experts"))
    experts_per_token = _count(_("experts per token"))
    expert_feed_forward = _count(_("feed-forward width of an expert"))
    shared_expert_ff = _count(_("width of always-active experts"), _("Summed; 0 where there are none."))
    dense_layers = _count(_("dense layers before the experts"))

    notes = models.JSONField(_("notes"), default=list, blank=True)

    objects = CheckpointQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("checkpoint")
        verbose_name_plural = _("checkpoints")
        constraints = [
            models.CheckConstraint(condition=Q(parameters__gt=0), name="checkpoint_has_parameters"),
            models.CheckConstraint(
                condition=Q(active_parameters__isnull=True) | Q(active_parameters__lte=F("parameters")),
                name="checkpoint_active_within_total",
            ),
            models.CheckConstraint(
                condition=Q(structure="moe", experts__isnull=False, experts_per_token__lte=F("experts"))
                | (~Q(structure="moe") & Q(experts__isnull=True, experts_per_token__isnull=True)),
                name="checkpoint_experts_only_in_moe",
            ),
            models.CheckConstraint(
                condition=Q(ffn_matrices__isnull=True) | Q(ffn_matrices__in=[2, 3]),
                name="checkpoint_feed_forward_gated_or_plain",
            ),
            models.CheckConstraint(
                condition=Q(layers_window__isnull=True) | Q(layers_window=0) | Q(window__gt=0),
                name="checkpoint_window_layers_have_a_window",
            ),
            models.CheckConstraint(
                condition=Q(layers_full__isnull=True)
                | Q(layers__gte=F("layers_full") + F("layers_window") + F("layers_linear")),
                name="checkpoint_layer_kinds_within_layers",
            ),
            models.CheckConstraint(
                condition=Q(context_tokens__isnull=True) | Q(context_tokens__gt=0),
                name="checkpoint_context_positive",
            ),
            models.CheckConstraint(
                condition=Q(released__isnull=True, release_basis="")
                | (Q(released__isnull=False) & ~Q(release_basis="")),
                name="checkpoint_date_has_a_basis",
            ),
            models.CheckConstraint(
                condition=Q(derived_from__isnull=True) | ~Q(derived_from=F("id")),
                name="checkpoint_not_derived_from_itself",
            ),
        ]
        indexes = [
            models.Index(fields=["parameters"], name="checkpoint_parameters"),
            models.Index(fields=["context_tokens"], name="checkpoint_context"),
            models.Index(fields=["released"], name="checkpoint_released"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the page of this checkpoint."""
        return reverse("catalog:checkpoint_detail", args=[self.slug])

    @property
    def is_moe(self) -> bool:
        """Whether only some experts work on each token."""
        return self.structure == self.Structure.MOE

    @property
    def hub_url(self) -> str:
        """Return the address of the weights."""
        return f"https://huggingface.co/{self.hub_id}"

    @property
    def parameters_b(self) -> float:
        """Return all parameters in billions."""
        return self.parameters / 1e9

    @property
    def active_parameters_b(self) -> float | None:
        """Return the parameters used per token in billions, or None where no source states them."""
        return None if self.active_parameters is None else self.active_parameters / 1e9

    def architecture(self) -> Architecture | None:
        """Return the figures that memory is computed from, or None when one that matters is missing."""
        return Architecture.from_figures(self)
