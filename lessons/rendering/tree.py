"""The last pass over a text's element tree: headings, links, images, tables, figures, sources, sections."""

from __future__ import annotations

import re
import unicodedata
import xml.etree.ElementTree as etree
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE

from lessons.rendering.context import RenderContext
from lessons.rendering.inline import link_term
from lessons.rendering.links import Destinations, is_external, resolve_asset, resolve_page
from lessons.rendering.markers import marker
from lessons.rendering.sanitizer import RESERVED_IDS
from lessons.rendering.sources import take_sources

MAX_ANCHOR = 190
"""Characters of a heading's anchor: it is stored in 200, and may need a number behind it."""

HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_TAGS = re.compile(r"<[^>]+>")
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

    def __init__(self, md: Markdown, context: RenderContext, destinations: Destinations) -> None:
        super().__init__(md)
        self.context = context
        self.destinations = destinations
        self.headings: list[Heading] = []
        self.sections: list[SectionText] = []
        self._anchors: set[str] = set()
        self._section_number = 0

    def run(self, root: etree.Element) -> None:
        """Change the tree in place."""
        self._figures(root)
        for parent in list(root.iter()):
            for child in list(parent):
                if child.tag == "img":
                    self._image(child, parent)
        for element in list(root.iter()):
            if element.tag in HEADINGS:
                self._heading(element)
            elif element.tag == "a":
                self._link(element)
        self._tables(root)
        sources = take_sources(root)
        self._collect_sections(root)
        self._mark_sections(root)
        root.append(_mark("", kind="end"))
        if sources is not None:
            root.append(sources)

    # -- text ------------------------------------------------------------------------------------

    def text_of(self, element: etree.Element) -> str:
        """Return an element's text as a reader sees it, on one line."""
        return " ".join(self.plain("".join(self._texts(element))).split())

    def plain(self, text: str) -> str:
        """Return text without tokens, markers and stashed raw HTML."""

        def raw(match: re.Match[str]) -> str:
            stashed = self.md.htmlStash.rawHtmlBlocks[int(match[1])]
            return _TAGS.sub(" ", stashed) if isinstance(stashed, str) else "".join(stashed.itertext())

        return _MARK.sub("", self.context.plain(HTML_PLACEHOLDER_RE.sub(raw, text)))

    def _texts(self, element: etree.Element) -> Iterator[str]:
        if element.get("class") in {"sec", "footnote-ref", "src"}:
            return
        yield element.text or ""
        for child in element:
            yield from self._texts(child)
            yield child.tail or ""
        if element.tag in {"p", "li", "td", "th", "tr", "dt", "dd", "figcaption", "summary"}:
            yield " "

    # -- headings and sections -------------------------------------------------------------------

    def _heading(self, element: etree.Element) -> None:
        title = self.text_of(element)
        anchor = self._unique((element.get("id") or github_anchor(title) or "section")[:MAX_ANCHOR])
        element.set("id", anchor)
        level = HEADINGS[element.tag]
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
        anchor, suffix = wanted, 0
        while anchor in self._anchors or anchor in RESERVED_IDS:
            suffix += 1
            anchor = f"{wanted}-{suffix}"
        self._anchors.add(anchor)
        return anchor

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
        for child in list(root):
            root.remove(child)
        root.extend(children)

    # -- links and images ------------------------------------------------------------------------

    def _link(self, element: etree.Element) -> None:
        href = element.get("href", "")
        if element.get("class") in {"footnote-ref", "footnote-backref"}:
            return
        if href.startswith("term:"):
            self._term(element, href)
            return
        place = self.destinations.take(href)
        element.set("href", resolve_page(href, self.context, place))
        if is_external(href):
            element.set("rel", "noopener")

    def _term(self, element: etree.Element, href: str) -> None:
        """Replace a glossary link that the normalizer left, since it runs over a line's end."""
        element.attrib.pop("href")
        line, column = self.destinations.take(href)
        if len(element):
            message = _("a glossary link holds plain words only")
            self.context.report(line, column, "term", message, _("Leave out the markup."))
            return
        element.tag = "span"
        shown = " ".join((element.text or "").split())
        element.text = link_term(shown, href.removeprefix("term:"), self.context, line, column)

    def _image(self, element: etree.Element, parent: etree.Element) -> None:
        src = element.get("src", "")
        place = self.destinations.take(src)
        if not element.get("alt", "").strip():
            self.context.warn(
                *place, "alt-text", _("an image without alt text"), _("Say in the brackets what it shows.")
            )
        if is_external(src):
            if urlsplit(src).hostname not in self.context.library.content_hosts:
                self._link_card(element, parent, src, place)
            return
        asset = resolve_asset(src, self.context, place) if not src.startswith("/") else None
        if asset is not None:
            element.set("src", asset.url)
            if asset.width and asset.height:
                element.set("width", str(asset.width))
                element.set("height", str(asset.height))
            element.set("loading", "lazy")
            element.set("decoding", "async")

    def _link_card(
        self, element: etree.Element, parent: etree.Element, src: str, place: tuple[int, int]
    ) -> None:
        """A remote image becomes a titled link: no page of ours waits for an outside host."""
        self.context.warn(
            *place,
            "remote-image",
            _("a remote image is shown as a link"),
            _("Put the file beside the lesson, or allow its host with CONTENT_HOSTS."),
        )
        link = etree.Element("a", {"href": src, "rel": "noopener"})
        link.text = element.get("alt") or src
        link.tail = element.tail
        parent.insert(list(parent).index(element), link)
        parent.remove(element)

    # -- figures, tables, sources ----------------------------------------------------------------

    def _figures(self, root: etree.Element) -> None:
        for figure in [each for each in root.iter("figure") if "fig" in each.get("class", "").split()]:
            caption = etree.Element("figcaption")
            for child in list(figure):
                if child.tag != "p" or child.get("class") == "fig__title":
                    continue
                position = list(figure).index(child)
                figure.remove(child)
                if _holds_only_images(child):
                    for image in reversed(list(child)):
                        image.tail = None
                        figure.insert(position, image)
                else:
                    caption.append(child)
            if len(caption):
                drawings = [
                    index for index, child in enumerate(figure) if child.tag in {"img", "table", "div"}
                ]
                figure.insert(drawings[-1] + 1 if drawings else len(figure), caption)

    def _tables(self, root: etree.Element) -> None:
        parents = {child: parent for parent in root.iter() for child in parent}
        for table in list(root.iter("table")):
            table.set("class", "tbl tight")
            for cell in table.iter():
                if cell.tag == "th" and not cell.get("scope"):
                    cell.set("scope", "col")
                style = cell.attrib.pop("style", "")
                align = cell.attrib.pop("align", "")
                if "right" in (style + align) or "center" in (style + align):
                    cell.set("class", "r" if "right" in style + align else "num")
            parent = parents[table]
            label = self._table_label(table)
            scroll = etree.Element(
                "div", {"class": "scroll wide", "tabindex": "0", "role": "region", "aria-label": label}
            )
            position = list(parent).index(table)
            parent.remove(table)
            scroll.tail, table.tail = table.tail, None
            scroll.append(table)
            parent.insert(position, scroll)

    def _table_label(self, table: etree.Element) -> str:
        titles = [self.text_of(cell) for cell in table.iter("th")]
        named = ", ".join(title for title in titles if title)
        return _("Table: %(columns)s") % {"columns": named} if named else _("Table")


def _mark(name: str, kind: str = "section") -> etree.Element:
    element = etree.Element("p")
    element.text = marker(kind, name)
    return element


def _holds_only_images(element: etree.Element) -> bool:
    children = list(element)
    return (
        bool(children)
        and all(child.tag == "img" and not (child.tail or "").strip() for child in children)
        and not (element.text or "").strip()
    )
