"""Reads MDX in tests: to Markdown, or to HTML."""

from __future__ import annotations

import re

from lessons.rendering import Fence, Library, RenderContext, fill_markers, render_page
from lessons.rendering.mdx import plain_lines


def read(
    text: str, path: str = "course/page.mdx", **library: object
) -> tuple[str, RenderContext, list[Fence]]:
    """Return the Markdown that is left of a text, with everything found on the way."""
    context = RenderContext(path, Library(**library), text=text)  # type: ignore[arg-type]
    lines = text.split("\n")
    result = plain_lines(lines, context, 1, is_mdx=path.endswith(".mdx"))
    assert len(result.lines) == len(lines), "as many entries out as lines in"
    return "\n".join(result.lines), context, result.fences


def render(text: str, path: str = "course/page.mdx", **library: object) -> tuple[str, RenderContext]:
    """Return the HTML of a text, with its problems and what was dropped."""
    context = RenderContext(path, Library(**library), text=text)  # type: ignore[arg-type]
    return render_page(text, context).html, context


def words(html: str) -> str:
    """Return what a reader reads."""
    return " ".join(re.sub(r"<[^>]+>", " ", fill_markers(html, {})).split())
