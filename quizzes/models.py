"""Questions as loaded, and what learners answered. An attempt is a record: it is never edited."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Learner
from lessons.models import GlossaryTerm, Lesson, SourceFile, Track
from quizzes.querysets import AnswerQuerySet, AttemptQuerySet, QuestionQuerySet
from quizzes.scores import whole_percent


class Quiz(models.Model):
    """The questions of one lesson."""

    lesson = models.OneToOneField(Lesson, models.CASCADE, related_name="quiz")
    source = models.ForeignKey(SourceFile, models.SET_NULL, null=True, blank=True, related_name="+")
    pass_percent = models.PositiveSmallIntegerField(default=80)
    asked = models.JSONField(
        default=list,
        editable=False,
        help_text=_("Primary key and id of each question asked today, in order; kept by the loader."),
    )

    class Meta:
        verbose_name = _("quiz")
        verbose_name_plural = _("quizzes")

    def __str__(self) -> str:
        return str(self.lesson)

    def asked_questions(self) -> "tuple[Question, ...]":
        """Return the questions asked today, with primary key and id only; no query is needed."""
        return tuple(Question(pk=pk, key=key, quiz_id=self.pk) for pk, key in self.asked)

    def keep_asked(self) -> bool:
        """Bring ``asked`` up to date and return whether it differed; after every change of its questions."""
        asked = [list(row) for row in Question.objects.current().filter(quiz=self).values_list("pk", "key")]
        if self.asked == asked:
            return False
        self.asked = asked
        self.save(update_fields=["asked"])
        return True


class Question(models.Model):
    """One question, by the stable id that attempts hang on. Its wording lives in its revisions."""

    class Type(models.TextChoices):
        CHOICE = "choice", _("one choice")
        MULTI = "multi", _("several choices")
        TRUEFALSE = "truefalse", _("true or false")
        NUMERIC = "numeric", _("a number")
        SHORT = "short", _("a few words")

    class Kind(models.TextChoices):
        RECALL = "recall", _("recall")
        WHY = "why", _("why")
        PREDICT = "predict", _("predict")
        CHOOSE = "choose", _("choose")
        APPLY = "apply", _("apply")

    track = models.ForeignKey(Track, models.CASCADE, related_name="questions")
    quiz = models.ForeignKey(Quiz, models.CASCADE, related_name="questions")
    key = models.CharField(max_length=120, help_text=_("The id in the file, unique in its track."))
    type = models.CharField(
        max_length=12, choices=Type, help_text=_("Fixed for one id: a new type is a new question.")
    )
    kind = models.CharField(max_length=10, choices=Kind, blank=True)
    position = models.PositiveIntegerField(help_text=_("Place in the quiz, from 0."))
    section = models.CharField(
        max_length=200, blank=True, help_text=_("Anchor of the heading that explains it.")
    )
    concepts = models.ManyToManyField(GlossaryTerm, blank=True, related_name="questions")
    source = models.ForeignKey(SourceFile, models.SET_NULL, null=True, blank=True, related_name="+")
    line = models.PositiveIntegerField(default=0)
    revision = models.ForeignKey(
        "QuestionRevision",
        models.PROTECT,
        null=True,
        related_name="+",
        help_text=_("The wording shown today."),
    )
    retired_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When the question left the content; its answers stay.")
    )

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["quiz", "position"]
        constraints = [models.UniqueConstraint(fields=["track", "key"], name="question_key_unique_in_track")]

    def __str__(self) -> str:
        return self.key


class QuestionRevision(models.Model):
    """One wording of a question with its key and reasons; answers point at the one that was seen.

    ``body`` is the rendered question: ``prompt`` (HTML), ``explanation`` (HTML), and by type ``options``
    (each ``id``, ``text``, ``reason``, ``correct``), ``answer``, ``tolerance``, ``unit``, ``accepted``,
    ``mistakes``, ``reason``. Built and read only in ``quizzes.content``.
    """

    question = models.ForeignKey(Question, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    body = models.JSONField()
    body_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["question", "number"]
        constraints = [models.UniqueConstraint(fields=["question", "number"], name="revision_number_unique")]

    def __str__(self) -> str:
        return f"{self.question.key} r{self.number}"


class Attempt(models.Model):
    """One go of one learner at a lesson's quiz."""

    class Purpose(models.TextChoices):
        PRACTICE = "practice", _("practice")
        TEST = "test", _("test")
        REVIEW = "review", _("review")

    learner = models.ForeignKey(Learner, models.CASCADE, related_name="attempts")
    quiz = models.ForeignKey(Quiz, models.PROTECT, related_name="attempts")
    purpose = models.CharField(max_length=10, choices=Purpose, default=Purpose.PRACTICE)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    started_at = models.DateTimeField(default=timezone.now)
    completed_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When every question had a first answer.")
    )
    closed_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When an open attempt was set aside because two were merged.")
    )
    points = models.FloatField(null=True, blank=True, help_text=_("Sum of the points of first answers."))
    possible = models.PositiveIntegerField(
        null=True, blank=True, help_text=_("Questions counted when it was completed.")
    )
    merged_from = models.UUIDField(
        null=True, blank=True, help_text=_("Public id of the guest who made it before signing in.")
    )

    objects = AttemptQuerySet.as_manager()

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        ordering = ["-started_at"]
        indexes = [
            models.Index(fields=["-started_at", "-id"], name="attempt_newest_first"),
            models.Index(fields=["learner", "quiz"], name="attempt_by_learner_and_quiz"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "quiz", "purpose"],
                condition=Q(completed_at=None, closed_at=None),
                name="attempt_one_open_per_quiz",
            ),
            models.CheckConstraint(
                condition=Q(points=None) | Q(points__gte=0, points__lte=F("possible")),
                name="attempt_points_within_possible",
            ),
            models.CheckConstraint(
                condition=Q(completed_at=None, points=None)
                | Q(completed_at__isnull=False, points__isnull=False),
                name="attempt_complete_has_score",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.learner} at {self.quiz}"

    def get_absolute_url(self) -> str:
        """Return the page of its result, which only its learner can open."""
        return reverse("quizzes:attempt", kwargs={"public_id": self.public_id})

    @property
    def is_open(self) -> bool:
        """Whether it still waits for answers."""
        return self.completed_at is None and self.closed_at is None

    @property
    def percent(self) -> int | None:
        """The score in whole percent, rounded down so that 100 means all; None while it is open."""
        if self.points is None or not self.possible:
            return None
        return whole_percent(self.points / self.possible)


