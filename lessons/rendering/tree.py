"""The last pass over a text's element tree: headings, links, images, tables, figures, sources, sections."""

from __future__ import annotations

import re
import unicodedata
import xml.etree.ElementTree as etree
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from lessons.rendering.arrange import arrange_figures, arrange_tables, dissolve_tight
from lessons.rendering.context import RenderContext
from lessons.rendering.linking import Linking
from lessons.rendering.markers import marker
from lessons.rendering.sanitizer import RESERVED_IDS
from lessons.rendering.sources import Notes

MAX_ANCHOR = 190
"""Characters of a heading's anchor: it is stored in 200, and may need a number behind it."""

HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_MARK = re.compile("\ue002[^\ue003]*\ue003")


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading: level 1 to 6, its anchor, its title as plain text."""

    level: int
    anchor: str
    title: str


@dataclass(frozen=True, slots=True)
class SectionText:
    """A heading (or none, before the first) and the plain text up to the next one."""

    heading: Heading | None
    text: str


def github_anchor(title: str) -> str:
    """Return the anchor that GitHub makes of a heading's text."""
    kept = "".join(
        char for char in title.strip().lower() if char in "-_ " or unicodedata.category(char)[0] in "LNM"
    )
    return kept.replace(" ", "-")


class LessonTree(Treeprocessor):
    """Runs after everything else has been done to the tree."""

    def __init__(self, md: Markdown, context: RenderContext, linking: Linking, notes: Notes) -> None:
        super().__init__(md)
        self.context = context
        self.notes = notes
        self.linking = linking
        self.headings: list[Heading] = []
        self.sections: list[SectionText] = []
        self._anchors = set(RESERVED_IDS)
        self._suffixes: dict[str, int] = {}
        self._moved: dict[str, str] = {}  # anchors that a page's own ids took, and what they became
        self._section_number = 0
        self._level = 1  # the page's own title

    def run(self, root: etree.Element) -> None:
        """Change the tree in place."""
        sources = self.notes.as_section()
        for part in (root,) if sources is None else (root, sources):
            dissolve_tight(part)
            arrange_figures(part)
            for element in list(part.iter()):
                self._visit(element)
            arrange_tables(part, self.text_of)
        if self.context.cites_sources:  # a fragment may link into the page it stands beside
            self.linking.check_fragments(self._anchors - RESERVED_IDS, self._moved)
        self._collect_sections(root)
        self._mark_sections(root)
        root.append(_mark("", kind="end"))
        if sources is not None:
            root.append(sources)

    def _visit(self, element: etree.Element) -> None:
        if element.tag in HEADINGS:
            self._heading(element)
        elif element.tag == "a":
            self.linking.link(element)
        self.linking.visit(element)

    # -- text ------------------------------------------------------------------------------------

    def text_of(self, element: etree.Element) -> str:
        """Return an element's text as a reader sees it, on one line."""
        return " ".join(_MARK.sub("", self.context.plain("".join(_texts(element)))).split())

    # -- headings and sections -------------------------------------------------------------------

    def _heading(self, element: etree.Element) -> None:
        title = self.text_of(element)
        wanted = (element.get("id") or github_anchor(title) or "section")[:MAX_ANCHOR]
        anchor = self._unique(wanted)
        if anchor != wanted:
            self._moved.setdefault(wanted, anchor)
        element.set("id", anchor)
        level = HEADINGS[element.tag]
        self._check_level(level, element.attrib.pop("line", ""))
        if level == 1:
            # The page's own title is its h1.
            element.tag, level = "h2", 2
        self.headings.append(Heading(level, anchor, title))
        if level == 2 and self.context.number:
            self._section_number += 1
            number = etree.Element("span", {"class": "sec"})
            number.text = f"{self.context.number}.{self._section_number}"
            number.tail = f" {element.text or ''}"  # a screen reader would join the two
            element.text = ""
            element.insert(0, number)

    def _unique(self, wanted: str) -> str:
        anchor, suffix = wanted, self._suffixes.get(wanted, 0)
        while anchor in self._anchors:
            suffix += 1
            anchor = f"{wanted}-{suffix}"
        self._suffixes[wanted] = suffix
        self._anchors.add(anchor)
        return anchor

    def _check_level(self, level: int, line: str) -> None:
        if line and level > self._level + 1 and self.context.cites_sources:
            message = _("a heading of level %(level)d follows one of level %(before)d") % {
                "level": level,
                "before": self._level,
            }
            remedy = _("Write %(marks)s: whoever listens to the page finds their way by the levels.")
            remedy %= {"marks": "#" * (self._level + 1)}
            self.context.warn(int(line), 1, "heading-level", message, remedy)
        self._level = level

    def _collect_sections(self, root: etree.Element) -> None:
        by_anchor = {heading.anchor: heading for heading in self.headings}
        current: Heading | None = None
        texts: list[str] = []
        for child in root:
            heading = by_anchor.get(child.get("id", "")) if child.tag in HEADINGS else None
            if heading is not None and heading.level <= 3:
                self.sections.append(SectionText(current, " ".join(texts)))
                current, texts = heading, []
            elif text := self.text_of(child):
                texts.append(text)
        self.sections.append(SectionText(current, " ".join(texts)))

    def _mark_sections(self, root: etree.Element) -> None:
        """Put a marker at the end of every section: before the next heading of its level or above."""
        opened: list[tuple[int, str]] = []
        children: list[etree.Element] = []
        for child in list(root):
            if child.tag in HEADINGS:
                level = HEADINGS[child.tag]
                while opened and opened[-1][0] >= level:
                    children.append(_mark(opened.pop()[1]))
                opened.append((level, child.get("id", "")))
            children.append(child)
        children.extend(_mark(anchor) for _level, anchor in reversed(opened))
        root[:] = children


def _texts(root: etree.Element) -> Iterator[str]:
    """Yield the texts of an element in order, without the numbers of sections and sources."""
    pending: list[etree.Element | str] = [root]
    while pending:
        each = pending.pop()
        if isinstance(each, str):
            yield each
            continue
        if each.get("class") in {"sec", "src"}:
            continue
        yield each.text or ""
        if each.tag in {"p", "li", "td", "th", "tr", "dt", "dd", "figcaption", "summary", "br"}:
            pending.append(" ")
        for child in reversed(each):
            pending += [child.tail or "", child]


def _mark(name: str, kind: str = "section") -> etree.Element:
    element = etree.Element("p")
    element.text = marker(kind, name)
    return element
