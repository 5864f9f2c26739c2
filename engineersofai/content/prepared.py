"""What was read and rendered and waits to be written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from catalog.problems import Problem
from catalog.records import CatalogSource
from engineersofai.quiz_content import PreparedQuizzes
from engineersofai.unit_cache import UnitCache
from engineersofai.units import Unit, UnitJob
from lessons.prepare import PreparedLessons
from lessons.report import Report
from lessons.source import ContentTree


@dataclass(slots=True)
class Prepared:
    """Everything read and rendered; nothing is written yet."""

    tree: ContentTree
    catalog: CatalogSource | None
    lessons: PreparedLessons
    quizzes: PreparedQuizzes
    loaded_hashes: dict[str, str] = field(default_factory=dict)
    generation: int = 0
    problems: list[Problem] = field(default_factory=list)
    dropped: Counter[str] = field(default_factory=Counter)
    """What the renderer left out, by a plain name."""

    name: str = ""
    """The slug of a single track; empty for a content root."""

    fingerprint: str = ""
    unchanged: Report | None = None
    """The report of a load that changes nothing, where that is known without reading any page."""

    cache: UnitCache | None = None
    fresh: list[tuple[UnitJob, Unit]] = field(default_factory=list)
    """The pages that were rendered now, since nothing that was kept fits."""

    def add_problems(self, problems: Iterable[Problem]) -> None:
        """Take problems in, each once, in reading order."""
        self.problems = sorted(dict.fromkeys([*self.problems, *problems]), key=Problem.sort_key)

    @property
    def errors(self) -> list[Problem]:
        """The problems that refuse the load."""
        return [problem for problem in self.problems if problem.is_error]
