"""What is open around a line: components, and the branches of a condition."""

from __future__ import annotations

from dataclasses import dataclass, field

from lessons.rendering.context import RenderContext
from lessons.rendering.directives import COMPONENT_COLONS
from lessons.rendering.mdx import components
from lessons.rendering.mdx.output import Output
from lessons.rendering.mdx.scanner import Tag
from lessons.rendering.mdx.unclosed import report_unclosed

MAX_DEPTH = 20
"""Components within one another; deeper ones keep their children and no more."""


@dataclass(slots=True)
class Frame:
    """One open component; ``colons`` is the length of its directive's fence, 0 when it has none.

    ``head`` is the index of the line that opens it, ``tabs`` the first and last lines of finished branches;
    ``labels`` and ``chosen`` are what tabs say of the tabs in them.
    """

    name: str
    line: int
    column: int
    indent: str = ""
    colons: int = 0
    head: int = 0
    labels: dict[str, str] = field(default_factory=dict)
    chosen: str = ""
    framework: str = ""
    tabs: list[tuple[int, int]] = field(default_factory=list)


class Frames:
    """Opens and closes components as directives: outer ones have longer fences."""

    def __init__(self, out: Output, context: RenderContext) -> None:
        self.out = out
        self.context = context
        self.stack: list[Frame] = []
        self._ignored = 0  # conditions nested too deep to be followed

    def is_open(self, name: str) -> bool:
        """Whether a component of this name is open."""
        return any(frame.name == name for frame in reversed(self.stack))

    def open_tag(self, tag: Tag, indent: str, line: int, column: int) -> None:
        """Open a component that becomes a directive, or one that only groups its children."""
        if self._is_tab(tag.name) and self.stack and self._is_tab(self.stack[-1].name):
            self.close_tag(self.stack[-1].name, is_missing=True)  # no tab holds one: its end was forgotten
        frame = Frame(tag.name, line, column, indent)
        if tag.name in components.BOXES:
            labels = next((each.labels for each in reversed(self.stack) if each.labels), {})
            chosen = self.stack[-1].chosen if self.stack else ""
            self._open_directive(frame, components.box_head(tag, labels, chosen))
            frame.labels, frame.chosen = components.labels_of(tag), tag.text("defaultValue")
        else:
            self.out.flush()
            frame.head = len(self.out.lines) - 1
            self.stack.append(frame)

    @staticmethod
    def _is_tab(name: str) -> bool:
        return components.BOXES.get(name) == "tab"

    def open_details(self, summary: str, is_open: bool, indent: str, line: int, column: int) -> None:
        """Open ``<details>``; its summary is Markdown or HTML within a line."""
        frame = Frame("details", line, column, indent)
        self._open_directive(frame, "details" + (f"[{summary}]" if summary else "") + "{open}" * is_open)

    def close_tag(self, name: str, *, is_missing: bool = False) -> None:
        """Close a component; report what was left open within, and itself where its end ``is_missing``."""
        while self.stack[-1].name != name:
            self._report_open(self.stack[-1])
            self._close(self.stack.pop())
        if is_missing:
            self._report_open(self.stack[-1])
        self._close(self.stack.pop())

    def close_all(self) -> None:
        """Close and report everything that is still open at the end."""
        while self.stack:
            self._report_open(self.stack[-1])
            self._leave_condition() if self.stack[-1].name == "if" else self._close(self.stack.pop())

    # -- conditions ----------------------------------------------------------------------------------

    def begin_condition(self, framework: str, indent: str, line: int, column: int) -> None:
        """Open the tabs of ``{#if fw === …}``; without a framework its branches just follow one another."""
        if len(self.stack) >= MAX_DEPTH:
            self._ignored += 1
            return
        frame = Frame("if", line, column, indent, framework=framework)
        if not framework:
            self.stack.append(frame)
            return
        self._open_directive(frame, 'tabs{group="framework"}')
        self._open_branch(frame, framework)

    def next_branch(self, framework: str) -> None:
        """Go on with the next branch; without a framework it is that of ``{:else}``."""
        frame = None if self._ignored else self._innermost_condition()
        if frame is not None and frame.framework:
            self._close_branch(frame)
            self._open_branch(frame, framework or components.other_framework(frame.framework))

    def end_condition(self) -> None:
        """Close the innermost condition."""
        if self._ignored:
            self._ignored -= 1
        elif self._innermost_condition() is not None:
            self._leave_condition()

    def _innermost_condition(self) -> Frame | None:
        """Close and report what is open within the innermost condition, and return that."""
        if not self.is_open("if"):
            return None
        while self.stack[-1].name != "if":
            self._report_open(self.stack[-1])
            self._close(self.stack.pop())
        return self.stack[-1]

    def _open_branch(self, frame: Frame, framework: str) -> None:
        self.out.block(f"{frame.indent}{':' * (frame.colons - 1)}{components.tab_head(framework)}")
        frame.tabs.append((len(self.out.lines) - 1, -1))

    def _close_branch(self, frame: Frame) -> None:
        start = frame.tabs[-1][0]
        self.out.dedent(start + 1, len(frame.indent))
        self.out.block(frame.indent + ":" * (frame.colons - 1))
        frame.tabs[-1] = (start, len(self.out.lines) - 1)

    def _leave_condition(self) -> None:
        frame = self.stack.pop()
        if not frame.framework:
            return
        self._close_branch(frame)
        # A branch whose tools were left out would be an empty tab.
        empty = [each for each in frame.tabs if self.out.is_empty(each[0] + 1, each[1])]
        for place in (place for each in empty for place in each):
            self.out.lines[place] = ""
        if len(empty) == len(frame.tabs):
            self.out.lines[frame.head] = ""
        else:
            self.out.block(frame.indent + ":" * frame.colons)

    # -- directives ----------------------------------------------------------------------------------

    def _open_directive(self, frame: Frame, head: str) -> None:
        if len(self.stack) < MAX_DEPTH:
            frame.colons = COMPONENT_COLONS + 2 * (MAX_DEPTH - len(self.stack))
            self.out.block(f"{frame.indent}{':' * frame.colons}{head}")
        frame.head = len(self.out.lines) - 1
        self.stack.append(frame)

    def _close(self, frame: Frame) -> None:
        if frame.colons or len(self.stack) < MAX_DEPTH:
            self.out.dedent(frame.head + 1, len(frame.indent))
        if frame.colons:
            self.out.block(frame.indent + ":" * frame.colons)

    def _report_open(self, frame: Frame) -> None:
        report_unclosed(self.context, frame.name, frame.line, frame.column)
