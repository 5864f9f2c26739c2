"""``:::name Title`` … ``:::``: which lines open and close what, at any nesting."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from lessons.rendering.code_fences import lines_of_code
from lessons.rendering.context import RenderContext

CATALOG_DIRECTIVES = {"families", "landscape", "models"}
"""Directives that the catalog draws, when content is loaded."""

_OPEN = re.compile(
    r"^(?P<indent>\s*)(?P<colons>:{3,})\s*(?P<name>[A-Za-z][\w-]*)\s*(?:\[(?P<bracket>.*)\])?\s*(?P<rest>[^{\[]*?)\s*(?:\{.*\})?\s*$"
)
_CLOSE = re.compile(r"^\s*(?P<colons>:{3,})\s*$")

_BLOCKS = {
    "note": "note",
    "info": "info",
    "tip": "tip",
    "success": "tip",
    "important": "important",
    "warning": "warning",
    "caution": "warning",
    "danger": "danger",
    "error": "danger",
    "figure": "figure",
    "details": "details",
}


@dataclass(frozen=True, slots=True)
class Directive:
    """One directive: its name, what stands behind it, its body, its line (from 1) and its indentation."""

    name: str
    argument: str
    line: int
    body: str = ""
    end: int = 0
    indent: str = ""


@dataclass(slots=True)
class Opened:
    """Indexes of lines that open a directive and of lines that close one, each with its height."""

    opens: dict[int, tuple[Directive, int]] = field(default_factory=dict)
    closes: dict[int, tuple[Directive, int]] = field(default_factory=dict)


@dataclass(slots=True)
class _Pending:
    index: int
    colons: int
    directive: Directive
    height: int = 3


def block_name(name: str) -> str:
    """Return the block a directive becomes; an unknown name is a plain titled box."""
    return _BLOCKS.get(name.lower(), "aside")


def block_head(directive: Directive, height: int, title: str) -> str:
    """Return the line that opens a directive's block for Python-Markdown."""
    name = block_name(directive.name)
    if name == "aside" and not title:
        title = directive.name.replace("-", " ").capitalize()
    head = f"{directive.indent}{'/' * height} {name}"
    return f"{head} | {title}" if title else head


def block_tail(directive: Directive, height: int) -> str:
    """Return the line that closes the block a directive becomes."""
    return directive.indent + "/" * height


def open_directives(lines: list[str], numbers: list[int], context: RenderContext) -> Opened:
    """Match every opening line with its closing line; report what is never closed or never opened.

    ``numbers`` says which line of the file each of ``lines`` comes from.

    Heights grow outward, since Python-Markdown's blocks nest by the length of their fence.
    """
    found = Opened()
    stack: list[_Pending] = []
    code = lines_of_code(lines)
    for index, line in enumerate(lines):
        if index in code:
            continue
        if closing := _CLOSE.match(line):
            if stack:
                _close(stack, found, index, lines, len(closing["colons"]))
            else:
                context.warn(numbers[index], 1, "directive", _("this ':::' closes nothing"), _("Remove it."))
        elif opening := _OPEN.match(line):
            argument = (opening["bracket"] or opening["rest"] or "").strip()
            directive = Directive(opening["name"].lower(), argument, numbers[index], indent=opening["indent"])
            stack.append(_Pending(index, len(opening["colons"]), directive))
    for pending in stack:
        message = _("':::%(name)s' is never closed") % {"name": pending.directive.name}
        context.report(pending.directive.line, 1, "directive", message, _("Close it with a line of ':::'."))
    return found


def _close(stack: list[_Pending], found: Opened, index: int, lines: list[str], colons: int) -> None:
    # A longer closing line ends the nearest directive that was opened as long; else the innermost.
    position = next((i for i in range(len(stack) - 1, -1, -1) if stack[i].colons == colons), len(stack) - 1)
    while len(stack) > position:
        pending = stack.pop()
        body = "\n".join(lines[pending.index + 1 : index])
        found.opens[pending.index] = (replace(pending.directive, body=body, end=index), pending.height)
        found.closes[index] = (pending.directive, pending.height)
        if stack:
            stack[-1].height = max(stack[-1].height, pending.height + 1)
