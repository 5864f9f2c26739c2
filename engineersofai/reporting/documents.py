"""What was read and what came of it, as plain data for JSON. The same content gives the same document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from engineersofai.reporting.outcome import Outcome
from lessons.source import ModuleSource, PageSource, TrackSource
from quizzes.summary import QuizSummary


def as_document(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Return pages, diagnostics, counts and changed facts of all folders together.

    ``position`` is 0 for a module's page and counts lessons from 1; ``correct`` counts right options.
    ``status`` is null where nothing was compared: with ``--check``, and when the load was refused.
    """
    counts: dict[str, Counter[str]] = {}
    dropped: Counter[str] = Counter()
    for outcome in outcomes:
        dropped += outcome.prepared.dropped
        for (kind, action), count in outcome.report.counts.items():
            counts.setdefault(kind, Counter())[action] += count
    return {
        "pages": [page for outcome in outcomes for page in _pages(outcome)],
        "diagnostics": [diagnostic for outcome in outcomes for diagnostic in _diagnostics(outcome)],
        "counts": {kind: dict(sorted(found.items())) for kind, found in counts.items()},
        "changes": sum(outcome.report.changes for outcome in outcomes),
        "facts": [fact for outcome in outcomes for fact in _facts(outcome)],
        "dropped": dict(sorted(dropped.items())),
    }


def _pages(outcome: Outcome) -> Iterable[dict[str, Any]]:
    for track in outcome.prepared.tree.tracks:
        for module in track.modules:
            if module.index is not None:
                yield _page(outcome, track, module, module.index, 0)
            for position, page in enumerate(module.lessons, start=1):
                yield _page(outcome, track, module, page, position)
    for gone in outcome.report.retired_pages:
        yield {
            "file": gone.file,
            "url": gone.url,
            "title": gone.title,
            "track": gone.track,
            "module": gone.module,
            "position": None,
            **_questions(QuizSummary()),
            "status": "retired",
        }


def _page(
    outcome: Outcome, track: TrackSource, module: ModuleSource, page: PageSource, position: int
) -> dict[str, Any]:
    return {
        "file": page.path,
        "url": f"/learn/{page.url_path}/",
        "title": page.title,
        "track": track.slug,
        "module": module.key,
        "position": position,
        **_questions(outcome.prepared.quizzes.summaries.get(page.path, QuizSummary())),
        "status": outcome.report.pages.get(page.path),
    }


def _questions(summary: QuizSummary) -> dict[str, int | None]:
    return {
        "questions": summary.questions,
        "options": summary.options,
        "correct": summary.correct,
        "several": summary.several,
        "cue_percent": summary.cue_percent,
        "chance_percent": summary.chance_percent,
    }


def _diagnostics(outcome: Outcome) -> Iterable[dict[str, Any]]:
    for problem in outcome.problems:
        yield {
            "file": problem.path,
            "line": problem.line,
            "column": problem.column,
            "code": problem.code,
            "severity": str(problem.severity),
            "message": problem.sentence,
        }


def _facts(outcome: Outcome) -> Iterable[dict[str, Any]]:
    for fact in outcome.report.facts:
        yield {
            "slug": fact.slug,
            "field": fact.field,
            "old": fact.old,
            "new": fact.new,
            "uses": [
                {"file": place.file, "line": place.line, "question": place.question or None}
                for place in fact.uses
            ],
        }
