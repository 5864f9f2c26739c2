"""Which stored lesson or module a page of the tree is: what learners hang on when files move and change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial

from lessons.aliases import alias_address
from lessons.models import Lesson, Module, Page
from lessons.renamed import Words, same_lessons, same_text, stored_words, words_of
from lessons.source import ModuleSource, PageSource, TrackSource
from lessons.storing import batches
from lessons.text_loader import digest


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
    text_hash: str = ""
    """SHA-256 of the file it was loaded from; empty where that is another page's by now."""


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

    By its ``id`` or an alias (an earlier key or address), which its author wrote. Else a page whose place
    holds the same text is what lies there; and one that reads otherwise may have come from elsewhere, which
    its text tells: of a lesson whose own place reads otherwise too, else of a retired one. What is still
    unknown is what lies at its place: a page that was edited, or given an id, or lost it.
    """
    pages = [page for module in track.modules for page in module.lessons]
    stored = _stored_lessons(track.slug)
    names = _Names(track.slug, stored, {page.key for page in pages})
    if any(page.meta.aliases and page.key not in names.by_key for page in pages):
        names.add_former(_former_addresses(track.slug))
    return _LessonMatcher(pages, stored, names).match()


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

    def said(self, page: PageSource) -> Known | None:
        """Return the row that a page's author says it is: by its id, else by an alias."""
        if page.meta.id is not None and page.key in self.by_key:
            return self.by_key[page.key]
        if page.key in self.by_key and not self.by_key[page.key].is_retired:
            return None  # what lies here, if its text does not lie elsewhere
        aliases = [alias.strip("/") for alias in page.meta.aliases]
        return self.first_unclaimed(row for name in aliases for row in self._of_alias(name))

    def at_place(self, page: PageSource) -> Known | None:
        """Return the row that lies where a page does."""
        if page.meta.id is None and page.key in self.by_key:
            return self.by_key[page.key]
        # A page that is given an id is the row without one that lay here. One whose id was taken away is
        # whatever lay here; but another id is how an author says that this is another lesson.
        found = [self.by_key.get(page.place)]
        if page.meta.id is None:
            found.append(self.by_path.get(page.url_path))
        return self.first_unclaimed(found)

    def earlier(self, page: PageSource) -> Known | None:
        """Return the row that a page without a row of its key was before."""
        return self.said(page) or self.at_place(page)

    def first_unclaimed(self, rows: Iterable[Known | None]) -> Known | None:
        """Return the first row whose key no page has."""
        return next((row for row in rows if row is not None and row.key not in self.claimed), None)

    def _of_alias(self, name: str) -> list[Known | None]:
        full = alias_address(self.track, name)
        return [self.by_key.get(name), self.by_path.get(full), self.by_former.get(full)]


class _LessonMatcher:
    """Gives each page of a track its row, the surest first."""

    def __init__(self, pages: list[PageSource], stored: list[Known], names: _Names) -> None:
        self.pages = pages
        self.stored = stored
        self.names = names
        self.matches = Matches()
        self.taken: set[int] = set()

    def match(self) -> Matches:
        """Match the pages of the track."""
        for page in self.pages:
            self._take(page, self.names.said(page))
        places = {page.path: row for page in self._rest() if (row := self.names.at_place(page)) is not None}
        for page in self._rest():
            row = places.get(page.path)
            if row is not None and not row.is_retired and row.text_hash == digest(page.text):
                self._take(page, row)
        if self._rest():
            self._compare(places)
        for page in self._rest():
            self._take(page, places.get(page.path))
        self.matches.leaving = [row for row in self.stored if row.pk not in self.taken]
        return self.matches

    def _compare(self, places: Mapping[str, Known]) -> None:
        """Match the pages left by what they say."""
        came = words_of(self._rest())
        living = stored_words(row.pk for row in self._open(retired=False))
        self._take_unmoved(places, living, came)
        # Who left its place now goes before who left it long ago: a file may take a removed one's name.
        self._take_by_words(living, came)
        came = {
            page.path: came[page.path]
            for page in self._rest()
            if page.path not in places or places[page.path].is_retired
        }
        if not came or not (retired := stored_words(row.pk for row in self._open(retired=True))):
            return
        self._take_unmoved(places, retired, came)
        # A copy of what somebody has, or of what leaves just now, leaves doubt.
        held = {words.mark for pk, words in living.items() if pk not in self.taken}
        held |= {words.mark for words in words_of(self._settled()).values()}
        self._take_by_words(retired, {path: each for path, each in came.items() if each.mark not in held})

    def _take_unmoved(
        self, places: Mapping[str, Known], lessons: Mapping[int, Words], came: Mapping[str, Words]
    ) -> None:
        for page in self._rest():
            row, words = places.get(page.path), came.get(page.path)
            stored = lessons.get(row.pk) if row is not None else None
            if words is not None and stored is not None and words.mark == stored.mark:
                self._take(page, row)

    def _take_by_words(self, lessons: Mapping[int, Words], came: Mapping[str, Words]) -> None:
        pages = {page.path: page for page in self._rest() if page.meta.id is None and page.path in came}
        rows = {row.pk: row for row in self.stored if row.pk in lessons and row.pk not in self.taken}
        found = same_text({pk: lessons[pk] for pk in rows}, {path: came[path] for path in pages})
        for path, pk in found.items():
            self._take(pages[path], rows[pk])

    def _open(self, *, retired: bool) -> Iterable[Known]:
        return (
            row
            for row in self.stored
            if row.is_retired == retired and row.text_hash and row.pk not in self.taken
        )

    def _rest(self) -> list[PageSource]:
        return [page for page in self.pages if page.path not in self.matches.rows]

    def _settled(self) -> list[PageSource]:
        return [page for page in self.pages if page.path in self.matches.rows]

    def _take(self, page: PageSource, row: Known | None) -> None:
        if row is None or row.pk in self.taken or page.path in self.matches.rows:
            return
        self.names.claimed.add(row.key)
        self.taken.add(row.pk)
        self.matches.rows[page.path] = row


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
    columns = ("pk", "key", "path", "position", "number", "digest", "retired_at")
    found = rows.values_list(*columns, "source__text_hash", "source__retired_at").iterator()
    known = []
    for pk, key, path, position, number, seal, retired_at, text_hash, file_retired_at in found:
        # What was retired has a text of its own as long as its file was not written again.
        has_text = (retired_at is None) == (file_retired_at is None)
        text_hash = text_hash or "" if has_text else ""
        is_retired = retired_at is not None
        known.append(Known(pk, key, path, position, number, seal, is_retired, text_hash))
    return known


def _stored_modules(track: str) -> list[Known]:
    rows = Module.objects.filter(track__slug=track).order_by("pk")
    found = rows.values_list("pk", "key", "path", "position", "digest", "retired_at")
    return [Known(*row[:4], 0, row[4], row[5] is not None) for row in found]


def _former_addresses(track: str) -> dict[str, int]:
    pages = Page.objects.filter(lesson__track__slug=track, is_current=False)
    return {path: pk for path, pk in pages.values_list("path", "lesson_id") if pk is not None}
