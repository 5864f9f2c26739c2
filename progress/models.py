"""How far each learner has come in each lesson."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Learner
from lessons.models import Lesson
from progress.querysets import LessonProgressQuerySet


class LessonProgress(models.Model):
    """One learner in one lesson: where they read, what they answered, and since when it is complete.

    The counts are kept, so that no page counts answers again: ``progress.services`` writes them in the
    transaction of the answer, and ``manage.py recountprogress`` makes them anew from the answers.
    """

    learner = models.ForeignKey(
        Learner, models.CASCADE, related_name="lesson_progress", verbose_name=_("learner")
    )
    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="progress", verbose_name=_("lesson"))
    section = models.CharField(
        _("section"), max_length=200, blank=True, help_text=_("Anchor of the heading last read.")
    )
    read_at = models.DateTimeField(
        _("read"), null=True, blank=True, help_text=_("When that section was reached.")
    )
    viewed_at = models.DateTimeField(
        _("read to the end"), null=True, blank=True, help_text=_("When the last section was reached.")
    )
    answered = models.PositiveIntegerField(
        _("questions answered"),
        default=0,
        help_text=_("Of the questions asked today, those with an answer in practice."),
    )
    answered_at = models.DateTimeField(_("last answer"), null=True, blank=True)
    best_share = models.FloatField(
        _("best score"),
        null=True,
        blank=True,
        help_text=_("Of the best complete practice attempt, from 0 to 1."),
    )
    marked = models.BooleanField(
        _("marked by hand"),
        null=True,
        blank=True,
        help_text=_("Done or not done, as the learner said; empty: the lesson's own rule decides."),
    )
    completed_at = models.DateTimeField(_("complete since"), null=True, blank=True)

    objects = LessonProgressQuerySet.as_manager()

    class Meta:
        verbose_name = _("lesson progress")
        verbose_name_plural = _("lesson progress")
        constraints = [
            models.UniqueConstraint(fields=["learner", "lesson"], name="progress_once_per_lesson"),
            models.CheckConstraint(
                condition=models.Q(marked=None)
                | models.Q(marked=True, completed_at__isnull=False)
                | models.Q(marked=False, completed_at=None),
                name="progress_mark_agrees_with_completion",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.learner} in {self.lesson}"
