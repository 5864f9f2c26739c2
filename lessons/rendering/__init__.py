"""Markdown to sanitized HTML. Knows no database; content is rendered once, when it is loaded."""

from lessons.rendering.context import AssetLink, FactCitation, Library, RenderContext, Term
from lessons.rendering.directives import Directive
from lessons.rendering.fences import Fence
from lessons.rendering.markers import fill_markers
from lessons.rendering.pipeline import (
    RenderedPage,
    plain_text,
    render_fragment,
    render_page,
)
from lessons.rendering.tree import Heading, SectionText, github_anchor

__all__ = [
    "AssetLink",
    "Directive",
    "FactCitation",
    "Fence",
    "Heading",
    "Library",
    "RenderContext",
    "RenderedPage",
    "SectionText",
    "Term",
    "fill_markers",
    "github_anchor",
    "plain_text",
    "render_fragment",
    "render_page",
]
