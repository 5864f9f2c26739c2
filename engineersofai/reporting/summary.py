"""What a load did, in lines for people."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from engineersofai.reporting.outcome import Outcome
from lessons.report import FactChange, RetiredPage
from lessons.source import TrackSource

NAMED = 20
"""Pages that moved or retired and are named; the others are counted."""


def summary(outcome: Outcome, *, in_full: bool = False) -> Iterator[str]:
    """Yield what was read and what changed, indented; the last line says how many changes there are.

    With ``in_full`` everything that changed is named, and each quiz has a line.
    """
    for track in outcome.prepared.tree.tracks:
        yield f"  {_track(outcome, track)}"
        if in_full:
            yield from (f"    {line}" for line in _quizzes(outcome, track))
    if dropped := outcome.prepared.dropped:
        named = ", ".join(f"{count} × {name}" for name, count in sorted(dropped.items()))
        yield "  " + _("left out: %(what)s") % {"what": named}
    if not outcome.checked_only:
        yield from (f"  {line}" for line in _counts(outcome))
        yield from (f"  {line}" for line in _changes(outcome, in_full=in_full))
        for fact in outcome.report.facts:
            yield from (f"  {line}" for line in _fact(outcome, fact))
        yield from (f"  {line}" for line in _uncited(outcome))
        if count := outcome.report.warnings_before:
            said = ngettext("%(count)d warning as before", "%(count)d warnings as before", count)
            yield "  " + _("%(what)s (--verbosity 2 lists them)") % {"what": said % {"count": count}}
    yield _last(outcome)


def _track(outcome: Outcome, track: TrackSource) -> str:
    """Say what a track holds: *open-source-llms: 2 lessons, 28 questions, cue score 21 % (chance 25 %)*."""
    lessons = sum(len(module.lessons) for module in track.modules)
    quiz = outcome.quiz_of(track.slug)
    parts = [ngettext("%(count)d lesson", "%(count)d lessons", lessons) % {"count": lessons}]
    if quiz.questions:
        said = ngettext("%(count)d question", "%(count)d questions", quiz.questions)
        parts.append(said % {"count": quiz.questions})
    if quiz.missing_reasons:
        said = ngettext("%(count)d reason missing", "%(count)d reasons missing", quiz.missing_reasons)
        parts.append(said % {"count": quiz.missing_reasons})
    if quiz.cue_percent is not None:
        percents = {"percent": quiz.cue_percent, "chance": quiz.chance_percent}
        parts.append(_("cue score %(percent)d %% (chance %(chance)d %%)") % percents)
    return f"{track.slug}: {', '.join(parts)}"


def _quizzes(outcome: Outcome, track: TrackSource) -> Iterator[str]:
    for module in track.modules:
        for page in module.lessons:
            quiz = outcome.prepared.quizzes.summaries.get(page.path)
            if quiz is not None and quiz.cue_percent is not None:
                path = outcome.places.of(page.path)
                values = {"path": path, "percent": quiz.cue_percent, "chance": quiz.chance_percent}
                yield _("%(path)s: cue score %(percent)d %% (chance %(chance)d %%)") % values


def _counts(outcome: Outcome) -> Iterator[str]:
    counts = outcome.report.counts
    for kind in outcome.report.kinds():
        actions = [f"{count} {action}" for (of, action), count in counts.items() if of == kind and count]
        yield f"{kind}: {', '.join(actions)}"


def _changes(outcome: Outcome, *, in_full: bool) -> Iterator[str]:
    """Name what moved and what left, which an author may not have meant; with ``in_full`` all changes."""
    report = outcome.report
    moved = [
        _("moved: %(title)s, from /learn/%(old)s/ to /learn/%(new)s/")
        % {"title": page.title, "old": page.old, "new": page.new}
        for page in report.moved_pages
    ]
    retired = [_retired(outcome, page) for page in report.retired_pages]
    yield from moved if in_full else _first(moved, _("… %(count)d more moved (--verbosity 2 lists them)"))
    yield from (
        retired if in_full else _first(retired, _("… %(count)d more retired (--verbosity 2 lists them)"))
    )
    if in_full:
        for kind, action, name in report.changed:
            if action != "retired" and kind != "fact":
                yield f"{kind} {action}: {name}"


def _retired(outcome: Outcome, page: RetiredPage) -> str:
    """Name a page that left, and how its learners come along if its file was renamed and edited at once."""
    file = outcome.places.of(page.file) if page.file else page.url
    said = _("retired: %(title)s (%(file)s)") % {"title": page.title, "file": file}
    if page.lesson_id and outcome.report.counts["lesson", "created"]:
        remedy = _("If it was renamed, give the new file 'id: %(id)s': its learners come along.")
        said = f"{said}. {remedy % {'id': page.lesson_id}}"
    return said


def _first(lines: list[str], more: str) -> Iterator[str]:
    yield from lines[:NAMED]
    if len(lines) > NAMED:
        yield more % {"count": len(lines) - NAMED}


def _fact(outcome: Outcome, fact: FactChange) -> Iterator[str]:
    if not fact.uses:
        return
    name = f"{fact.slug}.{fact.field}"
    if fact.old == fact.new:
        yield _("fact %(name)s has another source; cited at") % {"name": name}
    else:
        values = {"name": name, "old": fact.old, "new": fact.new}
        yield _("fact %(name)s changed: %(old)s → %(new)s; cited at") % values
    for place in fact.uses:
        # A track that was loaded from elsewhere cites it too; where that lies is not known.
        is_here = place.file in outcome.prepared.tree.texts
        where = f"{outcome.places.of(place.file) if is_here else place.file}:{place.line}"
        if place.question:
            where = _("%(place)s (question %(id)s)") % {"place": where, "id": place.question}
        yield f"  {where}"


def _uncited(outcome: Outcome) -> Iterator[str]:
    count = sum(not fact.uses for fact in outcome.report.facts)
    if count:
        said = ngettext(
            "%(count)d changed fact is cited nowhere", "%(count)d changed facts are cited nowhere", count
        )
        yield said % {"count": count}


def _last(outcome: Outcome) -> str:
    if outcome.checked_only:
        return _("%(root)s: no errors.") % {"root": outcome.root}
    changes = outcome.report.changes
    said = ngettext(
        "%(root)s: %(count)d change in %(time)s s", "%(root)s: %(count)d changes in %(time)s s", changes
    )
    time = f"{outcome.seconds:.1f}" if outcome.seconds >= 1 else f"{outcome.seconds:.2f}"
    line = said % {"root": outcome.root, "count": changes, "time": time}
    return line + (_(" (dry run: nothing was written)") if outcome.dry_run else "")
