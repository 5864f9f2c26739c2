"""From the Markdown that Docusaurus and GitHub show, to the dialect of Python-Markdown.

Everything that needs a line number happens here: facts, formulas, terms, fences and directives are found in
the author's own lines, and trusted HTML is held aside before Markdown sees the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from lessons.rendering.code import line_numbers, render_code
from lessons.rendering.context import RenderContext, without_tokens
from lessons.rendering.directives import CATALOG_DIRECTIVES, Directive, block_name, open_directives
from lessons.rendering.inline import replace_inline
from lessons.rendering.lists import indent_lists
from lessons.rendering.markers import marker

FENCE = re.compile(r"^(?P<indent>[ \t]*)(?P<ticks>`{3,}|~{3,})[ \t]*(?P<info>[^`]*)$")
_INFO_LANGUAGE = re.compile(r"^\{?\.?(?P<language>[\w+#.-]*)")
_INFO_TITLE = re.compile(r"""title=(?P<quote>["'])(?P<title>.*?)(?P=quote)""")
_INFO_LINES = re.compile(r"\{(?P<ranges>[0-9,\s-]+)\}|hl_lines=[\"'](?P<hl>[0-9,\s-]+)[\"']")
_ALERT = re.compile(r"^>\s*\[!(?P<name>NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]\s*$", re.IGNORECASE)
_COMPONENT = re.compile(r"^\s*</?(?P<name>[A-Z][\w.]*)(?:\s[^>]*)?/?>\s*$")
_MODULE_LINE = re.compile(r"^(?:import\s.+\sfrom\s|import\s['\"]|export\s)")
_COMMENT = re.compile(r"^\s*\{/\*.*\*/\}\s*$")
_DISPLAY = re.compile(r"^\s*\$\$\s*$")


@dataclass(frozen=True, slots=True)
class Fence:
    """A fenced block that another app reads: its text and the line its text begins on, from 1."""

    line: int
    text: str


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
        self.lines = without_tokens(text).split("\n")
        self.context = context
        self.first_line = first_line
        self.out: list[str] = []
        self.result = Normalized()
        self.opened = open_directives(self.lines, context, first_line)
        self.at = 0

    def run(self) -> Normalized:
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if fence := FENCE.match(line):
                self._fence(fence)
            elif self.at in self.opened.opens:
                self._directive()
            elif self.at in self.opened.closes:
                self.out += ["", "/" * self.opened.closes[self.at], ""]
                self.at += 1
            elif _DISPLAY.match(line):
                self._formula()
            elif alert := _ALERT.match(line):
                self._alert(alert["name"].lower())
            elif not self._is_dropped(line):
                self.out.append(replace_inline(line, self.context, self.number))
                self.at += 1
        self.result.text = indent_lists("\n".join(self.out))
        return self.result

    @property
    def number(self) -> int:
        """The line of the file that is being read, from 1."""
        return self.at + self.first_line

    def _block(self, token: str, indent: str = "") -> None:
        self.out += ["", indent + token, ""]

    def _fence(self, opening: re.Match[str]) -> None:
        ticks, indent, start = opening["ticks"], opening["indent"], self.number
        closing = re.compile(rf"^[ \t]*{re.escape(ticks[0])}{{{len(ticks)},}}[ \t]*$")
        body: list[str] = []
        self.at += 1
        while self.at < len(self.lines) and not closing.match(self.lines[self.at]):
            body.append(self.lines[self.at].removeprefix(indent))
            self.at += 1
        self.at += 1
        info = opening["info"].strip()
        match = _INFO_LANGUAGE.match(info)
        language = match["language"].lower() if match else ""
        source = "\n".join(body)
        if language == "quiz":
            self.result.quiz_fences.append(Fence(start + 1, source))
            self._block(marker("fence", str(start + 1)), indent)
            return
        title = _INFO_TITLE.search(info)
        marked = frozenset[int]()
        for ranges in _INFO_LINES.finditer(info):
            marked |= line_numbers((ranges["ranges"] or ranges["hl"]).replace(" ", ","))
        html = render_code(source, language.split(",")[0], title["title"] if title else "", marked)
        self._block(self.context.hold(html, source), indent)

    def _directive(self) -> None:
        directive, height = self.opened.opens[self.at]
        if directive.name in CATALOG_DIRECTIVES:
            index = len(self.result.directives)
            self.result.directives.append(directive)
            self._block(marker("directive", str(index)))
            self.at = directive.end + 1
            return
        title = replace_inline(directive.argument, self.context, self.number)
        head = f"{'/' * height} {block_name(directive.name)}"
        if block_name(directive.name) == "aside" and not title:
            title = directive.name.replace("-", " ").capitalize()
        self.out += ["", f"{head} | {title}" if title else head, ""]
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

    def _is_dropped(self, line: str) -> bool:
        """Leave out what only MDX understands; a component's children stay and the component is reported."""
        if component := _COMPONENT.match(line):
            message = _("unknown component <%(name)s>") % {"name": component["name"]}
            column = len(line) - len(line.lstrip()) + 1
            self.context.warn(
                self.number, column, "component", message, _("Its content is kept as plain Markdown.")
            )
        elif not (_MODULE_LINE.match(line) or _COMMENT.match(line)):
            return False
        self.out.append("")
        self.at += 1
        return True
