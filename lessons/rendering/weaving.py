"""Inline parts become elements: what stands in for Python-Markdown's own inline patterns."""

from __future__ import annotations

import xml.etree.ElementTree as etree

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from lessons.rendering.authors_html import tamed
from lessons.rendering.autolinks import mail_addresses
from lessons.rendering.context import RenderContext
from lessons.rendering.emphasis import Run
from lessons.rendering.references import Target
from lessons.rendering.sources import Notes
from lessons.rendering.spans import Bracket, Close, Node, NoteReference, RawHtml, SpanReader

MAX_DEPTH = 100
"""Emphasis, links and images within one another, at most."""

_VERBATIM = {"code", "pre"}


class InlineTree(Treeprocessor):
    """Reads the text of every element that holds some, and puts elements in its place."""

    def __init__(
        self, md: Markdown, context: RenderContext, references: dict[str, Target], notes: Notes
    ) -> None:
        super().__init__(md)
        self.context = context
        self.references = references
        self.notes = notes
        self.is_too_deep = False

    def run(self, root: etree.Element) -> None:
        """Change the tree in place."""
        for each in [root, *self.notes.elements]:
            for element in list(each.iter()):
                text = element.text
                if text and element.tag not in _VERBATIM and not isinstance(text, AtomicString):
                    self._weave(element, text)

    def _weave(self, element: etree.Element, text: str) -> None:
        nodes = SpanReader(text.strip(" \t\n"), self.references, self.notes).read()
        children = list(element)
        element.text = None
        element[:] = []
        _Weaver(element, self).weave(nodes)
        element.extend(children)


class _Weaver:
    """Builds one element's content, without recursion."""

    def __init__(self, element: etree.Element, tree: InlineTree) -> None:
        self._tree = tree
        self._open = [element]
        self._buffer: list[str] = []
        self._ignored = 0
        self._links = 0  # links that are open: an address within one is text

    def weave(self, nodes: list[Node]) -> None:
        for node in nodes:
            match node:
                case str():
                    self._buffer.append(node)
                case Run():
                    for _tag in node.closes:
                        self._close()
                    self._buffer.append(node.sign * node.count)
                    for tag in reversed(node.opens):
                        self._begin(etree.Element(tag))
                case Bracket(target=None):
                    self._buffer.append("![" if node.is_image else "[")
                case Bracket():
                    self._begin(_link(node))
                case Close():
                    self._close()
                case RawHtml():
                    self._buffer.append(self._tree.context.keep_raw(tamed(node.html)))
                case NoteReference():
                    self._append(self._tree.notes.reference(node.key))
                case _:
                    self._append(node)
        self._flush()

    def _append(self, element: etree.Element) -> None:
        self._flush()
        self._open[-1].append(element)

    def _begin(self, element: etree.Element) -> None:
        if len(self._open) > MAX_DEPTH:
            self._ignored += 1
            self._tree.is_too_deep = True
            return
        if element.tag == self._open[-1].tag == "strong":  # GitHub shows no more than one
            self._open.append(self._open[-1])
            return
        self._append(element)
        self._open.append(element)
        self._links += element.tag == "a"

    def _close(self) -> None:
        if self._ignored:
            self._ignored -= 1
            return
        self._flush()
        element = self._open.pop()
        self._links -= element.tag == "a"
        if element.tag == "img":
            self._describe(element)

    def _describe(self, image: etree.Element) -> None:
        """Make the text within an image its description; an image within another lends it its own."""
        description = self._tree.context.plain("".join(image.itertext()))
        is_within = any(each.tag == "img" for each in self._open)
        image.set("alt", description)
        image.text = description if is_within else None
        image[:] = []

    def _flush(self) -> None:
        """Write the text gathered, with bare mail addresses as links."""
        text = "".join(self._buffer)
        self._buffer.clear()
        if not text:
            return
        at = 0
        if "@" in text and not self._links:
            for start, end in mail_addresses(text):
                self._add_text(text[at:start])
                link = etree.SubElement(self._open[-1], "a", {"href": f"mailto:{text[start:end]}"})
                link.text = text[start:end]
                at = end
        self._add_text(text[at:])

    def _add_text(self, text: str) -> None:
        parent = self._open[-1]
        if len(parent):
            parent[-1].tail = (parent[-1].tail or "") + text
        else:
            parent.text = (parent.text or "") + text


def _link(bracket: Bracket) -> etree.Element:
    address, title = bracket.target or Target("", "")
    element = (
        etree.Element("img", {"src": address}) if bracket.is_image else etree.Element("a", {"href": address})
    )
    if title:
        element.set("title", title)
    return element
