"""Markdown to stored HTML: normalize, render, sanitize, put held pieces back."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from dataclasses import dataclass

from django.utils.translation import gettext as _
from markdown import Markdown
from markdown.util import Registry

from lessons.rendering.authors_html import deepest
from lessons.rendering.blocks import LessonBlocks
from lessons.rendering.containers import MAX_DEPTH
from lessons.rendering.context import HELD, FactCitation, RenderContext, without_tokens
from lessons.rendering.destinations import Destinations
from lessons.rendering.directives import Directive
from lessons.rendering.fences import Fence
from lessons.rendering.html_cost import is_too_costly
from lessons.rendering.left_out import count_tags
from lessons.rendering.linking import Linking
from lessons.rendering.loose import LONE_RAW, RawPieces
from lessons.rendering.markers import fill_markers
from lessons.rendering.normalizer import Normalized, normalize
from lessons.rendering.parser import MarkParser
from lessons.rendering.sanitizer import sanitize
from lessons.rendering.sources import Notes
from lessons.rendering.structure import END, begin
from lessons.rendering.tree import Heading, LessonTree, SectionText
from lessons.rendering.weaving import InlineTree

_LONE_TOKEN = re.compile(rf"<p>\s*({HELD.pattern})\s*</p>")
_LONE_PARAGRAPH = re.compile(r"\A<p>(?P<inner>(?:(?!</?p>).)*)</p>\Z", re.DOTALL)
_HTML_H1 = re.compile(r"<(/?)h1(?=[\s>])", re.IGNORECASE)
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
    _add_sources(normalized, context)
    html, tree = _convert(normalized, context, Destinations(text, first_line, normalized.code_lines))
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
    html, _tree = _convert(normalized, context, Destinations(text, line, normalized.code_lines))
    html = fill_markers(html, {}).strip()
    alone = _LONE_PARAGRAPH.match(html)
    return alone["inner"] if alone else html


def plain_text(html: str) -> str:
    """Return HTML as plain text on one line, for titles and search."""
    import html as entities

    return " ".join(entities.unescape(re.sub(r"<[^>]+>", "", html)).split())


class _LessonMarkdown(Markdown):
    """Python-Markdown with our reading of blocks and inline text in place of its own.

    Made afresh for each text, which costs next to nothing: notes and references never leak between texts.
    """

    def build_parser(self) -> _LessonMarkdown:
        """Set up the parts; only what is registered here runs."""
        for parts in ("preprocessors", "inlinePatterns", "treeprocessors", "postprocessors"):
            setattr(self, parts, Registry())
        self.sources: dict[str, etree.Element] = {}
        self.parser = MarkParser(self, self.sources)
        return self


def _to_html(root: etree.Element) -> str:
    return etree.tostring(root, encoding="unicode", method="html")


def _convert(
    normalized: Normalized, context: RenderContext, destinations: Destinations
) -> tuple[str, LessonTree]:
    md = _LessonMarkdown(extensions=[LessonBlocks()])
    md.serializer = _to_html
    notes = Notes(md.sources)
    inline = InlineTree(md, context, normalized.references, notes)
    tree = LessonTree(md, context, Linking(context, destinations), notes)
    md.treeprocessors.register(inline, "inline", 20)
    md.treeprocessors.register(tree, "lesson", -10)
    made = md.convert(normalized.text)
    if inline.is_too_deep or deepest(context.raw) > MAX_DEPTH:
        message = _("quotes, lists or brackets are nested too deep")
        context.report(destinations.first_line, 1, "too-deep", message, _("Nest them less."))
        return "", tree
    count_tags(context.raw, context.dropped)
    made = LONE_RAW.sub(RawPieces(context.raw, context.raw_blocks).put, made)
    if context.raw and is_too_costly(made):
        message = _("so many tags of HTML are never closed, or have so many attributes, that none are read")
        context.report(destinations.first_line, 1, "unclosed-html", message, _("Close them."))
        return "", tree
    if context.raw:
        made = _HTML_H1.sub(r"<\1h2", made)  # the page's own title is its h1
    made = tree.linking.without_bare_links(made)
    html = sanitize(made, context.library.content_hosts, lambda value: without_tokens(context.plain(value)))
    return context.put_back(_LONE_TOKEN.sub(r"\1", html)), tree


def _add_sources(normalized: Normalized, context: RenderContext) -> None:
    """Add the sources of facts behind the text, as footnotes."""
    for words, key in context.sources.items():
        normalized.entries += [begin("source") + key, begin("p") + words, END]
