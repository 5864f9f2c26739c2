"""From the Markdown that Docusaurus and GitHub show, to blocks that Python-Markdown cannot misread.

One entry in, one entry out: entry i of the result comes from line i, so whatever needs a line number happens
here. Blocks begin and end by CommonMark's rules; facts, formulas, terms and code are looked up in the
author's own lines, and trusted HTML is held aside before Markdown sees the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lessons.rendering import formulas
from lessons.rendering.containers import Container
from lessons.rendering.context import RenderContext, without_tokens
from lessons.rendering.cursor import TAB, Cursor
from lessons.rendering.directives import CATALOG_DIRECTIVES, Directive, block_head, open_directives
from lessons.rendering.fences import Fence
from lessons.rendering.inline import replace_inline
from lessons.rendering.leaves import Leaf
from lessons.rendering.markers import LONE_MARKER, marker
from lessons.rendering.mdx import plain_lines
from lessons.rendering.references import Target
from lessons.rendering.starts import BlockStarts
from lessons.rendering.structure import begin

_PLAIN_LINE = re.compile(r"[^\W\d_]")
"""How a line begins that cannot begin any block but a paragraph."""


def _holds_no_code(cursor: Cursor) -> bool:
    return cursor.is_blank or LONE_MARKER.match(cursor.text, cursor.first) is not None


@dataclass(slots=True)
class Normalized:
    """The entries of a text, one a line, and what was taken out of it."""

    entries: list[str] = field(default_factory=list)
    references: dict[str, Target] = field(default_factory=dict)
    quiz_fences: list[Fence] = field(default_factory=list)
    directives: list[Directive] = field(default_factory=list)
    code_lines: set[int] = field(default_factory=set)

    @property
    def text(self) -> str:
        """The entries as one text."""
        return "\n".join(self.entries)


def normalize(text: str, context: RenderContext, first_line: int = 1) -> Normalized:
    """Return the text as ``lessons.rendering.parser`` reads it; problems go to the context."""
    return Normalizer(text, context, first_line).run()


class Normalizer(BlockStarts):
    """Walks the lines once, as CommonMark's parser does: containers first, then what begins, then text."""

    def __init__(self, text: str, context: RenderContext, first_line: int) -> None:
        written = without_tokens(text).split("\n")
        plain = plain_lines(written, context, first_line, is_mdx=context.path.endswith(".mdx"))
        # One tag of MDX may come out as several lines: numbers keep where each comes from.
        lines, numbers = plain.physical(first_line)
        super().__init__(context, lines, numbers)
        self.writer.fences = plain.fences
        self.result = Normalized(references=self.writer.references, code_lines=self.writer.code_lines)
        self.first_line = first_line
        self.opened = open_directives(lines, numbers, context)
        self.skipped_to = 0

    def run(self) -> Normalized:
        """Read all lines."""
        for index in range(len(self.lines)):
            if index >= self.skipped_to:
                self._line(index)
        self.at = len(self.lines) - 1
        self.close_to(1)
        entries: list[list[str]] = [[] for _number in range(self.numbers[-1] - self.first_line + 1)]
        for number, entry in zip(self.numbers, self.entries, strict=True):
            entries[number - self.first_line] += entry
        self.result.entries = ["\n".join(entry) for entry in entries]
        self.result.quiz_fences = sorted(self.writer.fences, key=lambda fence: fence.line)
        return self.result

    def _line(self, index: int) -> None:
        self.at = index
        line = self.lines[index]
        if index in self.opened.closes:
            self._close_boxes()
            return
        if self._is_plain(line):
            self.add_text(line, 1)
            return
        cursor = Cursor(line)
        matched = self.stack.match(cursor)
        if index in self.opened.opens:
            self._open_directive(matched)
        elif self.leaf is not None and matched == len(self.stack.open) and self._goes_on(self.leaf, cursor):
            pass
        elif cursor.is_blank:
            self._blank(cursor, matched)
            return
        else:
            self.begin_blocks(cursor, matched)
        self.stack.forget_gaps()

    def _is_plain(self, line: str) -> bool:
        """Whether a line can only be text, outside of anything that holds blocks: most lines are."""
        may_go_on = self.leaf is None or self.leaf.kind in {"paragraph", "table"}
        return may_go_on and len(self.stack.open) == 1 and _PLAIN_LINE.match(line) is not None

    # -- blocks that take whole lines --------------------------------------------------------------

    def _goes_on(self, leaf: Leaf, cursor: Cursor) -> bool:
        """Give the line to the open block if that takes any line until its end is written."""
        number = self.numbers[self.at]
        if leaf.kind == "fence":
            rest = cursor.text[cursor.at :].strip(" \t")
            if cursor.indent() < TAB and rest == rest[:1] * len(rest) and rest.startswith(leaf.fence):
                leaf.is_closed = True
                self.close_leaf()
            else:
                cursor.skip(min(leaf.indent, cursor.indent()))
                leaf.add(self.at, cursor.rest, number, cursor.at + 1)
            return True
        if leaf.kind == "formula":
            if formulas.ALONE.match(cursor.text[cursor.at :].strip()):
                leaf.is_closed = True
                self.close_leaf()
            elif leaf.is_divided and (ending := formulas.END.match(cursor.rest)):
                leaf.add(self.at, ending["tex"], number, cursor.at + 1)
                leaf.is_closed = True
                self.close_leaf()
            else:
                leaf.add(self.at, cursor.rest, number, cursor.at + 1)
            return True
        if leaf.kind == "html" and leaf.html is not None:
            if leaf.html.end is None and cursor.is_blank:
                return False
            leaf.add(self.at, cursor.rest, number, cursor.at + 1)
            if leaf.html.end is not None and leaf.html.end.search(cursor.rest):
                self.close_leaf()
            return True
        if leaf.kind == "indented" and cursor.indent() >= TAB and not _holds_no_code(cursor):
            cursor.skip(TAB)
            leaf.add(self.at, cursor.rest, number, cursor.at + 1)
            return True
        return False

    def _blank(self, cursor: Cursor, matched: int) -> None:
        """End what a blank line ends: any text but code, and the containers it is not within."""
        if self.leaf is not None and self.leaf.kind == "indented" and matched == len(self.stack.open):
            cursor.skip(TAB)
            self.leaf.add(self.at, cursor.rest, self.numbers[self.at], cursor.at + 1)
        else:
            for container in self.stack.open[matched:]:
                container.gap = True  # an item that is still empty ends here, and sets the next apart
            self.close_to(matched)
        self.stack.note_blank(matched)

    # -- directives ----------------------------------------------------------------------------------

    def _open_directive(self, matched: int) -> None:
        directive = self.opened.opens[self.at]
        self.close_to(matched, is_block=True)
        self.stack.note_child()
        number = self.numbers[self.at]
        if directive.name in CATALOG_DIRECTIVES:
            place = str(len(self.result.directives))
            self.result.directives.append(directive)
            self.entries[self.at].append(begin("p") + marker("directive", place))
            self.skipped_to = directive.end + 1
            return
        title = replace_inline(directive.argument, self.context, number)
        head = block_head(directive, title)
        self.entries[self.at].append(begin("box") + head)
        self.stack.push(
            Container("box", width=len(directive.indent.expandtabs(TAB)), end=directive.end, is_empty=False)
        )

    def _close_boxes(self) -> None:
        """Close what ends on this line, and everything within that was left open."""
        ends = [position for position, box in enumerate(self.stack.open) if box.end == self.at]
        if ends:
            self.close_to(ends[0])
            self.stack.forget_gaps()
