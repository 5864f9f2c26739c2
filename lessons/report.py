"""What a load changed, counted by kind; what became of each page; what left."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field

FILE = "file"
"""The kind under which source texts are counted."""

_OF_PAGES = frozenset({"track", "module", "lesson"})
_OF_LESSONS = _OF_PAGES | {FILE, "question", "term", "asset"}
"""Every kind but those of the catalog."""

UNCHANGED = "unchanged"

MOVED = "moved"
"""The action of what another thing's coming or leaving moved up or down, and nothing else changed."""


@dataclass(frozen=True, slots=True)
class RetiredPage:
    """A page that left the tree, as it was known."""

    file: str
    url: str
    title: str
    track: str
    module: str
    lesson_id: str = ""
    """What a page has to give as its ``id`` to be this lesson; empty for a module."""


@dataclass(frozen=True, slots=True)
class MovedPage:
    """A lesson with another address than before, which leads to the new one; both without slashes."""

    title: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class FactPlace:
    """A line that cites a fact, and the id of the question it belongs to, if it is in one."""

    file: str
    line: int
    question: str = ""


@dataclass(frozen=True, slots=True)
class FactChange:
    """What a catalog fact read before and reads now (None: it is gone), and every place that cites it."""

    slug: str
    field: str
    old: str | None
    new: str | None
    uses: tuple[FactPlace, ...] = ()


@dataclass(slots=True)
class Report:
    """Counts by (kind, action), and the names of what changed.

    Actions are created, updated, moved, unchanged, retired and, of questions, restored; of catalog rows
    deleted. ``pages`` is what became of each page by content path (created, updated or unchanged),
    ``left_files`` the files that left and held a page.
    """

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    changed: list[tuple[str, str, str]] = field(default_factory=list)
    pages: dict[str, str] = field(default_factory=dict)
    retired_pages: list[RetiredPage] = field(default_factory=list)
    moved_pages: list[MovedPage] = field(default_factory=list)
    left_files: set[str] = field(default_factory=set)
    facts: list[FactChange] = field(default_factory=list)
    warnings_before: int = 0
    """What an earlier load warned of, where this one had no page to read."""

    def note(self, kind: str, action: str, name: str) -> None:
        """Count one thing; what changed is also named."""
        self.counts[kind, action] += 1
        if action not in {UNCHANGED, MOVED}:
            self.changed.append((kind, action, name))

    def note_page(self, kind: str, action: str, name: str, file: str) -> None:
        """Count a module or lesson that ``file`` gives."""
        self.note(kind, action, name)
        self.pages[file] = UNCHANGED if action == MOVED else action

    def note_retired(self, kind: str, page: RetiredPage) -> None:
        """Count a module or lesson that left."""
        self.note(kind, "retired", page.title)
        self.retired_pages.append(page)

    def add(self, other: Report) -> None:
        """Take in another report."""
        self.counts.update(other.counts)
        self.changed.extend(other.changed)
        self.pages.update(other.pages)
        self.retired_pages.extend(other.retired_pages)
        self.moved_pages.extend(other.moved_pages)
        self.left_files |= other.left_files
        self.facts.extend(other.facts)

    @property
    def changes(self) -> int:
        """How many things somebody changed; 0 when nothing that is shown was written.

        One edit is one change, whatever follows from it: a lesson with its questions counts once, and so does
        a page that was renamed, though others link to it, or one that left, though those after it moved up.
        What follows is counted where nothing else was changed: new code may render old texts otherwise.
        """
        edits = {_stem(name) for kind, _action, name in self.changed if kind == FILE} - self._moved_away()
        catalog = {kind for kind, _action in self.counts} - _OF_LESSONS
        return (
            len(edits) + self._count(catalog, without={UNCHANGED})
            or self._count(_OF_PAGES, without={UNCHANGED, MOVED})
            or self._count(_OF_LESSONS, without={UNCHANGED})
        )

    def _moved_away(self) -> set[str]:
        """Return the places that a page left for another file, which counts instead."""
        return {_stem(file) for file in self.left_files} - {_stem(page.file) for page in self.retired_pages}

    def _count(self, kinds: Collection[str], *, without: Collection[str]) -> int:
        return sum(n for (kind, action), n in self.counts.items() if kind in kinds and action not in without)

    def kinds(self) -> list[str]:
        """The kinds counted, in the order they were met."""
        return list(dict.fromkeys(kind for kind, _action in self.counts))


def _stem(path: str) -> str:
    """Return a path without its endings: those of a lesson and of its questions are the same."""
    return _ENDINGS.sub("", path)


_ENDINGS = re.compile(r"(?:\.quiz)?\.[^./]+$")
