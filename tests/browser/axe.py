"""Holding a page to the rules that a program can check, at the widths and in the colors people use."""

from __future__ import annotations

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ALL_RULES = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": TAGS}}
OF_COLORS = {"resultTypes": ["violations"], "runOnly": {"type": "rule", "values": ["color-contrast"]}}
"""In other colors nothing but the contrast can differ."""

WIDE = {"width": 1440, "height": 900}
MIDDLE = {"width": 768, "height": 1024}
NARROW = {"width": 360, "height": 740}


def faults_of(page: Page) -> list[str]:
    """Return what is wrong with a page, wide and narrow, light and dark; the window keeps its last state."""
    page.evaluate(AXE_SCRIPT)
    found: list[str] = []
    for size in (WIDE, NARROW):
        page.set_viewport_size(size)
        for scheme, rules in (("light", ALL_RULES), ("dark", OF_COLORS)):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
            found += [f"{size['width']} {scheme}: {fault}" for fault in _run(page, rules)]
    page.emulate_media(color_scheme="light")
    return found + _sideways(page)


def _run(page: Page, rules: dict[str, object]) -> list[str]:
    """Return one line for each element that breaks a rule."""
    answer = page.evaluate("rules => axe.run(rules)", rules)
    return [
        f"{violation['id']} at {' '.join(map(str, node['target']))}: {_why(node)}"
        for violation in answer["violations"]
        for node in violation["nodes"]
    ]


def _why(node: dict[str, list[dict[str, str]]]) -> str:
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
