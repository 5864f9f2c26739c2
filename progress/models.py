"""How far each learner has come in each lesson."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Learner
from lessons.models import Lesson


class LessonProgress(models.Model):
    """One learner in one lesson: where they read, and whether and why it is complete."""

    learner = models.ForeignKey(Learner, models.CASCADE, related_name="lesson_progress")
    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="progress")
    section = models.CharField(max_length=200, blank=True, help_text=_("Anchor of the heading last read."))
    read_at = models.DateTimeField(null=True, blank=True, help_text=_("When that section was reached."))
    viewed_at = models.DateTimeField(null=True, blank=True, help_text=_("When the last section was reached."))
    marked = models.BooleanField(
        null=True,
        blank=True,
        help_text=_("Marked done or not done by hand; empty: the lesson's own rule decides."),
    )
    completed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("lesson progress")
        verbose_name_plural = _("lesson progress")
        constraints = [models.UniqueConstraint(fields=["learner", "lesson"], name="progress_once_per_lesson")]
        indexes = [models.Index(fields=["learner", "completed_at"], name="progress_by_learner")]

    def __str__(self) -> str:
        return f"{self.learner} in {self.lesson}"
