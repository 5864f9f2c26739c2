"""What stands inside a line: facts, formulas and glossary terms, each replaced by a token of held HTML."""

from __future__ import annotations

import re
from html import escape

from django.utils.translation import gettext as _

from catalog.problems import did_you_mean
from lessons.rendering.context import FactCitation, RenderContext, without_tokens
from lessons.rendering.mathml import MathError, tex_to_mathml

FACT = re.compile(r"\{\{\s*model:(?P<name>[^{}]*?)\s*\}\}")
_CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")
_DISPLAY_MATH = re.compile(r"(?<!\\)\$\$(?P<tex>.+?)(?<!\\)\$\$")
_INLINE_MATH = re.compile(r"(?<![\\$\w])\$(?P<tex>[^\s$](?:[^$]*?[^\s$\\])?)\$(?![\d$])")
_TERM = re.compile(r"\[(?P<shown>[^\[\]\0]+)\]\(term:(?P<slug>[^)\s]*)\)")


def replace_inline(line: str, context: RenderContext, number: int) -> str:
    """Return the line with facts, formulas and terms held aside; code spans are left as they are."""
    if "{{" not in line and "$" not in line and "(term:" not in line:
        return line
    # Code spans keep their length as NULs, so that columns stay the author's.
    spans: list[str] = []

    def mask(match: re.Match[str]) -> str:
        spans.append(match[0])
        return "\0" * len(match[0])

    masked = _CODE_SPAN.sub(mask, line)
    line_is_heading = masked.startswith("#")
    masked = FACT.sub(lambda match: _fact(match, context, number, line_is_heading), masked)
    masked = _DISPLAY_MATH.sub(lambda match: _math(match, context, number, display=True), masked)
    masked = _INLINE_MATH.sub(lambda match: _math(match, context, number, display=False), masked)
    masked = _TERM.sub(lambda match: _term(match, context, number), masked)
    for span in spans:
        masked = masked.replace("\0" * len(span), span, 1)
    return masked


def _fact(match: re.Match[str], context: RenderContext, number: int, in_heading: bool) -> str:
    column = match.start() + 1
    slug, dot, field = match["name"].strip().rpartition(".")
    if not dot:
        context.report(
            number, column, "fact", _("a fact needs a slug and a field"), _("Write {{ model:slug.field }}.")
        )
        return match[0]
    if in_heading:
        context.report(
            number,
            column,
            "fact",
            _("a heading holds no fact"),
            _("Headings are addresses; cite it in the text."),
        )
    context.citations.append(FactCitation(number, slug, field))
    if context.library.facts is None:
        return match[0]
    try:
        fact = context.library.facts.fact(slug, field)
    except LookupError as error:
        message, _sep, remedy = str(error.args[0]).partition(". ")
        context.report(number, column, "fact", message.rstrip("."), remedy)
        return match[0]
    shown = without_tokens(fact.text)
    held = context.hold(f'<a class="fact" href="{escape(fact.url)}">{escape(shown)}</a>', shown)
    if not context.cites_sources:
        return held
    title = without_tokens(fact.source_title)
    return held + _source_reference(fact.source_url, title, fact.seen, context)


def _source_reference(url: str, title: str, seen: str, context: RenderContext) -> str:
    """Return a footnote reference to a fact's source; each source is listed once a page."""
    if not url:
        return ""
    words = _("%(title)s, seen %(day)s.") % {"title": f"[{title or url}]({url})", "day": seen}
    key = context.sources.setdefault(words, f"fact-{len(context.sources) + 1}")
    return f"[^{key}]"


def _math(match: re.Match[str], context: RenderContext, number: int, *, display: bool) -> str:
    tex = match["tex"].strip()
    try:
        mathml = tex_to_mathml(tex, display=display)
    except MathError as error:
        column = match.start("tex") + error.column
        message = _("this formula cannot be read: %(why)s") % {"why": error}
        context.warn(number, column, "math", message, _("It is shown as it is written."))
        return context.hold(f"<code>{escape(tex)}</code>", tex)
    # A wide formula scrolls within itself, so the keyboard must be able to reach it.
    shown = f'<span class="formula" tabindex="0">{mathml}</span>' if display else mathml
    return context.hold(shown, tex)


def term_button(term: str, definition: str, shown: str) -> str:
    """Return the control that shows a glossary term's definition on hover, focus and tap."""
    return (
        f'<button type="button" class="term">{escape(shown)}'
        f'<span class="tip" role="tooltip"><b>{escape(without_tokens(term))}</b>'
        f"{escape(without_tokens(definition))}</span></button>"
    )


def _term(match: re.Match[str], context: RenderContext, number: int) -> str:
    return link_term(match["shown"], match["slug"], context, number, match.start("slug") + 1)


def link_term(shown: str, slug: str, context: RenderContext, line: int, column: int) -> str:
    """Return what stands for a glossary link; an unknown term is reported and its words stay."""
    term = context.library.terms.get(slug)
    if term is not None:
        return context.hold(term_button(term.term, term.definition, shown), shown)
    if context.library.terms:
        message = _("unknown glossary term '%(slug)s'") % {"slug": slug}
        context.report(line, column, "term", message, did_you_mean(slug, context.library.terms))
    return shown
