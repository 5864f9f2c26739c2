"""What a license allows, question by question, each answer with its clause and source."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from catalog.models.sources import Evidence, Source
from catalog.slugs import validate_slug


class License(models.Model):
    """A license text that weights are published under. A reading aid, not legal advice."""

    slug = models.CharField(max_length=80, unique=True, validators=[validate_slug])
    name = models.CharField(_("name"), max_length=160, unique=True)
    short_name = models.CharField(_("short name"), max_length=60)
    spdx_id = models.CharField(
        _("SPDX identifier"), max_length=60, blank=True, help_text=_("Empty: SPDX lists none.")
    )
    steward = models.CharField(_("steward"), max_length=120, help_text=_("Who wrote the text."))
    summary = models.CharField(_("kind of license"), max_length=160)
    osi_approved = models.BooleanField(
        _("OSI approved"), null=True, blank=True, help_text=_("Empty: not known.")
    )
    released = models.DateField(_("text dated"), null=True, blank=True)
    text_url = models.URLField(_("text"), max_length=500, blank=True)
    use_policy_url = models.URLField(_("acceptable-use policy"), max_length=500, blank=True)
    text_read = models.BooleanField(_("text read"), help_text=_("Whether the whole text was read for this."))
    text_read_from = models.CharField(
        _("read from"), max_length=240, blank=True, help_text=_("Which copy of the text was read.")
    )
    reviewed_on = models.DateField(_("reviewed on"))
    notes = models.JSONField(_("notes"), default=list, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("license")
        verbose_name_plural = _("licenses")

    def __str__(self) -> str:
        return self.short_name

    def get_absolute_url(self) -> str:
        """Return the page of this license."""
        return reverse("catalog:license_detail", args=[self.slug])

    @cached_property
    def answers_by_question(self) -> dict[str, LicenseAnswer]:
        """Return the answers keyed by question value; prefetch ``answers__source`` in lists."""
        return {answer.question: answer for answer in self.answers.all()}


class LicenseAnswer(models.Model):
    """What one license says to one question."""

    class Question(models.TextChoices):
        """The questions put to every text, in the order pages show them."""

        COMMERCIAL_USE = "commercial-use", _("May I use it at work?")
        USER_CAP = "user-cap", _("Is there a limit on users?")
        REVENUE_CAP = "revenue-cap", _("Is there a limit on revenue?")
        ATTRIBUTION = "attribution", _("Must I give credit?")
        NAMING = "naming", _("Must I name it in my product or model?")
        USE_POLICY = "use-policy", _("Is there an acceptable-use policy?")
        OUTPUTS = "outputs", _("May I train other models on its outputs?")
        REDISTRIBUTION = "redistribution", _("May I pass the weights on?")
        TERRITORY = "territory", _("Are some places excluded?")

    class Verdict(models.TextChoices):
        """The answer in one word; ``detail`` says the rest."""

        YES = "yes", _("Yes")
        CONDITIONAL = "if", _("Yes, if")
        NO = "no", _("No")
        SILENT = "silent", _("The text does not say")
        UNREAD = "unread", _("Text not read")

    license = models.ForeignKey(License, models.CASCADE, related_name="answers", verbose_name=_("license"))
    question = models.CharField(_("question"), max_length=20, choices=Question)
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict)
    detail = models.CharField(_("detail"), max_length=400, blank=True)
    threshold = models.PositiveBigIntegerField(
        _("threshold"), null=True, blank=True, help_text=_("Users or US dollars where the answer is a limit.")
    )
    place = models.CharField(
        _("place excluded"),
        max_length=60,
        blank=True,
        help_text=_("Where a place is excluded: its name as a sentence has it, such as “the EU”."),
    )
    images_only = models.BooleanField(
        _("images only"),
        default=False,
        help_text=_("Whether a place is excluded only for checkpoints that read images."),
    )
    clause = models.CharField(
        _("clause"),
        max_length=120,
        blank=True,
        help_text=_("Section of the text; empty: not numbered or none."),
    )
    source = models.ForeignKey(Source, models.PROTECT, related_name="+", verbose_name=_("source"))
    evidence = models.CharField(_("evidence"), max_length=10, choices=Evidence, default=Evidence.PRIMARY)

    class Meta:
        ordering = ["license", "id"]
        verbose_name = _("license answer")
        verbose_name_plural = _("license answers")
        constraints = [
            models.UniqueConstraint(fields=["license", "question"], name="license_answers_a_question_once"),
            models.CheckConstraint(
                condition=Q(threshold__isnull=True) | Q(question__in=["user-cap", "revenue-cap", "naming"]),
                name="license_threshold_only_on_caps",
            ),
            models.CheckConstraint(
                condition=Q(place="", images_only=False) | Q(question="territory"),
                name="license_place_only_on_territory",
            ),
        ]
        indexes = [models.Index(fields=["question", "verdict"], name="license_answer_verdict")]

    def __str__(self) -> str:
        return f"{self.get_question_display()} {self.get_verdict_display()}"
