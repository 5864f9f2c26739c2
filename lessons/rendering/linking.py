"""Where the links and images of a text lead, those of the author's own HTML among them."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Mapping
from urllib.parse import unquote

from django.utils.translation import gettext as _

from lessons.rendering.authors_html import MEDIA, anchors_in, images_in, rewrite_tags, write_tag
from lessons.rendering.context import RAW, RenderContext
from lessons.rendering.destinations import Destinations
from lessons.rendering.left_out import count_address
from lessons.rendering.links import is_external, resolve_asset, resolve_page
from lessons.rendering.themes import (
    CLASS_OF,
    Theme,
    first_source,
    theme_of,
    theme_of_media,
    without_theme,
)
from lessons.rendering.urls import split_address

_BARE_LINK = re.compile(r"<a(?=[^<>]*\shref=)(?![^<>]*\s(?:id|name)=)[^<>]*>\s*</a>")
"""A link with nothing to show, that is no place to link to either."""


class Linking:
    """Resolves what leads somewhere, element by element."""

    def __init__(self, context: RenderContext, destinations: Destinations) -> None:
        self._context = context
        self._destinations = destinations
        self._fragments: list[tuple[etree.Element, tuple[int, int]]] = []
        self._raw_link = ""  # where the link leads that the author's own HTML has opened
        self._sources: dict[Theme, str] | None = None  # the drawings of the <picture> that is open
        self._has_light = False  # whether an image for light pages stands in the element that is visited
        self._leaves_out_images = False

    def visit(self, element: etree.Element) -> None:
        """Resolve the images an element holds, and the author's own HTML between them."""
        self._raw_link = element.get("href", "") if element.tag == "a" else ""
        self._sources = None
        self._has_light = self._holds_light(element)
        if self._context.raw:
            self._raw(element.text)
        before: etree.Element | None = None
        for child in list(element):
            is_kept = child.tag != "img" or self._image(child, element)
            if self._context.raw:
                self._raw(child.tail)
            if is_kept:
                before = child
            else:
                _take_out(child, element, before)

    def without_bare_links(self, html: str) -> str:
        """Return HTML without the links that held nothing but pictures which are not shown."""
        return _BARE_LINK.sub("", html) if self._leaves_out_images else html

    def link(self, element: etree.Element) -> None:
        """Resolve a link."""
        href = element.get("href", "")
        if element.get("class") in {"src", "back"} or element.get("rel"):  # one that we made
            return
        if href.startswith("term:"):
            self._term(element, href)
            return
        count_address(href, self._context.dropped)
        place = self._destinations.take(href)
        element.set("href", resolve_page(href, self._context, place))
        if href.startswith("#") and len(href) > 1:
            self._fragments.append((element, place))
        if is_external(href):
            element.set("rel", "noopener")

    def check_fragments(self, anchors: set[str], moved: Mapping[str, str]) -> None:
        """Warn of links to a place that this page does not have.

        ``moved`` holds anchors that the page around the text needs itself, and what became of them.
        """
        if not self._fragments:
            return
        places = anchors.union(*(anchors_in(html) for html in self._context.raw))
        for element, place in self._fragments:
            anchor = unquote(element.get("href", "")[1:])
            if anchor in places:
                continue
            if anchor in moved:
                element.set("href", f"#{moved[anchor]}")
                continue
            message = _("broken link: this page has no place '%(anchor)s'") % {"anchor": anchor}
            remedy = self._context.suggest(anchor, sorted(anchors)) or _("Write a heading's anchor.")
            self._context.warn(*place, "broken-link", message, remedy)

    def _term(self, element: etree.Element, href: str) -> None:
        """Keep the words of a glossary link that holds markup, and report it."""
        element.attrib.pop("href")
        element.tag = "span"
        line, column = self._destinations.take(href)
        message = _("a glossary link holds plain words only")
        self._context.report(line, column, "term", message, _("Leave out the markup."))

    # -- the author's own HTML ---------------------------------------------------------------------

    def _raw(self, text: str | None) -> None:
        for match in RAW.finditer(text or ""):
            index = int(match[1])
            self._context.raw[index] = rewrite_tags(self._context.raw[index], self._raw_tag)

    def _raw_tag(self, name: str, attributes: dict[str, str]) -> str:
        if name == "/a":
            self._raw_link = ""
            return "</a>"
        if name == "a":
            self._raw_link = attributes.get("href", "")
            if "name" in attributes:
                attributes.setdefault("id", attributes.pop("name"))
            attributes.pop("rel", None)
            link = etree.Element("a", attributes)
            if "href" in attributes:
                self.link(link)
            return write_tag("a", link.attrib) if link.tag == "a" else ""
        if name in {"picture", "/picture"}:
            # Sources alone, without an image, show nothing.
            self._leaves_out_images = True
            self._sources = {} if name == "picture" else None
            return ""
        if name == "source" and self._sources is not None:
            if theme := theme_of_media(attributes.get("media", "")):
                self._sources.setdefault(theme, first_source(attributes.get("srcset", "")))
            return ""
        if name in MEDIA:
            return self._media(attributes)
        within = etree.Element("p")
        if not self._sources:
            self._image_in(within, attributes)
        else:
            self._picture(within, attributes, self._sources)
        return "".join(etree.tostring(each, encoding="unicode", method="html") for each in within)

    def _picture(self, within: etree.Element, attributes: dict[str, str], sources: dict[Theme, str]) -> None:
        """Show the drawing for each theme; the image itself stands where a theme has none of its own."""
        self._has_light = True
        for theme in ("light", "dark"):
            own = {**attributes, "src": sources.get(theme) or attributes.get("src", "")}
            self._image_in(within, own, theme)

    def _image_in(self, within: etree.Element, attributes: dict[str, str], theme: Theme = "") -> None:
        image = etree.SubElement(within, "img", attributes)
        if not self._image(image, within, theme):
            within.remove(image)

    def _media(self, attributes: dict[str, str]) -> str:
        """Show a video, a sound or a frame as a link: no page of ours waits for an outside host."""
        src = attributes.get("src", "")
        if not src:
            return ""
        place = self._destinations.take(src)
        message = _("a video, sound or frame is shown as a link")
        self._context.warn(*place, "remote-media", message, _("Say in the text what it shows."))
        link = etree.Element("a", {"href": resolve_page(src, self._context, place)})
        if is_external(src):
            link.set("rel", "noopener")
        link.text = attributes.get("title") or src
        return etree.tostring(link, encoding="unicode", method="html")

    # -- images ------------------------------------------------------------------------------------

    def _holds_light(self, element: etree.Element) -> bool:
        """Whether one of an element's images is for light pages: then a remote one for dark pages goes."""
        if any(child.tag == "img" and theme_of(child.get("src", "")) == "light" for child in element):
            return True
        texts = (element.text, *(child.tail for child in element)) if self._context.raw else ()
        return any(
            theme_of(image.get("src", ""), image.get("class", "")) == "light"
            for text in texts
            for match in RAW.finditer(text or "")
            for image in images_in(self._context.raw[int(match[1])])
        )

    def _image(self, element: etree.Element, parent: etree.Element, theme: Theme = "") -> bool:
        """Resolve an image; False when it is not to be shown at all."""
        written = element.get("src", "")
        theme = theme or theme_of(written, element.get("class", ""))
        src = without_theme(written)
        is_linked = is_external(src) and (
            split_address(src).hostname not in self._context.library.content_hosts
        )
        if is_linked and theme == "dark" and self._has_light:
            self._leaves_out_images = True
            return False  # one link is enough, and that for light pages has it
        place = self._destinations.take(written)
        if not element.get("alt", "").strip():
            self._context.warn(
                *place, "alt-text", _("an image without alt text"), _("Say in the brackets what it shows.")
            )
        if is_linked:
            self._link_card(element, parent, src, place)
            return True
        if theme:
            element.set("class", CLASS_OF[theme])
        element.set("src", src)
        if is_external(src):
            return True
        asset = resolve_asset(src, self._context, place)
        if asset is not None:
            element.set("src", asset.url)
            if asset.width and asset.height:
                element.set("width", str(asset.width))
                element.set("height", str(asset.height))
            element.set("loading", "lazy")
            element.set("decoding", "async")
        return True

    def _link_card(
        self, element: etree.Element, parent: etree.Element, src: str, place: tuple[int, int]
    ) -> None:
        """Make a titled link of a remote image: no page of ours waits for an outside host."""
        self._context.warn(
            *place,
            "remote-image",
            _("a remote image is shown as a link"),
            _("Put the file beside the lesson, or allow its host with CONTENT_HOSTS."),
        )
        description = element.get("alt", "").strip()
        around = parent.get("href", "") if parent.tag == "a" else self._raw_link
        if around:
            element.tag, element.attrib = "span", {}  # a link holds no other
            element.text = description or around
        else:
            element.tag, element.attrib = "a", {"href": src, "rel": "noopener"}
            element.text = description or src


def _take_out(child: etree.Element, parent: etree.Element, before: etree.Element | None) -> None:
    """Remove an element; the text behind it joins what stands before."""
    tail = child.tail or ""
    parent.remove(child)
    if before is None:
        parent.text = (parent.text or "") + tail
    else:
        before.tail = (before.tail or "") + tail
