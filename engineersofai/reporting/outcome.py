"""What came of loading one folder."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from catalog.problems import Problem
from engineersofai.content import Prepared
from engineersofai.reporting.places import Places
from lessons.report import Report
from quizzes.summary import QuizSummary


@dataclass(slots=True)
class Outcome:
    """One folder as prepared and, unless it was refused or only checked, loaded."""

    root: Path
    prepared: Prepared
    problems: list[Problem]
    report: Report
    seconds: float
    checked_only: bool = False
    dry_run: bool = False
    base: Path = field(default_factory=Path.cwd)
    """The folder that whoever reads the report stands in."""

    @property
    def is_refused(self) -> bool:
        """Whether nothing was written, since something is wrong."""
        return any(problem.is_error for problem in self.problems)

    @property
    def places(self) -> Places:
        """Where its files lie, as seen from ``base``."""
        return Places(self.root, self.prepared.tree.files.prefix, self.base)

    def quiz_of(self, track: str) -> QuizSummary:
        """Return the questions of a track in numbers."""
        summaries = self.prepared.quizzes.summaries
        found = (one for one in self.prepared.tree.tracks if one.slug == track)
        paths = [page.path for source in found for module in source.modules for page in module.lessons]
        return sum((summaries[path] for path in paths if path in summaries), QuizSummary())
