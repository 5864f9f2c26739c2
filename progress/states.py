"""The standing of one learner in one lesson, and what it means: is it complete, and what is missing.

Pure functions of what was stored; nothing here asks the database.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lessons.models import Lesson
from quizzes.scores import whole_percent

Rule = Lesson.Completion

DEFAULT_PASS_PERCENT = 80
"""The pass mark of a lesson without a quiz, where it is never asked for."""


@dataclass(frozen=True, slots=True)
class State:
    """One learner in one lesson. The defaults are those of somebody who has not begun."""

    rule: str = Rule.VIEW
    questions: int = 0
    """Questions that the lesson asks today."""

    answered: int = 0
    """Those of them that were answered."""

    best_share: float | None = None
    """Points of the best complete attempt, from 0 to 1."""

    pass_percent: int = DEFAULT_PASS_PERCENT
    viewed: bool = False
    marked: bool | None = None
    completed_at: datetime | None = None
    section: str = ""
    read_at: datetime | None = None
    answered_at: datetime | None = None

    @property
    def done(self) -> bool:
        """Whether the lesson counts as complete. Once it does, only the learner's own mark takes it back."""
        return self.completed_at is not None

    @property
    def started(self) -> bool:
        """Whether anything happened here yet."""
        return self.done or self.answered > 0 or self.touched_at is not None

    @property
    def touched_at(self) -> datetime | None:
        """When the learner last read or answered here."""
        return max(filter(None, (self.read_at, self.answered_at)), default=None)

    @property
    def left(self) -> int:
        """Questions without an answer."""
        return max(0, self.questions - self.answered)

    @property
    def new_questions(self) -> int:
        """Questions that came after the lesson was completed by answering all there were."""
        by_answers = self.rule in (Rule.QUIZ, Rule.PASS) and self.marked is None
        return self.left if self.done and by_answers else 0

    @property
    def percent(self) -> int | None:
        """The best score in whole percent; None before an attempt is complete."""
        return None if self.best_share is None else whole_percent(self.best_share)

    @property
    def fraction(self) -> float:
        """How much of the lesson is done, from 0 to 1: what fills its step."""
        if self.done:
            return 1.0
        if self.questions and self.answered:
            return min(self.answered / self.questions, 0.95)
        return 0.2 if self.started else 0.0

    @property
    def rule_is_met(self) -> bool:
        """Whether the lesson's own rule holds, whatever the learner marked by hand.

        Where a rule asks for answers and no question is left to answer, reading to the end is enough.
        """
        if self.rule == Rule.MANUAL:
            return False
        if self.rule == Rule.VIEW or not self.questions:
            return self.viewed
        if self.rule == Rule.QUIZ:
            return self.left == 0
        return self.percent is not None and self.percent >= self.pass_percent

    @property
    def missing(self) -> list[str]:
        """What has still to be done for the lesson's rule, as sentences; empty once it is complete."""
        if self.done or self.rule_is_met:
            return []
        if self.rule == Rule.MANUAL:
            return [_("Mark it as done when you think it is.")]
        if self.rule == Rule.VIEW or not self.questions:
            return [_("Read to the last section.")]
        sentences = []
        if self.left:
            sentences.append(self._questions_left())
        if self.rule == Rule.PASS:
            goal = _("Score %(percent)d%% or more.") % {"percent": self.pass_percent}
            if self.percent is not None:
                goal += " " + _("Your best so far is %(percent)d%%.") % {"percent": self.percent}
            sentences.append(goal)
        return sentences

    def _questions_left(self) -> str:
        if not self.answered:
            words = ngettext("Answer the question.", "Answer the %(count)d questions.", self.left)
        else:
            words = ngettext("Answer %(count)d more question.", "Answer %(count)d more questions.", self.left)
        return words % {"count": self.left}

    @property
    def label(self) -> str:
        """The state in words, as part of a sentence."""
        if self.done:
            if self.new_questions:
                words = ngettext(
                    "done, %(count)d new question", "done, %(count)d new questions", self.new_questions
                )
                return words % {"count": self.new_questions}
            return _("done")
        if self.answered and self.questions:
            return _("%(answered)d of %(questions)d answered") % {
                "answered": self.answered,
                "questions": self.questions,
            }
        return _("in progress") if self.started else _("not started")

    @property
    def icon(self) -> str:
        """The icon that stands beside the words."""
        if self.done:
            return "tick"
        return "half" if self.started else "open"

    @property
    def css(self) -> str:
        """The class that colors the words."""
        if self.done:
            return "state--done"
        return "state--now" if self.started else ""


NOT_STARTED = State()
