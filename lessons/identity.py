"""Which stored lesson or module a page of the tree is: what learners hang on when files move and change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial

from lessons.aliases import alias_address
from lessons.models import Lesson, Module, Page
from lessons.renamed import same_lessons, same_text
from lessons.source import ModuleSource, PageSource, TrackSource
from lessons.storing import batches


@dataclass(frozen=True, slots=True)
class Known:
    """A stored lesson or module, as narrow as telling it apart takes: a site may hold ten thousand."""

    pk: int
    key: str
    path: str
    position: int
    number: int
    digest: str
    is_retired: bool


@dataclass(slots=True)
class Matches:
    """The stored row of each page or module, by content path or folder; and what no page claims any more."""

    rows: dict[str, Known] = field(default_factory=dict)
    leaving: list[Known] = field(default_factory=list)
    files: dict[int, str] = field(default_factory=dict)
    """The files that what leaves was loaded from, by primary key."""

    def take(self, rows: Mapping[str, int]) -> None:
        """Let what seemed to leave be what pages or modules are, by content path or folder."""
        by_pk = {row.pk: row for row in self.leaving}
        self.rows |= {path: by_pk[pk] for path, pk in rows.items()}
        self.leaving = [row for row in self.leaving if row.pk not in rows.values()]

    @property
    def left(self) -> set[int]:
        """The primary keys of what leaves now, and did not before."""
        return {row.pk for row in self.leaving if not row.is_retired}


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

    By its key; else by an alias (an earlier key or address); else by its place, so that a page keeps its
    learners when it is given an id or loses it. A row whose key another page claims is never taken. What
    then seems to have left is looked for by its text: it may only lie elsewhere.
    """
    pages = [page for module in track.modules for page in module.lessons]
    stored = _stored_lessons(track.slug)
    names = _Names(track.slug, stored, {page.key for page in pages})
    if any(page.meta.aliases and page.key not in names.by_key for page in pages):
        names.add_former(_former_addresses(track.slug))
    matches = _match(((page.path, page.key, partial(names.earlier, page)) for page in pages), stored, names)
    came = [page for page in pages if page.path not in matches.rows]
    if came and matches.left:
        matches.take(same_text(matches.left, came))
    return matches


def match_modules(track: TrackSource) -> Matches:
    """Tell which stored module each module of a track is: by key, else as its page would be matched."""
    stored = _stored_modules(track.slug)
    names = _Names(track.slug, stored, {module.key for module in track.modules})

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


class _Names:
    """The names that stored rows answer to, and the keys that are spoken for."""

    def __init__(self, track: str, stored: Iterable[Known], claimed: set[str]) -> None:
        self.track = track
        self.claimed = claimed
        self.by_key = {row.key: row for row in stored}
        # Of two rows that had one address in turn, the one that is not retired.
        self.by_path = {row.path: row for row in sorted(stored, key=lambda row: not row.is_retired)}
        self.by_former: dict[str, Known] = {}

    def add_former(self, addresses: Mapping[str, int]) -> None:
        """Let rows answer to the addresses they left."""
        by_pk = {row.pk: row for row in self.by_key.values()}
        self.by_former = {path: by_pk[pk] for path, pk in addresses.items() if pk in by_pk}

    def earlier(self, page: PageSource) -> Known | None:
        """Return the row that a page without a row of its key was before."""
        names = [alias.strip("/") for alias in page.meta.aliases]
        found = [row for name in names for row in self._of_alias(name)]
        # A page that is given an id is the row without one that lay here. One whose id was taken away is
        # whatever lay here; but another id is how an author says that this is another lesson.
        found.append(self.by_key.get(page.place))
        if page.meta.id is None:
            found.append(self.by_path.get(page.url_path))
        return self.first_unclaimed(found)

    def first_unclaimed(self, rows: Iterable[Known | None]) -> Known | None:
        """Return the first row whose key no page has."""
        return next((row for row in rows if row is not None and row.key not in self.claimed), None)

    def _of_alias(self, name: str) -> list[Known | None]:
        full = alias_address(self.track, name)
        return [self.by_key.get(name), self.by_path.get(full), self.by_former.get(full)]


def _match(
    wanted: Iterable[tuple[str, str, Callable[[], Known | None]]], stored: list[Known], names: _Names
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
    found = rows.values_list("pk", "key", "path", "position", "number", "digest", "retired_at")
    return [Known(*row[:6], row[6] is not None) for row in found.iterator()]


def _stored_modules(track: str) -> list[Known]:
    rows = Module.objects.filter(track__slug=track).order_by("pk")
    found = rows.values_list("pk", "key", "path", "position", "digest", "retired_at")
    return [Known(*row[:4], 0, row[4], row[5] is not None) for row in found]


def _former_addresses(track: str) -> dict[str, int]:
    pages = Page.objects.filter(lesson__track__slug=track, is_current=False)
    return {path: pk for path, pk in pages.values_list("path", "lesson_id") if pk is not None}
