"""What holds blocks: quotes, lists and their items, sources, definitions, boxes; and which of them go on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from lessons.rendering.cursor import TAB, Cursor

Kind = Literal["root", "quote", "list", "item", "source", "box"]

MAX_DEPTH = 100
"""Containers within one another, at most."""


@dataclass(slots=True)
class Container:
    """One open container.

    ``width`` is how many columns its content is indented, ``end`` the index of the line that closes a box. Of
    a list, ``symbol`` is its kind of marker, ``place`` the entry and piece of its opening mark, written again
    when it turns out loose, and ``follows_gap`` says that its last item ended with a blank line. ``gap`` says
    that a blank line was the last thing in an item so far.
    """

    kind: Kind
    width: int = 0
    symbol: str = ""
    place: tuple[int, int] = (0, 0)
    start: str = ""
    loose: bool = False
    gap: bool = False
    follows_gap: bool = False
    is_empty: bool = True
    end: int = -1

    def goes_on(self, cursor: Cursor) -> bool:
        """Whether a line is still within; takes from the line what is the container's."""
        if self.kind == "quote":
            return _take_quote_mark(cursor)
        if self.kind in {"item", "source"}:
            if cursor.is_blank:
                return not self.is_empty
            if cursor.indent() < self.width:
                return False
            cursor.skip(self.width)
        return True

    def take_what_is_there(self, cursor: Cursor) -> None:
        """Take a container's part of a line that is within it for certain, however it is written."""
        if self.kind == "quote":
            _take_quote_mark(cursor)
        else:
            cursor.skip(min(cursor.indent(), self.width))


def _take_quote_mark(cursor: Cursor) -> bool:
    if cursor.indent() >= TAB or not cursor.text.startswith(">", cursor.first):
        return False
    cursor.skip_indent()
    cursor.take(1)
    cursor.skip(1)
    return True


@dataclass(slots=True)
class Stack:
    """The open containers, outermost first; the text itself is the first."""

    open: list[Container] = field(default_factory=lambda: [Container("root")])
    has_gap: bool = False
    depth: int = 0

    @property
    def last(self) -> Container:
        """The innermost container."""
        return self.open[-1]

    def push(self, container: Container) -> None:
        """Open a container."""
        self.open.append(container)
        self.depth += container.kind != "list"

    def pop(self) -> Container:
        """Close the innermost container."""
        container = self.open.pop()
        self.depth -= container.kind != "list"
        if container.kind == "item" and container.gap:
            self.last.follows_gap = True
        return container

    def match(self, cursor: Cursor) -> int:
        """Return how many containers, from the outermost, a line is within."""
        # What is around a box goes on until the box is closed by its own line.
        boxes = [index for index, container in enumerate(self.open) if container.kind == "box"]
        within = boxes[-1] + 1 if boxes else 1
        for container in self.open[1:within]:
            container.take_what_is_there(cursor)
        for index in range(within, len(self.open)):
            if not self.open[index].goes_on(cursor):
                return index
        return len(self.open)

    def note_blank(self, matched: int) -> None:
        """Note a blank line: what comes next in the items it stands in is set apart from what they hold."""
        for container in reversed(self.open[:matched]):
            if container.kind in {"quote", "box"}:
                break
            container.gap = True
        self.has_gap = True

    def note_child(self) -> None:
        """Note that a block begins within the innermost container."""
        container = self.last
        if container.gap and container.kind == "item":
            self.open[-2].loose = True
        container.is_empty = False

    def forget_gaps(self) -> None:
        """Note that a line was written on: blank lines before it no longer end anything that is open."""
        if self.has_gap:
            for container in self.open:
                container.gap = False
            self.has_gap = False
