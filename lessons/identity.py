"""Which stored lesson or module a page of the tree is: what learners hang on when files move and change."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from lessons.matching import Known, LessonMatcher, Matches, Names
from lessons.models import Lesson, Module, Page
from lessons.renamed import same_lessons
from lessons.source import ModuleSource, TrackSource
from lessons.storing import batches


@dataclass(frozen=True, slots=True)
class TrackMatches:
    """The stored rows of a whole track."""

    modules: Matches
    lessons: Matches


def match_track(track: TrackSource) -> TrackMatches:
    """Tell which stored rows the modules and lessons of a track are; call it before anything is written."""
    lessons, modules = match_lessons(track), match_modules(track)
    came = [module for module in track.modules if module.folder not in modules.rows]
    if came and modules.left:
        known = {path: row.pk for path, row in lessons.rows.items()}
        modules.take(same_lessons(came, modules.left, known))
    lessons.files, modules.files = _files(Lesson, lessons.left), _files(Module, modules.left)
    return TrackMatches(modules, lessons)


def match_lessons(track: TrackSource) -> Matches:
    """Tell which stored lesson each page of a track is.

    By its ``id`` or an alias (an earlier key or address), which its author wrote. Else a page whose place
    holds the same text is what lies there; and one that reads otherwise may have come from elsewhere, which
    its text tells: of a lesson whose own place reads otherwise too, else of a retired one. What is still
    unknown is what lies at its place: a page that was edited, or given an id, or lost it.
    """
    pages = [page for module in track.modules for page in module.lessons]
    stored = _stored_lessons(track.slug)
    names = Names(track.slug, stored, {page.key for page in pages})
    if any(page.meta.aliases and page.key not in names.by_key for page in pages):
        names.add_former(_former_addresses(track.slug))
    folders = {page.path: module.folder for module in track.modules for page in module.lessons}
    return LessonMatcher(pages, folders, stored, names).match()


def match_modules(track: TrackSource) -> Matches:
    """Tell which stored module each module of a track is: by key, else as its page would be matched."""
    stored = _stored_modules(track.slug)
    names = Names(track.slug, stored, {module.key for module in track.modules})

    def earlier(module: ModuleSource) -> Known | None:
        found = names.earlier(module.index) if module.index else None
        return found or names.first_unclaimed([names.by_path.get(module.url_path)])

    wanted = ((module.folder, module.key, partial(earlier, module)) for module in track.modules)
    return _match(wanted, stored, names)


def count_leaving(track: TrackSource) -> tuple[int, int]:
    """Return how many published or draft lessons of a track no page claims any more, and of how many."""
    matches = match_lessons(track)
    leaving = sum(not row.is_retired for row in matches.leaving)
    staying = sum(not row.is_retired for row in matches.rows.values())
    return leaving, leaving + staying


def _match(
    wanted: Iterable[tuple[str, str, Callable[[], Known | None]]], stored: list[Known], names: Names
) -> Matches:
    matches = Matches()
    for path, key, find_earlier in wanted:
        row = names.by_key.get(key) or find_earlier()
        if row is not None:
            names.claimed.add(row.key)
            matches.rows[path] = row
    kept = {row.pk for row in matches.rows.values()}
    matches.leaving = [row for row in stored if row.pk not in kept]
    return matches


def _files(model: type[Module] | type[Lesson], pks: Iterable[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for batch in batches(pks):
        rows = model._default_manager.filter(pk__in=batch, source__isnull=False)
        found |= dict(rows.values_list("pk", "source__path"))
    return found


def _stored_lessons(track: str) -> list[Known]:
    rows = Lesson.objects.filter(track__slug=track).order_by("pk")
    columns = ("pk", "key", "path", "position", "number", "digest", "module_id", "retired_at")
    found = rows.values_list(*columns, "source__text_hash", "source__retired_at").iterator()
    known = []
    for pk, key, path, position, number, seal, module, retired_at, text_hash, file_retired_at in found:
        # What was retired has a text of its own as long as its file was not written again.
        has_text = (retired_at is None) == (file_retired_at is None)
        text_hash = text_hash or "" if has_text else ""
        is_retired = retired_at is not None
        known.append(Known(pk, key, path, position, number, seal, is_retired, text_hash, module))
    return known


def _stored_modules(track: str) -> list[Known]:
    rows = Module.objects.filter(track__slug=track).order_by("pk")
    found = rows.values_list("pk", "key", "path", "position", "digest", "retired_at")
    return [Known(*row[:4], 0, row[4], row[5] is not None) for row in found]


def _former_addresses(track: str) -> dict[str, int]:
    pages = Page.objects.filter(lesson__track__slug=track, is_current=False)
    return {path: pk for path, pk in pages.values_list("path", "lesson_id") if pk is not None}
