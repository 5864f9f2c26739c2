"""Where blocks begin: the second step of reading a line, after its containers are known."""

from __future__ import annotations

import re
from typing import Final

from lessons.rendering import syntax
from lessons.rendering.containers import MAX_DEPTH, Container
from lessons.rendering.cursor import TAB, Cursor
from lessons.rendering.directives import block_name
from lessons.rendering.formulas import ALONE
from lessons.rendering.leaves import Leaf
from lessons.rendering.markers import LONE_MARKER
from lessons.rendering.open_blocks import OpenBlocks, list_mark
from lessons.rendering.structure import NOTHING, begin

_SPECIAL: Final = frozenset("><#`~=-*_+:[$|0123456789")


class BlockStarts(OpenBlocks):
    """Reads on in a line behind the containers that are known to go on: everything that may begin there."""

    # -- beginning -----------------------------------------------------------------------------------

    def begin_blocks(self, cursor: Cursor, matched: int) -> None:
        """Open every block that begins within a line, then give the rest of it to a paragraph."""
        follows = self.leaf if self.leaf is not None and self.leaf.kind == "paragraph" else None
        is_within = matched == len(self.stack.open)
        depth = matched
        while True:
            indent = cursor.indent()
            rest = cursor.text[cursor.first :]
            if not rest:
                break
            if LONE_MARKER.match(rest):
                self._place_marker(cursor, depth)
                return
            if indent >= TAB:
                if follows is None:
                    self._begin_code(cursor, depth)
                    return
                break
            if rest[0] not in _SPECIAL:
                break
            step = self._begin(cursor, rest, indent, depth, follows if is_within else None)
            if step == "text":
                break
            if step == "done":
                return
            follows, is_within = None, True
            depth = len(self.stack.open)
        self._give_text(cursor, depth, lazy=follows is not None and not is_within)

    def _begin(self, cursor: Cursor, rest: str, indent: int, depth: int, paragraph: Leaf | None) -> str:
        """Open what begins here: "more" may begin within it, the line is "done", or it is "text"."""
        sign = rest[0]
        if sign == ">":
            return self._begin_quote(cursor, rest, depth)
        if sign == "#" and (heading := syntax.read_heading(rest)):
            self.close_to(depth, is_block=True)
            self._write_heading(heading[1], heading[0], cursor.at + indent + 1)
            return "done"
        if sign in "`~" and (fence := syntax.FENCE.match(rest)):
            self._begin_fence(fence, cursor, indent, depth)
            return "done"
        if sign == "<" and (start := syntax.html_start(rest)) and (start.interrupts or not paragraph):
            self._begin_html(start, cursor, rest, depth)
            return "done"
        if sign in "=-" and paragraph is not None and syntax.UNDERLINE.match(rest):
            self.writer.take_definitions(paragraph)
            if paragraph.lines:
                self.leaf = None
                self.writer.heading(paragraph, 1 if sign == "=" else 2)
                return "done"
        if sign == "$" and ALONE.match(rest):
            self.open_leaf("formula", depth).column = cursor.at + indent + 1
            return "done"
        if sign == "$" and (opening := self.formulas.begins(rest, self.at, self.stack)):
            leaf = self.open_leaf("formula", depth)
            leaf.column, leaf.is_divided = cursor.at + indent + 1, True
            leaf.add(self.at, opening["tex"], self.numbers[self.at], leaf.column + 2)
            return "done"
        if sign in "-*_" and syntax.RULE.match(rest):
            self.close_to(depth, is_block=True)
            self.stack.note_child()
            self.entries[self.at].append(begin("hr"))
            return "done"
        if sign == "[" and (source := syntax.SOURCE.match(rest)):
            return self._begin_source(source, cursor, depth)
        if sign == ":" and (found := syntax.DEFINITION.match(rest)):
            return self._begin_definition(found, cursor, depth, paragraph)
        if item := syntax.ITEM.match(rest):
            return self._begin_item(item, cursor, rest, indent, depth, paragraph)
        if paragraph is not None and sign in "|:-" and self._begin_table(rest, paragraph):
            return "done"
        return "text"

    def _write_heading(self, title: str, level: int, column: int) -> None:
        self.stack.note_child()
        leaf = Leaf("paragraph", self.at)
        leaf.add(self.at, title, self.numbers[self.at], column + level + 1)
        self.writer.heading(leaf, level)

    def _place_marker(self, cursor: Cursor, depth: int) -> None:
        """Let a place that we marked stand on its own: no indentation makes it code, no text takes it in."""
        self.close_to(depth, is_block=True)
        self.stack.note_child()
        self.entries[self.at].append(begin("p") + cursor.rest.strip())

    def _begin_code(self, cursor: Cursor, depth: int) -> None:
        leaf = self.open_leaf("indented", depth)
        cursor.skip(TAB)
        leaf.add(self.at, cursor.rest, self.numbers[self.at], cursor.at + 1)

    def _begin_fence(self, fence: re.Match[str], cursor: Cursor, indent: int, depth: int) -> None:
        leaf = self.open_leaf("fence", depth)
        leaf.fence = fence["ticks"] or fence["tildes"]
        leaf.info = (fence["info"] or fence["rest"] or "").strip()
        leaf.indent, leaf.column = indent, cursor.at + indent + 1

    def _begin_html(self, start: syntax.HtmlStart, cursor: Cursor, rest: str, depth: int) -> None:
        if heading := syntax.HTML_HEADING.match(rest):
            self.close_to(depth, is_block=True)
            title = heading["rest"].partition(">")[2].strip()
            self._write_heading(title, int(heading["level"]), cursor.at + 1)
            return
        leaf = self.open_leaf("html", depth)
        leaf.html = start
        leaf.add(self.at, cursor.rest, self.numbers[self.at], cursor.at + 1)
        if start.end is not None and start.end.search(rest[2:]):
            self.close_leaf()

    def _begin_table(self, rest: str, paragraph: Leaf) -> bool:
        if not paragraph.lines or paragraph.is_no_table or not syntax.may_rule_table(rest):
            return False
        align = syntax.table_columns(paragraph.lines[-1].text, rest)
        if align is None:
            paragraph.is_no_table = True  # GitHub does not try again further down
            return False
        header, index = paragraph.lines.pop(), paragraph.indexes.pop()
        self.close_leaf()
        self.leaf = Leaf("table", index, [header], [index], align=align)
        self.entries[self.at].append(NOTHING)
        return True

    # -- containers ----------------------------------------------------------------------------------

    def _begin_quote(self, cursor: Cursor, rest: str, depth: int) -> str:
        alert = syntax.ALERT.match(rest[1:].strip(" \t"))
        self.close_to(depth, is_block=True)
        self.stack.note_child()
        mark = begin("box") + f"/// {block_name(alert['name'])}" if alert else begin("quote")
        if not self.push(Container("quote"), mark):
            return "text"
        cursor.skip_indent()
        cursor.take(1)
        cursor.skip(1)
        return "done" if alert else "more"

    def _begin_source(self, source: re.Match[str], cursor: Cursor, depth: int) -> str:
        self.close_to(depth, is_block=True)
        self.stack.note_child()
        if not self.push(Container("source", width=TAB, is_empty=False), begin("source") + source["key"]):
            return "text"
        cursor.skip_indent()
        cursor.take(source.end())
        return "more"

    def _begin_definition(
        self, found: re.Match[str], cursor: Cursor, depth: int, paragraph: Leaf | None
    ) -> str:
        last = self.stack.open[depth - 1]
        if paragraph is None and not (last.kind == "list" and last.symbol == ":"):
            return "text"
        if paragraph is not None:
            # The lines of the paragraph are the terms; the list begins where they do.
            self.leaf = None
            place = (paragraph.index, len(self.entries[paragraph.index]))
            container = Container("list", symbol=":", place=place)
            self.entries[paragraph.index].append(list_mark(container))
            self.writer.paragraph(paragraph, "dt")
            self.stack.push(container)
        else:
            self.close_to(depth)
        return self._push_item(cursor, found.end(), found.end())

    def _begin_item(
        self,
        item: re.Match[str],
        cursor: Cursor,
        rest: str,
        indent: int,
        depth: int,
        paragraph: Leaf | None,
    ) -> str:
        behind = rest[item.end() :]
        is_empty = not behind.strip(" \t")
        if paragraph is not None and (is_empty or int(item["number"] or 1) != 1):
            return "text"
        symbol = item["dot"] or item["marker"]
        last = self.stack.open[depth - 1]
        if last.kind == "list" and last.symbol == symbol:
            self.close_to(depth)
        else:
            self.close_to(depth, is_block=True)
            if self.stack.depth < MAX_DEPTH:
                self.stack.note_child()
                entry = self.entries[self.at]
                container = Container("list", symbol=symbol, place=(self.at, len(entry)))
                container.start = str(int(item["number"])) if item["number"] else ""
                self.push(container, list_mark(container))
        probe = cursor.copy()
        probe.skip_indent()
        probe.take(item.end())
        space = probe.indent()
        space = 1 if is_empty or space > TAB else space
        return self._push_item(cursor, item.end(), indent + item.end() + space)

    def _push_item(self, cursor: Cursor, marker: int, width: int) -> str:
        """Open an item; ``marker`` is the length of its marker, ``width`` the columns to its content."""
        container = self.stack.last
        if container.kind == "list" and container.follows_gap:
            container.loose, container.follows_gap = True, False
        is_definition = container.symbol == ":"
        item = Container("item", width=width)
        if not self.push(item, begin("dd" if is_definition else "li")):
            return "text"
        indent = cursor.indent()
        cursor.skip_indent()
        cursor.take(marker)
        cursor.skip(max(0, width - indent - marker))
        return "more"

    # -- text ----------------------------------------------------------------------------------------

    def _give_text(self, cursor: Cursor, depth: int, *, lazy: bool) -> None:
        if cursor.is_blank:  # a marker with nothing behind it
            return
        if not lazy and (depth < len(self.stack.open) or self.stack.last.kind == "list"):
            self.close_to(depth, is_block=True)
        cursor.skip_indent()
        self.add_text(cursor.rest, cursor.at + 1)
