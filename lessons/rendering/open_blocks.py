"""What is open while a text is read line by line: its containers, and the block of text in the innermost."""

from __future__ import annotations

from django.utils.translation import gettext as _

from lessons.rendering.containers import MAX_DEPTH, Container, Stack
from lessons.rendering.context import RenderContext
from lessons.rendering.formulas import DividedFormulas
from lessons.rendering.leaves import Kind, Leaf, LeafWriter
from lessons.rendering.structure import END, begin


class OpenBlocks:
    """The state of the reading, and how blocks are opened and closed."""

    def __init__(self, context: RenderContext, lines: list[str], numbers: list[int]) -> None:
        self.context = context
        self.lines = lines
        self.numbers = numbers
        self.entries: list[list[str]] = [[] for _line in lines]
        self.writer = LeafWriter(context, self.entries, numbers)
        self.stack = Stack()
        self.leaf: Leaf | None = None
        self.at = 0
        self._is_too_deep = False
        self.formulas = DividedFormulas(lines)

    # -- closing -------------------------------------------------------------------------------------

    def close_leaf(self) -> None:
        """Write the open block of text."""
        if self.leaf is not None:
            leaf, self.leaf = self.leaf, None
            self.writer.write(leaf)

    def close_to(self, depth: int, *, is_block: bool = False) -> None:
        """Close the open text and all containers but the outermost ``depth``.

        Before a new block (``is_block``) a list closes too, as only items stand in it.
        """
        self.close_leaf()
        while len(self.stack.open) > depth or (is_block and self.stack.last.kind == "list"):
            container = self.stack.pop()
            self.entries[self.at].append(END)
            if container.kind == "list":
                entry, piece = container.place
                self.entries[entry][piece] = list_mark(container)

    # -- opening -------------------------------------------------------------------------------------

    def open_leaf(self, kind: Kind, depth: int) -> Leaf:
        """Open a block of text within the outermost ``depth`` containers."""
        self.close_to(depth, is_block=True)
        begins_item = self.stack.last.kind == "item" and self.stack.last.is_empty
        self.stack.note_child()
        self.leaf = Leaf(kind, self.at, begins_item=begins_item)
        return self.leaf

    def push(self, container: Container, mark: str) -> bool:
        """Open a container within the innermost; at the limit, report it once and say no."""
        if self.stack.depth >= MAX_DEPTH and container.kind != "list":
            if not self._is_too_deep:
                self._is_too_deep = True
                message = _("quotes, lists or brackets are nested too deep")
                self.context.report(self.numbers[self.at], 1, "too-deep", message, _("Nest them less."))
            return False
        self.stack.push(container)
        self.entries[self.at].append(mark)
        return True

    def add_text(self, text: str, column: int) -> None:
        """Add a line to the open paragraph or table, or begin a paragraph with it."""
        leaf = self.leaf
        if leaf is None or leaf.kind not in {"paragraph", "table"}:
            leaf = self.open_leaf("paragraph", len(self.stack.open))
        leaf.add(self.at, text, self.numbers[self.at], column)


def list_mark(container: Container) -> str:
    """Return the mark that opens a list, as far as is known of it."""
    kind = {":": "dl", ".": "ol", ")": "ol"}.get(container.symbol, "ul")
    return begin(kind, "loose" if container.loose else "tight", container.start)
