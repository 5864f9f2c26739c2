"""Blocks that hold text: how each is written down once its last line is known."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from django.utils.translation import gettext as _

from lessons.rendering.authors_html import tamed
from lessons.rendering.code import fence_language, render_code, render_fence
from lessons.rendering.context import RenderContext
from lessons.rendering.fences import Fence
from lessons.rendering.inline import Written, replace_in_lines
from lessons.rendering.markers import marker
from lessons.rendering.mdx.questions import holds_question, report_stray, without_questions
from lessons.rendering.references import Target, take_definitions
from lessons.rendering.structure import begin
from lessons.rendering.syntax import TASK, HtmlStart, split_heading_id

Kind = Literal["paragraph", "fence", "indented", "html", "formula", "table"]


@dataclass(slots=True)
class Leaf:
    """An open block of text: its lines with the index of each among all lines."""

    kind: Kind
    index: int
    lines: list[Written] = field(default_factory=list)
    indexes: list[int] = field(default_factory=list)
    begins_item: bool = False
    info: str = ""
    fence: str = ""
    indent: int = 0
    column: int = 1
    html: HtmlStart | None = None
    align: str = ""
    is_closed: bool = False
    is_divided: bool = False
    """Whether the block is a formula that begins behind its ``$$``: then it may end before one too."""

    is_no_table: bool = False

    def add(self, index: int, text: str, line: int, column: int) -> None:
        """Add a line."""
        self.lines.append(Written(text, line, column))
        self.indexes.append(index)

    @property
    def text(self) -> str:
        """Its lines as one text."""
        return "\n".join(line.text for line in self.lines)


@dataclass(slots=True)
class LeafWriter:
    """Writes finished blocks into the entries of their lines."""

    context: RenderContext
    entries: list[list[str]]
    numbers: list[int]
    references: dict[str, Target] = field(default_factory=dict)
    fences: list[Fence] = field(default_factory=list)
    code_lines: set[int] = field(default_factory=set)
    """Numbers of the lines that are code, and hold no link however they look."""

    def write(self, leaf: Leaf) -> None:
        """Write a block whose last line is known."""
        if leaf.kind in {"fence", "indented"}:
            self.code_lines.update(line.line for line in leaf.lines)
        match leaf.kind:
            case "paragraph":
                self.paragraph(leaf)
            case "table":
                self._table(leaf)
            case "fence":
                self._fence(leaf)
            case "indented":
                self._indented(leaf)
            case "formula":
                self._formula(leaf)
            case "html":
                self._html(leaf)

    def paragraph(self, leaf: Leaf, kind: str = "p") -> None:
        """Write a paragraph; ``kind`` "dt" makes each line a term of a definition list."""
        self.take_definitions(leaf)
        if not leaf.lines:
            return
        task = self._task(leaf) if leaf.begins_item and kind == "p" else ""
        texts = replace_in_lines(leaf.lines, self.context)
        for position, (index, text) in enumerate(zip(leaf.indexes, texts, strict=True)):
            mark = begin(kind) if position == 0 or kind == "dt" else ""
            self.entries[index].append(mark + (task if position == 0 else "") + text)

    def heading(self, leaf: Leaf, level: int) -> None:
        """Write the heading whose text a block holds; its anchor may stand behind it."""
        last = leaf.lines[-1]
        title, anchor = split_heading_id(last.text)
        leaf.lines[-1] = last._replace(text=title)
        texts = replace_in_lines(leaf.lines, self.context, in_heading=True)
        texts[0] = begin("h", str(level), str(leaf.lines[0].line), anchor.replace(":", "")) + texts[0]
        for index, text in zip(leaf.indexes, texts, strict=True):
            self.entries[index].append(text)

    def take_definitions(self, leaf: Leaf) -> None:
        """Take the link definitions out that a paragraph begins with."""
        if not leaf.lines or not leaf.lines[0].text.startswith("["):
            return
        text = leaf.text
        end = take_definitions(text, self.references)
        taken = len(leaf.lines) if end >= len(text) else text.count("\n", 0, end)
        del leaf.lines[:taken], leaf.indexes[:taken]

    def _task(self, leaf: Leaf) -> str:
        """Take the box of a task off an item's first line; return what shows it."""
        first = leaf.lines[0]
        task = TASK.match(first.text)
        if task is None:
            return ""
        length = task.end()
        leaf.lines[0] = Written(first.text[length:], first.line, first.column + length)
        done = task["state"] != " "
        name = _("Done") if done else _("To do")
        sign = "\N{BALLOT BOX WITH CHECK}" if done else "\N{BALLOT BOX}"
        return self.context.hold(f'<span class="task" role="img" aria-label="{name}">{sign}</span>') + " "

    def _table(self, leaf: Leaf) -> None:
        texts = replace_in_lines(leaf.lines, self.context)
        self.entries[leaf.index].append(begin("table", leaf.align) + texts[0])
        for index, text in zip(leaf.indexes[1:], texts[1:], strict=True):
            self.entries[index].append(text)

    def _fence(self, leaf: Leaf) -> None:
        line, source = self.numbers[leaf.index], leaf.text
        if not leaf.is_closed:
            message = _("this code block is never closed; it runs to the end of what holds it")
            self.context.warn(line, leaf.column, "fence", message, _("Close it with the same fence."))
        if holds_question(leaf.info):  # a title, which is shown
            report_stray(self.context, line, leaf.column)
            leaf.info = without_questions(leaf.info)
        if fence_language(leaf.info) == "quiz":
            self.fences.append(Fence(line + 1, source))
            token = marker("fence", str(line + 1))
        else:
            token = self.context.hold(render_fence(source, leaf.info), source)
        self.entries[leaf.index].append(begin("p") + token)

    def _indented(self, leaf: Leaf) -> None:
        source = leaf.text.rstrip("\n \t")
        self.entries[leaf.index].append(begin("p") + self.context.hold(render_code(source, ""), source))

    def _formula(self, leaf: Leaf) -> None:
        first = self.numbers[leaf.index]
        if not leaf.is_closed:
            message = _("a formula that begins with $$ never ends")
            self.context.report(first, 1, "math", message, _("Close it with $$."))
        if not leaf.text.strip():
            return
        lines = [Written("$$", first, leaf.column), *leaf.lines, Written("$$", first, 1)]
        held = " ".join(replace_in_lines(lines, self.context)).strip()
        self.entries[leaf.index].append(begin("p") + held)

    def _html(self, leaf: Leaf) -> None:
        is_markup = leaf.html is not None and leaf.html.is_markup
        text = "\n".join(replace_in_lines(leaf.lines, self.context)) if is_markup else leaf.text
        token = self.context.keep_raw(tamed(text) + "\n", is_block=True)
        self.entries[leaf.index].append(begin("p") + token)
