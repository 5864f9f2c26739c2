"""Walks a text once and takes MDX out of it: what stays Markdown is not touched."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from lessons.rendering.context import RenderContext
from lessons.rendering.fences import Fence
from lessons.rendering.left_out import count_handlers
from lessons.rendering.mdx import components
from lessons.rendering.mdx.blocks import Blocks
from lessons.rendering.mdx.indents import opens_text
from lessons.rendering.mdx.modules import read_statement
from lessons.rendering.mdx.places import Places
from lessons.rendering.mdx.questions import end_of_broken
from lessons.rendering.mdx.scanner import MAX_SPAN, Tag, literal, read_braces, read_tag
from lessons.rendering.mdx.unclosed import OpenTags

_SPECIAL = re.compile(r"[`<{\\$\n]")
_HEADING = re.compile(r" {0,3}#{1,6}\s")
_DIRECTIVE = re.compile(r"[ \t]*:{3,}")
_COMMENT_ID = re.compile(r"\{/\*\s*#(?P<id>[^\s{}]+?)\s*\*/\}")
_KEPT = re.compile(r"\{:?\s*[#.][\w-][^{}\n]*\}|\{\{\s*model:[^{}\n]*\}\}")
"""Braces that are the Markdown's own: a heading's anchor, attributes, a fact."""

_SVELTE = re.compile(r"\{\s*(?P<sign>[#:/@])(?P<word>[a-z]+)\b[^{}\n]*\}")
_MDBOOK = re.compile(
    r"\{\{\s*#(?P<word>quiz|include|rustdoc_include|playground|playpen|title|template)\b(?P<rest>[^{}\n]*)\}\}"
)
_CODE_INCLUDE = re.compile(r"\s*\{\{\s*#(?:include|rustdoc_include|playground)\s[^{}]*\}\}")
_MATH = re.compile(
    r"\$\$[^$]+\$\$|(?<![\\$\w])\$(?=[^\s$])[^$\n]*?[^\s\\$]\$(?![\d$])|(?<![\\$\w])\$[^\s$]\$(?![\d$])"
)
_RAW = frozenset({"script", "style", "pre", "textarea", "svg", "math"})
_QUESTION = re.compile(r"<Question\b")
_FREE_SPANS = 32
_ALONE = frozenset({"s"})
"""Tags that are also tokens of language models: without a partner in the paragraph they are text."""


class Reader:
    """The state of one walk; each step is given a place in the text and returns the place it read up to."""

    def __init__(self, places: Places, numbers: list[int], context: RenderContext, *, is_mdx: bool) -> None:
        self.places = places
        self.text = places.text
        self.numbers = numbers
        self.context = context
        self.is_mdx = is_mdx
        self.blocks = Blocks(places, numbers, context, is_mdx=is_mdx)
        self.open_tags = OpenTags(context, is_mdx=is_mdx)
        self.out = self.blocks.out
        self.budget = len(self.text) + _FREE_SPANS * MAX_SPAN  # characters that failed searches may cost
        self._missing: set[str] = set()

    def run(self) -> None:
        """Read the whole text; ``blocks`` then holds lines, questions and what is open."""
        at, end = 0, len(self.text)
        while at < end:
            if (at == 0 or self.text[at - 1] == "\n") and (after := self._whole_lines(at)) != at:
                at = after
                continue
            special = _SPECIAL.search(self.text, at)
            if special is None:
                self.out.text(self.text[at:])
                break
            place = special.start()
            if place > at:
                self.out.text(self.text[at:place])
            at = self._special(self.text[place], place)
        self.blocks.finish()
        self.open_tags.finish()

    def _special(self, sign: str, at: int) -> int:
        text = self.text
        if sign == "\n":
            return self._keep(at, at + 1)
        if sign == "\\":
            end = self._find("\\\\)", at) if text.startswith("\\\\(", at) else -1
            inside = 0 <= end < self.places.paragraph_end(at)
            return self._keep(
                at, end + 3 if inside else min(len(text), at + 2 - text.startswith("\n", at + 1))
            )
        if sign == "`":
            return self._keep(at, self.places.code_span_end(at))
        if sign == "$":
            formula = _MATH.match(text, at)
            return self._keep(at, formula.end() if formula else at + 1)
        return self._tag(at) if sign == "<" else self._braces(at)

    def _keep(self, at: int, end: int) -> int:
        self.out.text(self.text[at:end])
        return end

    def _find(self, mark: str, at: int) -> int:
        """Return where a mark comes next, or -1; what is missing once is not looked for again."""
        found = -1 if mark in self._missing else self.text.find(mark, at)
        if found < 0:
            self._missing.add(mark)
        return found

    def _drop(self, at: int, end: int, name: str) -> int:
        self.context.dropped[name] += 1
        self.out.blank(self.text[at:end])
        return end

    # -- whole lines ---------------------------------------------------------------------------------

    def _whole_lines(self, at: int) -> int:
        """Take lines that are read whole: code, directives, statements; return ``at`` when this is none."""
        row = self.places.row(at)
        lines = self.places.lines
        if row in self.places.code:
            if _CODE_INCLUDE.fullmatch(lines[row]):
                self._warn_include(at, lines[row].strip())
            self.out.code_line(lines[row])
            return self._end_line(at + len(lines[row]))
        line = lines[row]
        self.blocks.begin_line(row)
        if _DIRECTIVE.match(line):
            self.out.text(line)
            return self._end_line(at + len(line))
        if _HEADING.match(line):
            self.blocks.prompt_row = row
        elif self._may_hold_statement(row, line):
            if statement := read_statement(self.text, at):
                self.blocks.note_import(statement.name, statement.path)
                return self._drop(at, statement.end, statement.word)
            self.budget -= min(MAX_SPAN, len(self.text) - at)
        return at

    def _end_line(self, at: int) -> int:
        """Finish a line at its end; the place behind it."""
        return self._keep(at, at + 1) if at < len(self.text) else at

    def _may_hold_statement(self, row: int, line: str) -> bool:
        """Whether a block begins here, or goes on behind other statements."""
        if not line.startswith(("import", "export")) or self.budget < 0:
            return False
        previous = self.places.lines[row - 1].strip() if row else ""
        return not previous or (bool(self.out.lines) and not self.out.lines[-1].strip())

    # -- braces --------------------------------------------------------------------------------------

    def _braces(self, at: int) -> int:
        text = self.text
        if book := _MDBOOK.match(text, at):
            return self._mdbook(book)
        if text.startswith("{/*", at):
            return self._comment(at)
        if self._is_svelte(at):
            return self._svelte(at)
        if kept := _KEPT.match(text, at):
            return self._keep(at, kept.end())
        end = self._end_of_braces(at) if self.is_mdx else -1
        if end < 0:
            return self._keep(at, at + 1)
        if (shown := literal(text[at + 1 : end - 1])) is not None:
            self.out.text(" " if shown.isspace() else components.plain_markdown(shown))
            self.out.blank(text[at:end])
            return end
        return self._drop(at, end, "expression")

    def _end_of_braces(self, at: int) -> int:
        if self.budget < 0:
            return -1
        end = read_braces(self.text, at)
        if end < 0:
            self.budget -= min(MAX_SPAN, len(self.text) - at)
        elif self.places.holds_code(at, end) or "\\\\(" in self.text[at:end]:
            return -1  # a brace of the prose, around code or a formula
        return end

    def _comment(self, at: int) -> int:
        end = self._find("*/}", at)
        if end < 0:
            return self._keep(at, at + 1)
        line = self.places.lines[self.places.row(at)]
        anchor = _COMMENT_ID.match(self.text, at)
        if anchor and _HEADING.match(line):
            self.out.text(f"{{#{anchor['id']}}}")
            return anchor.end()
        return self._drop(at, end + 3, "MDX comment")

    def _is_svelte(self, at: int) -> bool:
        found = _SVELTE.match(self.text, at)
        if found is None:
            return False
        if found["word"] in {"if", "else"} and found["sign"] in "#:/":
            return self.is_mdx or self.out.is_fresh
        return self.is_mdx and found["word"] in {
            "each",
            "await",
            "key",
            "then",
            "catch",
            "html",
            "render",
            "const",
        }

    def _svelte(self, at: int) -> int:
        found = _SVELTE.match(self.text, at)
        if found is None:  # _is_svelte has seen it
            return self._keep(at, at + 1)
        framework = components.framework_of(found[0])
        if not self.blocks.condition(found["sign"] + found["word"], framework, at):
            self.context.dropped["condition" if found["word"] in {"if", "else"} else "expression"] += 1
        return found.end()

    def _mdbook(self, book: re.Match[str]) -> int:
        at = book.start()
        if book["word"] == "quiz":
            path = book["rest"].strip()
            self.blocks.place_fence(Fence(self.numbers[self.places.row(at)], path, "mdbook"), at)
            return book.end()
        if book["word"] != "title":
            self._warn_include(at, book[0])
        return self._drop(at, book.end(), f"mdBook #{book['word']}")

    def _warn_include(self, at: int, shown: str) -> None:
        line, column = self.numbers[self.places.row(at)], self.places.column(at)
        message = _("%(include)s is not carried out") % {"include": shown}
        self.context.warn(line, column, "component", message, _("Put the text in its place."))

    # -- tags ----------------------------------------------------------------------------------------

    def _tag(self, at: int) -> int:
        text = self.text
        if text.startswith("<!--", at):
            end = self._find("-->", at)
            return self._keep(at, end + 3 if end >= 0 else at + 1)
        if text[max(0, at - 16) : at].rstrip().endswith(("](", "]:")):
            return self._keep(at, at + 1)  # a link's address in angle brackets
        tag = read_tag(text, at) if self.budget > 0 else None
        if tag is None or self.places.holds_code(tag.start, tag.end):
            if text[at + 1 : at + 2].isalpha():
                self.budget -= 64
            return self._broken_question(at) if _QUESTION.match(text, at) else self._keep(at, at + 1)
        if not tag.name:
            return self._drop(at, tag.end, "fragment") if self.is_mdx else self._keep(at, at + 1)
        if tag.name in _RAW and not tag.is_closing and not tag.is_self_closing:
            closing = self.places.closing(tag.name, tag.end)
            if closing >= 0:
                return self._keep(at, text.index(">", closing) + 1)
        shouts = tag.name.isupper() and len(tag.name) > 1  # as old pages write HTML
        is_html = shouts and tag.name.lower() in components.HTML_TAGS
        if (
            (tag.is_component and not is_html)
            or tag.name in components.BOXES
            or tag.name in components.VIDEOS
        ):
            return self.blocks.component(tag) or self._as_text(at)
        if tag.name == "details" and (end := self.blocks.details(tag)):
            return end
        if tag.name.lower() not in components.HTML_TAGS:
            is_component = "-" in tag.name and self.blocks.has_partner(tag)
            return (self.blocks.component(tag) if is_component else 0) or self._as_text(at)
        if tag.name in _ALONE and not self.blocks.has_partner(tag, self.places.paragraph_end(at)):
            return self._as_text(at)
        return self._html(tag)

    def _broken_question(self, at: int) -> int:
        """Leave out a question that cannot be read: as text it would show learners which option is right."""
        line, column = self.numbers[self.places.row(at)], self.places.column(at)
        message, remedy = (
            _("this <Question> cannot be read"),
            _("Close its braces and the tag; it is left out."),
        )
        self.context.warn(line, column, "question", message, remedy)
        self.blocks.questions_read.add(at)
        return self._drop(at, end_of_broken(self.places, at), "component <Question>")

    def _html(self, tag: Tag) -> int:
        """Keep a tag of HTML; one with attributes of JSX is written anew."""
        written = self.text[tag.start : tag.end]
        if not tag.is_closing:
            count_handlers(tag.attributes, self.context.dropped)
        self.open_tags.note(tag, self.numbers[self.places.row(tag.start)], self.places.column(tag.start))
        is_first = self.out.is_fresh
        if tag.holds_braces or {"className", "htmlFor"} & tag.attributes.keys():
            written = components.plain_html(tag, written.count("\n"))
        self.out.text(written)
        if self.is_mdx and is_first and opens_text(self.places, tag):
            self.out.block("")
        return tag.end

    def _as_text(self, at: int) -> int:
        self.out.text("&lt;")
        return at + 1
