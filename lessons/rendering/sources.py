"""Footnotes as a page's list of sources, numbered as a reader meets them."""

from __future__ import annotations

import xml.etree.ElementTree as etree

from django.utils.translation import gettext as _


def take_sources(root: etree.Element) -> etree.Element | None:
    """Take the footnotes out and return them as the page's list of sources."""
    found = next((each for each in root.iter("div") if each.get("class") == "footnote"), None)
    if found is None:
        return None
    root.remove(found)
    labels = {"class": "wide", "role": "doc-endnotes", "aria-label": _("Sources")}
    section = etree.Element("section", labels)
    title = etree.SubElement(section, "p", {"class": "note__name"})
    title.text = _("Sources")
    items = found.find("ol")
    if items is not None:
        items.set("class", "notes-list")
        section.append(items)
        _number(root, items)
    _keep_first_way_back(section)
    for back in section.iter("a"):
        if back.get("class") == "footnote-backref":
            back.set("class", "back")
            back.set("aria-label", _("Back to the text"))
            back.attrib.pop("title", None)
    return section


def _keep_first_way_back(section: etree.Element) -> None:
    """Leave one link back a source: a row of arrows, one a citation, tells nobody which is which."""
    for parent in section.iter():
        for extra in [each for each in parent if each.get("class") == "footnote-backref"][1:]:
            parent.remove(extra)


def _number(root: etree.Element, items: etree.Element) -> None:
    """Number references and sources as a reader meets them; Markdown works through tables last."""
    numbers: dict[str, int] = {}
    for reference in root.iter("a"):
        if reference.get("class") != "footnote-ref":
            continue
        number = numbers.setdefault(reference.get("href", "").removeprefix("#"), len(numbers) + 1)
        reference.text = str(number)
        reference.set("class", "src")
        reference.set("aria-label", _("Source %(number)s") % {"number": number})
    items[:] = sorted(items, key=lambda item: numbers.get(item.get("id", ""), len(numbers) + 1))
