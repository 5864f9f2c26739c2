"""Results of one checkpoint: by benchmark, with who reported them, and counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from catalog.facets.items import REPORTER_ORDER
from catalog.formats import score
from catalog.models import Benchmark, Result
from catalog.references import SourceList
from catalog.reporters import INDEPENDENT, MAKER, Stake, stake_of

HEADLINES = 3
_HEADLINE_ORDER = ("arena", "mmlu-pro", "livecodebench", "math", "gpqa", "humaneval", "mmlu", "gsm8k")
"""Benchmarks to show first: talk, knowledge, code, mathematics, science; then those that most have."""


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One result with the stake of its reporter."""

    result: Result
    stake: Stake
    source: int

    @property
    def value(self) -> str:
        """Return the score as published."""
        return score(self.result.value)

    @property
    def setting(self) -> str:
        """Return variant and setting as published; the variant once where the setting names it too."""
        variant, setting = self.result.variant, self.result.setting
        return setting if variant in setting else ", ".join(filter(None, (variant, setting)))


@dataclass(frozen=True, slots=True)
class ResultGroup:
    """All results on one benchmark. ``dots`` places percentages on a line 200 wide, own ones marked."""

    benchmark: Benchmark
    rows: list[ResultRow]

    @property
    def dots(self) -> list[tuple[str, bool]]:
        """Return where each score stands, others' first so that the maker's lies on top."""
        if self.benchmark.unit != Benchmark.Unit.PERCENT:
            return []
        marks = sorted((row.stake is MAKER, float(row.result.value)) for row in self.rows)
        return [(f"{min(max(value, 0), 100) * 2:.1f}", is_maker) for is_maker, value in marks]

    @property
    def span(self) -> tuple[str, str] | None:
        """Return both ends of the line that joins differing scores."""
        places = sorted(float(place) for place, _is_maker in self.dots)
        return (f"{places[0]:.1f}", f"{places[-1]:.1f}") if len(places) > 1 else None


def group_results(results: Iterable[Result], sources: SourceList) -> list[ResultGroup]:
    """Group results by benchmark: the maker's first, then who is nearest to it."""
    groups = []
    by_name = sorted(results, key=lambda result: (result.benchmark.name, _result_order(result)))
    for _name, members in groupby(by_name, key=lambda result: result.benchmark.name):
        rows = [
            ResultRow(
                result,
                stake_of(result.reporter_kind, self_reported=result.self_reported),
                sources.cite(result.source, result.evidence),
            )
            for result in members
        ]
        groups.append(ResultGroup(rows[0].result.benchmark, rows))
    return groups


def _result_order(result: Result) -> tuple[bool, int, str, float]:
    stakes = [kind.value for kind in REPORTER_ORDER]
    return (
        not result.self_reported,
        stakes.index(result.reporter_kind),
        result.reporter,
        -float(result.value),
    )


@dataclass(frozen=True, slots=True)
class Reputation:
    """The answers to "is it good?" and "who says so?", counted and never judged."""

    headlines: list[ResultRow]
    results: int
    reporters: int
    by_maker: int
    by_independent: int
    benchmarks: int


def reputation_of(groups: Sequence[ResultGroup]) -> Reputation:
    """Pick a few scores of different tasks to show first, independent ones where there are any, and count."""
    rows = [row for group in groups for row in group.rows]
    stakes = Counter(row.stake.letter for row in rows)
    best = [
        min(group.rows, key=lambda row: (row.stake.letter != INDEPENDENT.letter, row.stake is not MAKER))
        for group in groups
    ]
    best.sort(
        key=lambda row: (
            _HEADLINE_ORDER.index(row.result.benchmark.slug)
            if row.result.benchmark.slug in _HEADLINE_ORDER
            else len(_HEADLINE_ORDER),
            row.result.benchmark.name,
        )
    )
    return Reputation(
        headlines=best[:HEADLINES],
        results=len(rows),
        reporters=len({row.result.reporter for row in rows}),
        by_maker=stakes[MAKER.letter],
        by_independent=stakes[INDEPENDENT.letter],
        benchmarks=len(groups),
    )
