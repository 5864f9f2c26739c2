"""Questions in numbers: what a report says of a lesson or a track."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields

from quizzes.cues import Cue, cue_of
from quizzes.schema import ChoiceSpec, MultiSpec
from quizzes.source import QuestionSource


@dataclass(frozen=True, slots=True)
class QuizSummary:
    """Counts of one quiz or of several; ``options`` and ``correct`` are those of questions with options.

    ``several`` counts questions with more than one right option. The cue score is what always choosing the
    longest option would earn: ``cue_earned`` of ``cue_possible`` points, ``cue_chance`` by blind choice.
    ``missing_reasons`` are those a learner would look for and not find.
    """

    questions: int = 0
    options: int = 0
    correct: int = 0
    several: int = 0
    cue_earned: float = 0.0
    cue_possible: int = 0
    cue_chance: float = 0.0
    missing_reasons: int = 0

    def __add__(self, other: QuizSummary) -> QuizSummary:
        return QuizSummary(
            *(getattr(self, each.name) + getattr(other, each.name) for each in fields(QuizSummary))
        )

    @property
    def cue_percent(self) -> int | None:
        """Return the cue score in percent, or None where no question has options."""
        return _percent(self.cue_earned, self.cue_possible)

    @property
    def chance_percent(self) -> int | None:
        """Return what blind choice earns in percent, or None where no question has options."""
        return _percent(self.cue_chance, self.cue_possible)


def summarize(questions: Iterable[QuestionSource]) -> QuizSummary:
    """Count the questions of a quiz, their options, and what the options' length gives away."""
    total = options = correct = several = missing = 0
    cue = Cue()
    for question in questions:
        total += 1
        missing += question.missing_reasons
        spec = question.spec
        if isinstance(spec, ChoiceSpec | MultiSpec):
            right = sum(option.correct for option in spec.options)
            options += len(spec.options)
            correct += right
            several += right > 1
            cue += cue_of(spec.options)
    return QuizSummary(total, options, correct, several, cue.earned, cue.possible, cue.chance, missing)


def _percent(points: float, possible: int) -> int | None:
    return round(100 * points / possible) if possible else None
