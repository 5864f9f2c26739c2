"""How figures and tables are laid out once their inline text is done."""

from __future__ import annotations

import xml.etree.ElementTree as etree
from collections.abc import Callable

from django.utils.translation import gettext as _

from lessons.rendering.structure import TIGHT


def dissolve_tight(root: etree.Element) -> None:
    """Let the paragraphs of tight lists dissolve into their items."""
    for parent in list(root.iter()):
        if not any(child.tag == TIGHT for child in parent):
            continue
        children = list(parent)
        parent[:] = []
        for child in children:
            if child.tag != TIGHT:
                parent.append(child)
                continue
            _add_text(parent, child.text or "")
            parent.extend(child)
            _add_text(parent, "\n")


def _add_text(parent: etree.Element, text: str) -> None:
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def arrange_figures(root: etree.Element) -> None:
    """Put what a figure holds in order: finding, drawings, caption, the rest."""
    for figure in [each for each in root.iter("figure") if "fig" in each.get("class", "").split()]:
        caption = etree.Element("figcaption")
        arranged: list[etree.Element] = []
        for child in figure:
            if child.tag != "p" or child.get("class") == "fig__title":
                arranged.append(child)
            elif _holds_only_images(child):
                for image in child:
                    image.tail = None
                    arranged.append(image)
            else:
                caption.append(child)
        if len(caption):
            drawings = [index for index, child in enumerate(arranged) if child.tag in {"img", "table", "div"}]
            arranged.insert(drawings[-1] + 1 if drawings else len(arranged), caption)
        figure[:] = arranged


def arrange_tables(root: etree.Element, text_of: Callable[[etree.Element], str]) -> None:
    """Let each table scroll within a region that is named by its columns."""
    for parent in list(root.iter()):
        for position, table in enumerate(parent):
            if table.tag == "table":
                _style_cells(table)
                parent[position] = _scroll(table, text_of)


def _style_cells(table: etree.Element) -> None:
    table.set("class", "tbl tight")
    for cell in table.iter():
        if cell.tag == "th":
            cell.set("scope", "col")
        align = cell.attrib.pop("align", "")
        if align in {"right", "center"}:
            cell.set("class", "r" if align == "right" else "num")


def _scroll(table: etree.Element, text_of: Callable[[etree.Element], str]) -> etree.Element:
    titles = [title for cell in table.iter("th") if (title := text_of(cell))]
    label = _("Table: %(columns)s") % {"columns": ", ".join(titles)} if titles else _("Table")
    labels = {"class": "scroll wide", "tabindex": "0", "role": "region", "aria-label": label}
    scroll = etree.Element("div", labels)
    scroll.tail, table.tail = table.tail, None
    scroll.append(table)
    return scroll


def _holds_only_images(element: etree.Element) -> bool:
    children = list(element)
    return (
        bool(children)
        and all(child.tag == "img" and not (child.tail or "").strip() for child in children)
        and not (element.text or "").strip()
    )
