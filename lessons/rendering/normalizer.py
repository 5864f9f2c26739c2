"""From the Markdown that Docusaurus and GitHub show, to the dialect of Python-Markdown.

Everything that needs a line number happens here: facts, formulas, terms, fences and directives are found in
the author's own lines, and trusted HTML is held aside before Markdown sees the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from lessons.rendering.code import fence_language, render_fence
from lessons.rendering.code_fences import CodeFence, may_open_fence, read_code_fence
from lessons.rendering.context import RenderContext, without_tokens
from lessons.rendering.directives import (
    CATALOG_DIRECTIVES,
    Directive,
    block_head,
    block_name,
    block_tail,
    open_directives,
)
from lessons.rendering.fences import Fence
from lessons.rendering.inline import replace_inline
from lessons.rendering.lists import indent_lists
from lessons.rendering.markers import marker
from lessons.rendering.mdx import plain_lines

_ALERT = re.compile(r"^>\s*\[!(?P<name>NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]\s*$", re.IGNORECASE)
_DISPLAY = re.compile(r"^\s*\$\$\s*$")


@dataclass(slots=True)
class Normalized:
    """Markdown for Python-Markdown, and what was taken out of it."""

    text: str = ""
    quiz_fences: list[Fence] = field(default_factory=list)
    directives: list[Directive] = field(default_factory=list)


def normalize(text: str, context: RenderContext, first_line: int = 1) -> Normalized:
    """Return the text as Python-Markdown wants it; problems go to the context."""
    return _Normalizer(text, context, first_line).run()


class _Normalizer:
    """Walks the lines once; every line that is out went through exactly one of its steps."""

    def __init__(self, text: str, context: RenderContext, first_line: int) -> None:
        self.context = context
        written = without_tokens(text).split("\n")
        plain = plain_lines(written, context, first_line, is_mdx=context.path.endswith(".mdx"))
        # One tag of MDX may come out as several lines: numbers keep where each comes from.
        self.lines, self.numbers = plain.physical(first_line)
        self.out: list[str] = []
        self.result = Normalized(quiz_fences=plain.fences)
        self.opened = open_directives(self.lines, self.numbers, context)
        self.at = 0

    def run(self) -> Normalized:
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if may_open_fence(line) and (fence := read_code_fence(self.lines, self.at)):
                self._fence(fence)
            elif self.at in self.opened.opens:
                self._directive()
            elif self.at in self.opened.closes:
                self.out += ["", block_tail(*self.opened.closes[self.at]), ""]
                self.at += 1
            elif _DISPLAY.match(line):
                self._formula()
            elif alert := _ALERT.match(line):
                self._alert(alert["name"].lower())
            else:
                self.out.append(replace_inline(line, self.context, self.number))
                self.at += 1
        self.result.quiz_fences.sort(key=lambda fence: fence.line)
        self.result.text = indent_lists("\n".join(self.out))
        return self.result

    @property
    def number(self) -> int:
        """The line of the file that is being read, from 1."""
        return self.numbers[self.at]

    def _block(self, token: str, indent: str = "") -> None:
        self.out += ["", indent + token, ""]

    def _fence(self, fence: CodeFence) -> None:
        start, source = self.number, "\n".join(fence.body)
        if not fence.closed:
            message = _("this code block is never closed; it runs to the end of the page")
            self.context.warn(
                start, len(fence.lead) + 1, "fence", message, _("Close it with the same fence.")
            )
        if fence_language(fence.info) == "quiz":
            self.result.quiz_fences.append(Fence(start + 1, source))
            token = marker("fence", str(start + 1))
        else:
            token = self.context.hold(render_fence(source, fence.info), source)
        # A fence may stand right behind a list marker: then it begins the item.
        self.out += ["", fence.lead + token, ""] if not fence.lead.strip() else [fence.lead + token, ""]
        self.at = fence.end

    def _directive(self) -> None:
        directive, height = self.opened.opens[self.at]
        if directive.name in CATALOG_DIRECTIVES:
            index = len(self.result.directives)
            self.result.directives.append(directive)
            self._block(marker("directive", str(index)))
            self.at = directive.end + 1
            return
        title = replace_inline(directive.argument, self.context, self.number)
        self.out += ["", block_head(directive, height, title), ""]
        self.at += 1

    def _formula(self) -> None:
        start = self.number
        body: list[str] = []
        self.at += 1
        while self.at < len(self.lines) and not _DISPLAY.match(self.lines[self.at]):
            body.append(self.lines[self.at])
            self.at += 1
        if self.at >= len(self.lines):
            self.context.report(
                start, 1, "math", _("a formula that begins with $$ never ends"), _("Close it with $$.")
            )
        self.at += 1
        self._block(replace_inline(f"$${' '.join(body)}$$", self.context, start))

    def _alert(self, name: str) -> None:
        self.out += ["", f"/// {block_name(name)}", ""]
        self.at += 1
        while self.at < len(self.lines) and self.lines[self.at].startswith(">"):
            quoted = self.lines[self.at][1:].removeprefix(" ")
            self.out.append(replace_inline(quoted, self.context, self.number))
            self.at += 1
        self.out += ["", "///", ""]
