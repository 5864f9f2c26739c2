"""Holding a page to the rules that a program can check, at the widths and in the colors people use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, ViewportSize

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ALL_RULES = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": TAGS}}
OF_COLORS = {"resultTypes": ["violations"], "runOnly": {"type": "rule", "values": ["color-contrast"]}}
"""In other colors nothing but the contrast can differ."""

WIDE = ViewportSize(width=1440, height=900)
MIDDLE = ViewportSize(width=768, height=1024)
NARROW = ViewportSize(width=360, height=740)


def faults_of(page: Page) -> list[str]:
    """Return what is wrong with a page, wide and narrow, light and dark; the window keeps its last state."""
    page.evaluate(AXE_SCRIPT)
    found: list[str] = []
    for size in (WIDE, NARROW):
        page.set_viewport_size(size)
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        found += [f"{size['width']} light: {fault}" for fault in _run(page, ALL_RULES)]
        page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        found += [f"{size['width']} dark: {fault}" for fault in _run(page, OF_COLORS)]
    page.emulate_media(color_scheme="light")
    return found + _sideways(page)


def _run(page: Page, rules: Mapping[str, Any]) -> list[str]:
    """Return one line for each element that breaks a rule."""
    answer = page.evaluate("rules => axe.run(rules)", rules)
    return [
        f"{violation['id']} at {' '.join(map(str, node['target']))}: {_why(node)}"
        for violation in answer["violations"]
        for node in violation["nodes"]
    ]


def _why(node: Mapping[str, Any]) -> str:
    return "; ".join(check["message"] for kind in ("any", "all", "none") for check in node[kind])


def _sideways(page: Page) -> list[str]:
    """Return the widths at which the page is wider than its window."""
    found = []
    for size in (WIDE, MIDDLE, NARROW):
        page.set_viewport_size(size)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > size["width"]:
            found.append(f"{size['width']}: the page is {width} wide")
    return found
