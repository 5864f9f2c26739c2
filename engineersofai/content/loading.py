"""Writes what was prepared, in one transaction, and only what differs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from django.db import connection, transaction
from django.utils.translation import gettext as _

from accounts import audit
from catalog.facts import ChangedFact
from catalog.figures import FigureError
from catalog.loader import load_catalog
from catalog.problems import ContentError, Problem, Severity
from catalog.records import CatalogSource
from catalog.textfiles import line_at
from engineersofai.content.prepared import Prepared
from engineersofai.directives import CODE as DIRECTIVE_CODE
from engineersofai.directives import draw
from engineersofai.edits import Choices
from engineersofai.fact_changes import touched_by
from engineersofai.fingerprints import remember
from engineersofai.quiz_content import PreparedQuizzes
from lessons.generation import lock_generation, raise_generation
from lessons.identity import count_leaving
from lessons.loader import load_lessons
from lessons.models import Track
from lessons.prepare import PreparedPage
from lessons.rendering import fill_markers
from lessons.report import Report
from quizzes.loader import load_quizzes

RETIRE_LIMIT = 0.2
"""A load that would retire a larger part of the lessons asks for ``--prune``."""


class Stale(Exception):
    """Somebody else loaded content between reading and writing."""


class _DryRun(Exception):
    """Rolls a dry run back."""


def load(prepared: Prepared, choices: Choices) -> Report:
    """Write what was prepared, all or nothing; a second load of the same content writes nothing.

    Raises ``ContentError`` when the database refuses the content, ``Stale`` when another load came between.
    """
    if prepared.unchanged is not None:
        return prepared.unchanged
    if prepared.errors:
        raise ContentError(prepared.errors)
    report = Report()
    try:
        with _no_query_log(), transaction.atomic():
            report = _write(prepared, choices)
            if choices.dry_run:
                raise _DryRun
    except _DryRun:
        return report
    if report.changes:
        audit.record("import", generation=prepared.generation + 1, changes=report.changes)
    return report


@contextmanager
def _no_query_log() -> Iterator[None]:
    """Let Django keep no statement of this block: with ``DEBUG`` on it keeps thousands, texts and all."""
    if connection.force_debug_cursor:  # somebody counts them
        yield
        return
    connection.make_debug_cursor = connection.make_cursor  # type: ignore[assignment]
    try:
        yield
    finally:
        del connection.make_debug_cursor


def _write(prepared: Prepared, choices: Choices) -> Report:
    report = Report()
    if lock_generation() != prepared.generation:
        raise Stale
    _refuse_mass_retirement(prepared, choices)
    changed_facts = _add_catalog(report, prepared.catalog) if prepared.catalog is not None else ()
    loaded = load_lessons(
        prepared.tree,
        prepared.lessons,
        _FinishedHtml(prepared),
        prepared.quizzes.counts,
        prepared.quizzes.citations,
        prepared.loaded_hashes,
    )
    report.add(loaded.report)
    report.facts = touched_by(changed_facts, prepared.lessons, prepared.quizzes)
    for track in prepared.tree.tracks:
        _add_quizzes(report, prepared, track.slug)
    generation = raise_generation() if report.changes else prepared.generation
    if prepared.cache is not None:
        prepared.cache.keep(prepared.fresh)
    if prepared.fingerprint:
        warnings = sum(problem.severity is Severity.WARNING for problem in prepared.problems)
        remember(prepared.name, prepared.fingerprint, generation, report, warnings)
    return report


class _FinishedHtml(Mapping[str, str]):
    """Each page's HTML by path, made when it is asked for: all at once they would take a course's size."""

    def __init__(self, prepared: Prepared) -> None:
        self._pages, self._quizzes = prepared.lessons.pages, prepared.quizzes

    def __getitem__(self, path: str) -> str:
        return _finished_html(self._pages[path], self._quizzes)

    def __iter__(self) -> Iterator[str]:
        return iter(self._pages)

    def __len__(self) -> int:
        return len(self._pages)


def _finished_html(page: PreparedPage, quizzes: PreparedQuizzes) -> str:
    """Fill a page's markers. The catalog draws its directives here, since its rows are written by now."""
    pieces = dict(quizzes.pieces.get(page.source.path, {}))
    for index, directive in enumerate(page.rendered.directives):
        try:
            pieces["directive", str(index)] = draw(directive)
        except FigureError as error:
            path, line = page.source.path, directive.line
            excerpt = line_at(page.source.text, line)
            raise ContentError(
                Problem(path, line, 1, DIRECTIVE_CODE, str(error).rstrip("."), source_line=excerpt)
            ) from error
    return fill_markers(page.rendered.html, pieces)


def _refuse_mass_retirement(prepared: Prepared, choices: Choices) -> None:
    if choices.prune:
        return
    for track in prepared.tree.tracks:
        leaving, stored = count_leaving(track)
        if stored >= 5 and leaving > RETIRE_LIMIT * stored:
            message = _("this load would retire %(leaving)d of %(all)d lessons of '%(track)s'") % {
                "leaving": leaving,
                "all": stored,
                "track": track.slug,
            }
            raise ContentError(
                Problem(track.folder, 1, 1, "prune", message, _("Give --prune if that is meant."))
            )


def _add_catalog(report: Report, catalog: CatalogSource) -> Sequence[ChangedFact]:
    loaded = load_catalog(catalog)
    for kind, counts in loaded.counts.items():
        actions = {
            "created": counts.created,
            "updated": counts.updated,
            "deleted": counts.deleted,
            "unchanged": counts.unchanged,
        }
        for action, count in actions.items():
            if count:
                report.counts[str(kind), action] += count
    report.changed.extend(("fact", "updated", f"{fact.slug}.{fact.field}") for fact in loaded.changed_facts)
    return loaded.changed_facts


def _add_quizzes(report: Report, prepared: Prepared, slug: str) -> None:
    track = Track.objects.get(slug=slug)
    loaded = load_quizzes(track, prepared.quizzes.by_track.get(slug, []))
    actions = {
        "created": loaded.created,
        "updated": loaded.updated,
        "retired": loaded.retired,
        "restored": loaded.restored,
    }
    for action, keys in actions.items():
        for key in keys:
            report.note("question", action, key)
    if loaded.unchanged:
        report.counts["question", "unchanged"] += loaded.unchanged
