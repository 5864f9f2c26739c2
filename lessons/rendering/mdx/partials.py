"""Texts that several pages show: ``import Part from './_part.mdx'`` and ``<Part/>``."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from lessons.rendering.context import RenderContext
from lessons.rendering.links import content_path
from lessons.rendering.markers import fill_markers

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n.*?\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_MAX_DEPTH = 5


def render_partial(path: str, context: RenderContext) -> str:
    """Return held HTML of an imported text, rendered as the file it is; empty when there is none such.

    Its links are relative to its own file, and its problems name that.
    """
    # The pipeline reads pages through this package, so it cannot be imported before both are loaded.
    from lessons.rendering.pipeline import plain_text, render_page

    place = content_path(path.removeprefix("@site/"), context.path)
    text = context.library.partials.get(place)
    around = (*context.within, context.path)
    if text is None or place in around or len(around) > _MAX_DEPTH:
        return ""
    matter = _FRONT_MATTER.match(text)
    skipped = matter[0] if matter else ""
    own = RenderContext(place, context.library, text=text, cites_sources=False, within=around)
    page = render_page(text[len(skipped) :], own, skipped.count("\n") + 1)
    placed = [fence.line for fence in page.quiz_fences] + [each.line for each in page.directives]
    for line in sorted(placed):
        message = _("a text that other pages show holds no questions and nothing drawn from the catalog")
        own.warn(line, 1, "component", message, _("Move it to the pages themselves."))
    html = fill_markers(page.html, {})
    context.problems.extend(own.problems)
    context.citations.extend(own.citations)
    context.assets.update(own.assets)
    context.dropped.update(own.dropped)
    return context.hold(html, plain_text(html))
