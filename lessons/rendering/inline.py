"""What stands inside a line: facts, formulas and glossary terms, each replaced by a token of held HTML."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import NamedTuple

from django.utils.translation import gettext as _

from catalog.problems import did_you_mean
from lessons.rendering.code_spans import code_spans
from lessons.rendering.context import FactCitation, RenderContext, without_tokens
from lessons.rendering.mathml import MathError, tex_to_mathml

_DISPLAY = re.compile(r"(?<!\\)\$\$(?P<display>[^$]+)(?<!\\)\$\$")
_PATTERN = re.compile(
    r"\{\{\s*model:(?P<fact>[^{}]*)\}\}"
    rf"|{_DISPLAY.pattern}"
    r"|(?<![\\$\w])\$(?P<math>[^\s$](?:[^$]*?[^\s$\\])?)\$(?![\d$])"
    r"|\[(?P<shown>[^\[\]*]+)\]\(term:(?P<slug>[^()\[\]\s]*)\)"
)
_HUGGING = (("\\\\(", "\\\\)"), ("\\\\[", "\\\\]"))
"""How the Hugging Face course writes formulas, in a line and on their own."""


class Written(NamedTuple):
    """Part of a line, with the line of the file and the column it begins in, from 1."""

    text: str
    line: int
    column: int


def replace_inline(line: str, context: RenderContext, number: int) -> str:
    """Return the line with facts, formulas and terms held aside; code spans are left as they are."""
    return replace_in_lines([Written(line, number, 1)], context, in_heading=line.startswith("#"))[0]


def replace_in_lines(
    lines: Sequence[Written], context: RenderContext, *, in_heading: bool = False
) -> list[str]:
    """Return the lines of one text with facts, formulas and terms held aside; each may run over lines."""
    text = "\n".join(line.text for line in lines)
    if "{{" not in text and "$" not in text and "(term:" not in text and "\\\\" not in text:
        return [line.text for line in lines]
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line.text) + 1)

    def place(offset: int) -> tuple[int, int]:
        index = min(bisect_right(starts, offset), len(lines)) - 1
        return lines[index].line, lines[index].column + offset - starts[index]

    replacer = _Replacer(context, place, in_heading)
    out: list[str] = []
    at = 0
    for start, end in code_spans(text, _DISPLAY):
        out += [replacer.replace(text[at:start], at), text[start:end]]
        at = end
    out.append(replacer.replace(text[at:], at))
    return "".join(out).split("\n")


@dataclass(slots=True)
class _Replacer:
    context: RenderContext
    place: Callable[[int], tuple[int, int]]
    in_heading: bool

    def replace(self, text: str, offset: int) -> str:
        """Replace what stands in a text that begins at an offset; line ends stay, so lines stay in step."""

        def one(match: re.Match[str]) -> str:
            made = self._one(match, offset)  # what cannot be read stays as written, line ends included
            return made + "\n" * (match[0].count("\n") - made.count("\n"))

        text = self._hugging_face(text, offset) if "\\\\" in text else text
        return _PATTERN.sub(one, text)

    def _one(self, match: re.Match[str], offset: int) -> str:
        line, column = self.place(offset + match.start())
        if match["fact"] is not None:
            return _fact(match["fact"].strip(), match[0], self.context, line, column, self.in_heading)
        if match["slug"] is not None:
            line, column = self.place(offset + match.start("slug"))
            return link_term(" ".join(match["shown"].split()), match["slug"], self.context, line, column)
        kind = "math" if match["math"] is not None else "display"
        return self._math(match[kind], offset + match.start(kind), display=kind == "display")

    def _math(self, tex: str, offset: int, *, display: bool) -> str:
        shown = " ".join(tex.split())
        try:
            mathml = tex_to_mathml(shown, display=display)
        except MathError as error:
            leading = len(tex) - len(tex.lstrip())
            line, column = self.place(offset + leading + error.column - 1)
            message = _("this formula cannot be read: %(why)s") % {"why": error}
            self.context.warn(line, column, "math", message, _("It is shown as it is written."))
            return self.context.hold(f"<code>{escape(shown)}</code>", shown)
        # A wide formula scrolls within itself, so the keyboard must be able to reach it.
        held = f'<span class="formula" tabindex="0">{mathml}</span>' if display else mathml
        return self.context.hold(held, shown)

    def _hugging_face(self, text: str, offset: int) -> str:
        for opening, closing in _HUGGING:
            out: list[str] = []
            at = 0
            while (start := text.find(opening, at)) >= 0 and (end := text.find(closing, start + 3)) >= 0:
                tex = text[start + 3 : end]
                held = self._math(tex, offset + start + 3, display=opening[-1] == "[")
                out += [text[at:start], held, "\n" * tex.count("\n")]
                at = end + 3
            text = "".join([*out, text[at:]])
        return text


def _fact(name: str, written: str, context: RenderContext, number: int, column: int, in_heading: bool) -> str:
    slug, dot, field = name.rpartition(".")
    if not dot:
        context.report(
            number, column, "fact", _("a fact needs a slug and a field"), _("Write {{ model:slug.field }}.")
        )
        return written
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
        return written
    try:
        fact = context.library.facts.fact(slug, field)
    except LookupError as error:
        message, _sep, remedy = str(error.args[0]).partition(". ")
        context.report(number, column, "unknown-fact", message.rstrip("."), remedy)
        return written
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


def term_button(term: str, definition: str, shown: str) -> str:
    """Return the control that shows a glossary term's definition on hover, focus and tap."""
    return (
        f'<button type="button" class="term">{escape(shown)}'
        f'<span class="tip" role="tooltip"><b>{escape(without_tokens(term))}</b>'
        f"{escape(without_tokens(definition))}</span></button>"
    )


def link_term(shown: str, slug: str, context: RenderContext, line: int, column: int) -> str:
    """Return what stands for a glossary link; an unknown term is reported and its words stay."""
    term = context.library.terms.get(slug)
    if term is not None:
        return context.hold(term_button(term.term, term.definition, shown), shown)
    if context.library.terms:
        message = _("unknown glossary term '%(slug)s'") % {"slug": slug}
        context.report(line, column, "term", message, did_you_mean(slug, context.library.terms))
    return shown