class Answer(models.Model):
    """One response to one question. The first in an attempt counts; further tries teach."""

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, models.PROTECT, related_name="answers")
    revision = models.ForeignKey(QuestionRevision, models.PROTECT, related_name="answers")
    try_number = models.PositiveIntegerField(default=1)
    response = models.JSONField(help_text=_("Option ids chosen, true or false, or the text typed."))
    seed = models.PositiveBigIntegerField(default=0, help_text=_("Seed of the shuffle that was shown."))
    variant = models.PositiveIntegerField(
        default=0, help_text=_("Which draw of a computed question was shown.")
    )
    points = models.FloatField(help_text=_("From 0 to 1."))
    submission = models.UUIDField(unique=True, help_text=_("From the form: one submission counts once."))
    answered_at = models.DateTimeField(default=timezone.now)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["answered_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "question", "try_number"], name="answer_try_unique"),
            models.CheckConstraint(
                condition=Q(points__gte=0, points__lte=1), name="answer_points_from_0_to_1"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question} try {self.try_number}"

    @property
    def is_right(self) -> bool:
        """Whether it earned every point."""
        return self.points >= 1

    @property
    def finishes_attempt(self) -> bool:
        """Whether it completed its attempt: an attempt carries the time of its last first answer."""
        return self.try_number == 1 and self.attempt.completed_at == self.answered_at
