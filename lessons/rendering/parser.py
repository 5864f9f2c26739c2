"""From the normalizer's entries to Python-Markdown's tree: blocks are where the marks say."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from markdown import Markdown
from markdown.blockparser import BlockParser
from pymdownx.blocks import BlockEntry

from lessons.rendering.structure import MARKED, TIGHT
from lessons.rendering.syntax import table_cells

_BOX = re.compile(r"/+ *(?P<name>[\w-]+) *(?:\| *(?P<title>.*?))? *$")
_ALIGN = {"l": "left", "c": "center", "r": "right"}


MAX_EMPTY_CELLS = 10_000
"""Cells added to short rows of a text's tables: a wide table of many short rows would grow without end."""


@dataclass(slots=True)
class _Open:
    """A container that is open: where its blocks go."""

    element: etree.Element
    is_tight: bool = False
    box: BlockEntry | None = None


class MarkParser(BlockParser):
    """Builds the tree in one pass without recursion, however deep blocks nest."""

    def __init__(self, md: Markdown, sources: dict[str, etree.Element]) -> None:
        super().__init__(md)
        self.sources = sources
        self._empty_cells = MAX_EMPTY_CELLS

    def parseDocument(self, lines: Iterable[str]) -> Any:  # noqa: N802
        """Return the tree of a text's lines; the name is Python-Markdown's."""
        root = etree.Element(self.md.doc_tag)
        self._read(root, lines)
        return etree.ElementTree(root)

    def parseChunk(self, parent: etree.Element, text: str) -> None:  # noqa: N802
        """Read lines into an element; the name is Python-Markdown's."""
        self._read(parent, text.split("\n"))

    def _read(self, root: etree.Element, lines: Iterable[str]) -> None:
        stack = [_Open(root)]
        leaf: etree.Element | None = None
        texts: list[str] = []
        for line in lines:
            marked = MARKED.match(line)
            if marked is None:
                if line:
                    texts.append(line)
                continue
            kind, arguments, text = marked[1], marked[2].split(":")[1:], marked[3]
            if kind == "skip":
                continue
            self._fill(leaf, texts)
            leaf, texts = None, [text]
            if kind == "end":
                self._end(stack.pop())
            elif kind in {"p", "dt", "h", "hr", "table"}:
                leaf = _leaf(stack[-1], kind, arguments)
            else:
                stack.append(self._open(stack[-1], kind, arguments, text))
        self._fill(leaf, texts)

    def _fill(self, leaf: etree.Element | None, texts: list[str]) -> None:
        """Give a leaf its lines."""
        if leaf is None or leaf.tag == "hr":
            return
        if leaf.tag == "table":
            self._fill_table(leaf, texts)
        else:
            leaf.text = "\n".join(texts)

    def _fill_table(self, table: etree.Element, rows: list[str]) -> None:
        align = table.attrib.pop("align")
        body: etree.Element | None = None
        for number, row in enumerate(rows):
            if number == 0:
                within, tag = etree.SubElement(table, "thead"), "th"
            else:
                body = body if body is not None else etree.SubElement(table, "tbody")
                within, tag = body, "td"
            line = etree.SubElement(within, "tr")
            cells = table_cells(row)[: len(align)]
            missing = min(len(align) - len(cells), self._empty_cells)
            self._empty_cells -= missing
            for side, text in zip(align, cells + [""] * missing, strict=False):
                cell = etree.SubElement(line, tag, {"align": _ALIGN[side]} if side in _ALIGN else {})
                cell.text = text

    def _open(self, parent: _Open, kind: str, arguments: list[str], text: str) -> _Open:
        within = parent.element
        if kind == "box":
            return self._box(within, text)
        if kind == "source":
            # The first of a key counts; a later one is read and shown nowhere.
            element = etree.Element("li", {"id": f"fn:{text}"})
            self.sources.setdefault(text, element)
            return _Open(element)
        if kind in {"li", "dd"}:
            return _Open(etree.SubElement(within, kind), is_tight=parent.is_tight)
        if kind == "dl" and len(within) and within[-1].tag == "dl":
            return _Open(within[-1], is_tight=arguments[0] == "tight")
        element = etree.SubElement(within, {"quote": "blockquote"}.get(kind, kind))
        if kind == "ol" and arguments[1] != "1":
            element.set("start", arguments[1])
        return _Open(element, is_tight=bool(arguments) and arguments[0] == "tight")

    def _box(self, within: etree.Element, head: str) -> _Open:
        """Open a block of pymdown-extensions, as its own reader would."""
        manager: Any = self.blockprocessors["blocks"]
        match = _BOX.match(head)
        if match is None or match["name"] not in manager.blocks:
            return _Open(etree.SubElement(within, "div"))
        name = match["name"]
        block = manager.blocks[name](3, manager.trackers[name], manager, manager.config[name])
        block._validate(within, match["title"] or None)
        element = block._create(within)
        target = block.on_add(element)
        return _Open(element if target is None else target, box=BlockEntry(block, element, within))

    def _end(self, container: _Open) -> None:
        if container.box is not None:
            manager: Any = self.blockprocessors["blocks"]
            container.box.block._end(container.box.el)
            manager.inline_stack.append(container.box)


def _leaf(within: _Open, kind: str, arguments: list[str]) -> etree.Element:
    if kind == "p":
        return etree.SubElement(within.element, TIGHT if within.is_tight else "p")
    if kind == "h":
        level, line, anchor = arguments
        heading = etree.SubElement(within.element, f"h{level}", {"line": line})
        if anchor:
            heading.set("id", anchor)
        return heading
    if kind == "table":
        return etree.SubElement(within.element, "table", {"align": arguments[0]})
    return etree.SubElement(within.element, kind)
