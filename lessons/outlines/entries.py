"""What an outline says, whichever tool it was written for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from catalog.problems import Problem, Severity
from catalog.textfiles import line_at


@dataclass(slots=True)
class Entry:
    """A line of an outline: a page, a name that pages stand under, or both.

    ``target`` is the path that is written there, relative to the outline; empty where no page is named.
    ``line`` and ``column`` say where that is.
    """

    title: str
    target: str
    line: int
    column: int
    children: list[Entry] = field(default_factory=list)

    def walk(self) -> Iterator[Entry]:
        """Return the entry and every one below it."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(slots=True)
class Part:
    """What becomes a module. Without a title it is the module that is named as the track.

    ``page`` is the entry that stands for the whole part, if there is one.
    """

    title: str
    entries: list[Entry] = field(default_factory=list)
    page: Entry | None = None

    def all_entries(self) -> Iterator[Entry]:
        """Return every entry of the part, at any depth, as they are written."""
        if self.page is not None:
            yield self.page
        for entry in self.entries:
            yield from entry.walk()


@dataclass(slots=True)
class Outline:
    """An outline file; ``suffixes`` may follow a target to make it a file's name."""

    path: str
    text: str
    suffixes: tuple[str, ...]
    parts: list[Part] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def leaf(self, entry: Entry) -> None:
        """Take in a page that stands in no part: it goes to the module that is named as the track."""
        top = next((part for part in self.parts if not part.title), None)
        if top is None:
            top = Part("")
            self.parts.append(top)
        top.entries.append(entry)

    def warning(self, line: int, column: int, code: str, message: str, remedy: str) -> Problem:
        """Return a warning at a place of the outline."""
        shown = line_at(self.text, line)
        return Problem(self.path, line, column, code, message, remedy, Severity.WARNING, source_line=shown)
