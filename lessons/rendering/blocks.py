"""The boxes of a lesson as Python-Markdown blocks: notes, figures, details, tabs."""

from __future__ import annotations

import xml.etree.ElementTree as etree
from typing import Any

from django.utils.translation import gettext_lazy as _
from markdown import Markdown
from pymdownx.blocks import BlocksExtension
from pymdownx.blocks.block import Block

_TITLES = {
    "note": _("Note"),
    "info": _("Good to know"),
    "tip": _("Tip"),
    "important": _("Important"),
    "warning": _("Careful"),
    "danger": _("Danger"),
    "aside": "",
}
_WARNINGS = {"warning", "danger"}


class _Box(Block):  # type: ignore[misc]
    """A note: its name in the margin, its text beside it."""

    ARGUMENT = None

    def on_create(self, parent: etree.Element) -> etree.Element:
        name = self.NAME
        box = etree.SubElement(parent, "aside", {"class": "note note--warn" if name in _WARNINGS else "note"})
        title = etree.SubElement(box, "p", {"class": "note__name"})
        title.text = self.argument or str(_TITLES[name])
        self._body = etree.SubElement(box, "div")
        return box

    def on_add(self, block: etree.Element) -> etree.Element:
        return self._body


class _Figure(Block):  # type: ignore[misc]
    """A figure: finding, drawing, caption; arranged when its inline text is done."""

    NAME = "figure"
    ARGUMENT = None

    def on_create(self, parent: etree.Element) -> etree.Element:
        figure = etree.SubElement(parent, "figure", {"class": "fig wide"})
        if self.argument:
            etree.SubElement(figure, "p", {"class": "fig__title"}).text = self.argument
        return figure


class _Details(Block):  # type: ignore[misc]
    """Text that opens on demand."""

    NAME = "details"
    ARGUMENT = None
    IS_OPEN = False

    def on_create(self, parent: etree.Element) -> etree.Element:
        details = etree.SubElement(parent, "details", {"open": "open"} if self.IS_OPEN else {})
        etree.SubElement(details, "summary").text = self.argument or str(_("Details"))
        return details


class _OpenDetails(_Details):
    """Text that may be put away."""

    NAME = "details-open"
    IS_OPEN = True


class _Tabs(Block):  # type: ignore[misc]
    """Variants of one text. A script makes tabs of them; without it they stand under one another.

    The argument is the group: tabs of one group switch together.
    """

    NAME = "tabs"
    ARGUMENT = None

    def on_create(self, parent: etree.Element) -> etree.Element:
        group = {"data-group": self.argument} if self.argument else {}
        return etree.SubElement(parent, "div", {"class": "variants"} | group)


class _Tab(Block):  # type: ignore[misc]
    """One variant, with its name above it."""

    NAME = "tab"
    ARGUMENT = None
    IS_DEFAULT = False

    def on_create(self, parent: etree.Element) -> etree.Element:
        chosen = {"data-default": ""} if self.IS_DEFAULT else {}
        tab = etree.SubElement(parent, "div", {"class": "variant"} | chosen)
        etree.SubElement(tab, "p", {"class": "variant__name"}).text = self.argument or str(_("Tab"))
        return tab


class _DefaultTab(_Tab):
    """The variant shown first, wherever it stands."""

    NAME = "tab-default"
    IS_DEFAULT = True


class LessonBlocks(BlocksExtension):  # type: ignore[misc]
    """Registers every block that a directive can become."""

    def extendMarkdownBlocks(self, md: Markdown, block_mgr: Any) -> None:  # noqa: N802
        """Register the blocks; the name is pymdown-extensions'."""
        for name in _TITLES:
            block_mgr.register(type(f"{name.title()}Box", (_Box,), {"NAME": name}), {})
        for block in (_Figure, _Details, _OpenDetails, _Tabs, _Tab, _DefaultTab):
            block_mgr.register(block, {})
