"""The headings of a text as the normalizer sees them, without rendering anything."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lessons.rendering import syntax
from lessons.rendering.context import RenderContext
from lessons.rendering.leaves import Leaf, LeafWriter
from lessons.rendering.markers import fill_markers
from lessons.rendering.mdx.questions import begins_question
from lessons.rendering.normalizer import Normalizer

HTML_HEADING = re.compile(
    r"<h(?P<level>[1-6])(?=[\s>])[^<>]*+>(?P<text>(?:[^<]++|<(?!/?h[1-6][\s>]))*+)</h(?P=level)\s*+>",
    re.IGNORECASE,
)
"""A heading of HTML; a block of Markdown that is nothing else is read as a ``#`` heading is."""

_MARKED = re.compile(r" {0,3}(?=#)")


@dataclass(frozen=True, slots=True)
class SourceHeading:
    """A heading as its author wrote it: Markdown, or HTML.

    It stands in the lines from ``start`` to before ``end``, counted from 0; HTML may share them.
    """

    level: int
    text: str
    start: int
    end: int
    is_html: bool = False


def headings_in(text: str, path: str = "") -> Iterator[SourceHeading]:
    """Yield the headings of a text in order, but for those in quotes and lists; the ``path`` tells MDX.

    What comes behind the last one asked for costs little: most pages begin with their title.
    """
    lines = text.split("\n")
    first = next((at for at, line in enumerate(lines) if line.strip()), 0)
    lead = None if begins_question(lines[first]) else _MARKED.match(lines[first])
    heading = syntax.read_heading(lines[first][lead.end() :]) if lead else None
    if heading is not None:
        # Nothing before it can say that it is none, so the text need not be read as a whole.
        title = syntax.split_heading_id(heading[1])[0]
        yield SourceHeading(heading[0], title, first, first + 1)
    for each in _Reader(text, RenderContext(path)).headings():
        if heading is None or each.start > first:
            yield each


class _Reader(Normalizer):
    """Reads blocks and writes none of them down."""

    def __init__(self, text: str, context: RenderContext) -> None:
        super().__init__(text, context, 0)
        self.noted: list[SourceHeading] = []
        writer = _Writer(context, self.entries, self.numbers)
        writer.reader = self
        self.writer = writer

    def headings(self) -> Iterator[SourceHeading]:
        """Yield headings as soon as they end."""
        for index in range(len(self.lines)):
            if index >= self.skipped_to:
                self._line(index)
                yield from self._take()
        self.at = len(self.lines) - 1
        self.close_to(1)
        yield from self._take()

    def _take(self) -> list[SourceHeading]:
        taken = self.noted[:]
        self.noted.clear()
        return taken


class _Writer(LeafWriter):
    """Notes headings; other blocks are passed over."""

    reader: _Reader

    def write(self, leaf: Leaf) -> None:
        """Note the headings in a block of HTML."""
        if leaf.kind != "html" or not self._counts():
            return
        text, first = leaf.text, self.numbers[leaf.index]
        for found in HTML_HEADING.finditer(text):
            start = first + text.count("\n", 0, found.start())
            end = first + text.count("\n", 0, found.end()) + 1
            heading = SourceHeading(
                int(found["level"]), fill_markers(found["text"], {}), start, end, is_html=True
            )
            self.reader.noted.append(heading)

    def paragraph(self, leaf: Leaf, kind: str = "p") -> None:
        """Pass over a paragraph."""

    def heading(self, leaf: Leaf, level: int) -> None:
        """Note a heading of Markdown."""
        if self._counts():
            text = syntax.split_heading_id(" ".join(line.text for line in leaf.lines))[0]
            start, end = leaf.lines[0].line, self.numbers[self.reader.at] + 1
            self.reader.noted.append(SourceHeading(level, text, start, end))

    def _counts(self) -> bool:
        return all(container.kind in {"root", "box"} for container in self.reader.stack.open)
