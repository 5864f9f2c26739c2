"""Problems as people read them: what refuses the load last, next to the prompt, and no flood of one kind."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.problems import Problem, Severity

LISTED = 10
"""Warnings of one kind that are listed; the others are counted."""

LINES = 10
"""Lines that are named where one file gives a warning again and again."""

NAMED = 3
"""Messages that a line of counted warnings names."""


@dataclass(frozen=True, slots=True)
class Fold:
    """Warnings of one kind, or notes, that are counted or named by their lines, and not listed."""

    text: str


def fold(problems: Iterable[Problem], *, listed: int | None = LISTED) -> Iterator[Problem | Fold]:
    """Yield warnings, then errors, each in reading order; what is beyond ``listed`` of a kind is counted.

    What a file gives again and again is listed once, with the lines. Notes are counted only. With ``listed``
    None everything is listed.
    """
    by_severity: dict[Severity, list[Problem]] = defaultdict(list)
    for problem in problems:
        by_severity[problem.severity].append(problem)
    notes, warnings = by_severity[Severity.NOTE], by_severity[Severity.WARNING]
    if listed is None:
        yield from sorted([*notes, *warnings], key=Problem.sort_key)
    else:
        yield from _some_of(warnings, listed)
        if notes:
            yield Fold(_counted_notes(len(notes)))
    yield from by_severity[Severity.ERROR]


def tally(problems: Iterable[Problem]) -> str:
    """Count errors and warnings in words, and the files and folders they are in; empty without any."""
    found = [problem for problem in problems if problem.severity is not Severity.NOTE]
    errors = sum(problem.is_error for problem in found)
    warnings = len(found) - errors
    parts = []
    if errors:
        parts.append(ngettext("%(count)d error", "%(count)d errors", errors) % {"count": errors})
    if warnings:
        parts.append(ngettext("%(count)d warning", "%(count)d warnings", warnings) % {"count": warnings})
    return " ".join((", ".join(parts), _places(problem.path for problem in found))) if parts else ""


def _places(paths: Iterable[str]) -> str:
    """Say in how many files, and folders, whose paths end with a slash."""
    distinct = set(paths)
    folders = sum(path.endswith("/") for path in distinct)
    files = len(distinct) - folders
    in_files = ngettext("in %(count)d file", "in %(count)d files", files) % {"count": files}
    in_folders = ngettext("in %(count)d folder", "in %(count)d folders", folders) % {"count": folders}
    if files and folders:
        return _("%(in_files)s and %(in_folders)s") % {"in_files": in_files, "in_folders": in_folders}
    return in_folders if folders else in_files


def _some_of(warnings: list[Problem], listed: int) -> Iterator[Problem | Fold]:
    seen: Counter[str] = Counter()
    left_out: dict[str, Counter[str]] = defaultdict(Counter)
    for first, *others in _alike(warnings):
        seen[first.code] += 1
        if seen[first.code] > listed:
            left_out[first.code][first.message] += 1 + len(others)
            continue
        yield first
        if others:
            yield Fold(_also(others))
    for messages in left_out.values():
        yield Fold(_counted(messages))


def _alike(warnings: Iterable[Problem]) -> Iterable[list[Problem]]:
    """Put together what says the same of one file, where it says it first."""
    found: dict[tuple[str, str, str], list[Problem]] = defaultdict(list)
    for problem in warnings:
        found[problem.path, problem.code, problem.sentence].append(problem)
    return found.values()


def _also(others: Sequence[Problem]) -> str:
    lines = ", ".join(str(problem.line) for problem in others[:LINES]) + (
        ", …" if len(others) > LINES else ""
    )
    said = ngettext(
        "      … and the same on line %(lines)s",
        "      … and the same %(count)d times more: lines %(lines)s",
        len(others),
    )
    return said % {"count": len(others), "lines": lines}


def _counted(messages: Counter[str]) -> str:
    """Say how many are left out, and of what: *… 113 more: unknown component <X>*."""
    total = messages.total()
    named = [
        f"{message} (×{count})" if 1 < count < total else message
        for message, count in messages.most_common(NAMED)
    ]
    if len(messages) > NAMED:
        named.append("…")
    more = _("… %(count)d more: %(messages)s") % {"count": total, "messages": "; ".join(named)}
    return f"{more} {_hint()}"


def _counted_notes(count: int) -> str:
    said = ngettext(
        "%(count)d note on a question in another format",
        "%(count)d notes on questions in other formats",
        count,
    )
    return f"{said % {'count': count}} {_hint()}"


def _hint() -> str:
    return _("(--verbosity 2 lists them)")
