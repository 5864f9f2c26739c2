"""Gives each page of a track the stored row that it is: what was said, what is read, what lies there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from lessons.aliases import alias_address
from lessons.renamed import Words, same_text, stored_words, words_of
from lessons.source import PageSource
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
    module: int = 0
    """Primary key of the module that a lesson is in."""


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


class Names:
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


class LessonMatcher:
    """Gives each page of a track its row, the surest first."""

    def __init__(
        self, pages: list[PageSource], folders: Mapping[str, str], stored: list[Known], names: Names
    ) -> None:
        self.pages = pages
        self.folders = folders
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
        self._take_within_modules(living, came)
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

    def _take_within_modules(self, lessons: Mapping[int, Words], came: Mapping[str, Words]) -> None:
        """Tell pages that read alike by where the others of their module come from, if that is one module."""
        homes: dict[str, set[int]] = defaultdict(set)
        for path, row in self.matches.rows.items():
            homes[self.folders[path]].add(row.module)
        marks = {lessons[row.pk].mark for row in self._open(retired=False) if row.pk in lessons}
        rest = [page.path for page in self._rest() if page.path in came and came[page.path].mark in marks]
        for folder in sorted({self.folders[path] for path in rest if len(homes[self.folders[path]]) == 1}):
            here = {path: came[path] for path in rest if self.folders[path] == folder}
            there = [row.pk for row in self._open(retired=False) if row.module in homes[folder]]
            self._take_by_words({pk: lessons[pk] for pk in there if pk in lessons}, here)

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
