"""Markdown to stored HTML: normalize, render, sanitize, put held pieces back."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _
from markdown import Markdown
from markdown.extensions.footnotes import FootnoteExtension

from lessons.rendering.blocks import LessonBlocks
from lessons.rendering.context import HELD, FactCitation, RenderContext, without_tokens
from lessons.rendering.directives import Directive
from lessons.rendering.links import Destinations
from lessons.rendering.markers import fill_markers
from lessons.rendering.normalizer import Fence, normalize
from lessons.rendering.sanitizer import sanitize
from lessons.rendering.tree import Heading, LessonTree, SectionText

_EXTENSIONS = [
    "tables",
    "def_list",
    "attr_list",
    "sane_lists",
    "md_in_html",
    "pymdownx.tilde",
    "pymdownx.tasklist",
]
_LONE_TOKEN = re.compile(rf"<p>\s*({HELD.pattern})\s*</p>")
_LONE_PARAGRAPH = re.compile(r"\A<p>(?P<inner>(?:(?!</?p>).)*)</p>\Z", re.DOTALL)
_WORD = re.compile(r"\w[\w'’.-]*")


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """A page as HTML with markers, and what was found in it."""

    html: str
    headings: tuple[Heading, ...]
    sections: tuple[SectionText, ...]
    words: int
    quiz_fences: tuple[Fence, ...]
    directives: tuple[Directive, ...]
    citations: tuple[FactCitation, ...]
    assets: frozenset[str]


def render_page(text: str, context: RenderContext, first_line: int = 1) -> RenderedPage:
    """Render a page's Markdown, which begins at ``first_line``; problems go to ``context.problems``."""
    normalized = normalize(text, context, first_line)
    html, tree = _convert(_with_sources(normalized.text, context), context, Destinations(text, first_line))
    words = sum(len(_WORD.findall(section.text)) for section in tree.sections)
    return RenderedPage(
        html=html,
        headings=tuple(tree.headings),
        sections=tuple(tree.sections),
        words=words,
        quiz_fences=tuple(normalized.quiz_fences),
        directives=tuple(normalized.directives),
        citations=tuple(context.citations),
        assets=frozenset(context.assets),
    )


def render_fragment(text: str, context: RenderContext, line: int = 1) -> str:
    """Render a prompt, option or objective; a single paragraph comes without its ``<p>``."""
    context.cites_sources = False
    normalized = normalize(text.strip("\n"), context, line)
    html, _tree = _convert(normalized.text, context, Destinations(text, line))
    html = fill_markers(html, {}).strip()
    alone = _LONE_PARAGRAPH.match(html)
    return alone["inner"] if alone else html


def plain_text(html: str) -> str:
    """Return HTML as plain text on one line, for titles and search."""
    import html as entities

    return " ".join(entities.unescape(re.sub(r"<[^>]+>", "", html)).split())


def _convert(text: str, context: RenderContext, destinations: Destinations) -> tuple[str, LessonTree]:
    # A fresh parser for each text: footnotes and references never leak from one page to another.
    md = Markdown(
        extensions=[
            *_EXTENSIONS,
            FootnoteExtension(BACKLINK_TITLE="", USE_DEFINITION_ORDER=False),
            LessonBlocks(),
        ],
        output_format="html",
    )
    tree = LessonTree(md, context, destinations)
    md.treeprocessors.register(tree, "lesson", -10)
    try:
        made = md.convert(text)
    except RecursionError:  # Python-Markdown goes one call deeper at every level
        message = _("quotes, lists or brackets are nested too deep")
        context.report(destinations.first_line, 1, "too-deep", message, _("Nest them less."))
        made = ""
    html = sanitize(made, context.library.content_hosts, lambda value: without_tokens(context.plain(value)))
    return context.put_back(_LONE_TOKEN.sub(r"\1", html)), tree


def _with_sources(text: str, context: RenderContext) -> str:
    notes = "\n\n".join(f"[^{key}]: {words}" for words, key in context.sources.items())
    return f"{text}\n\n{notes}" if notes else text
