"""Footnotes as a page's list of sources, numbered as a reader meets them."""

from __future__ import annotations

import xml.etree.ElementTree as etree

from django.utils.translation import gettext as _


class Notes:
    """The footnotes of one text: who asks for a reference to one gives it its number."""

    def __init__(self, items: dict[str, etree.Element]) -> None:
        self._items = items
        self._numbers: dict[str, int] = {}
        self._cited: dict[str, int] = {}

    def __contains__(self, key: object) -> bool:
        return key in self._items

    @property
    def elements(self) -> list[etree.Element]:
        """Their items, in the order in which they are written."""
        return list(self._items.values())

    def reference(self, key: str) -> etree.Element:
        """Return a reference to a footnote, with the number readers know it by."""
        number = self._numbers.setdefault(key, len(self._numbers) + 1)
        times = self._cited[key] = self._cited.get(key, 0) + 1
        mark = etree.Element("sup", {"id": f"fnref{times if times > 1 else ''}:{key}"})
        label = _("Source %(number)s") % {"number": number}
        link = etree.SubElement(mark, "a", {"class": "src", "href": f"#fn:{key}", "aria-label": label})
        link.text = str(number)
        return mark

    def as_section(self) -> etree.Element | None:
        """Return the list of sources, those that nobody cites last; None where there are no footnotes."""
        if not self._items:
            return None
        labels = {"class": "wide", "role": "doc-endnotes", "aria-label": _("Sources")}
        section = etree.Element("section", labels)
        title = etree.SubElement(section, "p", {"class": "note__name"})
        title.text = _("Sources")
        listed = etree.SubElement(section, "ol", {"class": "notes-list"})
        last = len(self._numbers) + 1
        for key in sorted(self._items, key=lambda key: self._numbers.get(key, last)):
            listed.append(self._items[key])
            if key in self._cited:
                _add_way_back(self._items[key], key)
        return section


def _add_way_back(item: etree.Element, key: str) -> None:
    """Add one link back, to the first citation: a row of arrows tells nobody which is which."""
    last = item[-1] if len(item) and item[-1].tag == "p" else etree.SubElement(item, "p")
    if len(last):
        last[-1].tail = f"{last[-1].tail or ''}\N{NO-BREAK SPACE}"
    else:
        last.text = f"{last.text or ''}\N{NO-BREAK SPACE}"
    labels = {"class": "back", "href": f"#fnref:{key}", "aria-label": _("Back to the text")}
    etree.SubElement(last, "a", labels).text = "\N{LEFTWARDS ARROW WITH HOOK}"
