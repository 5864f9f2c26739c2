"""``:::name Title`` … ``:::``: which lines open and close what, at any nesting."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from lessons.rendering.code_fences import lines_of_code
from lessons.rendering.context import RenderContext

CATALOG_DIRECTIVES = {"families", "landscape", "models"}
"""Directives that the catalog draws, when content is loaded."""

MAX_DEPTH = 100
"""Directives within one another, at most."""

COMPONENT_COLONS = 12
"""Fences of components and other syntaxes are at least this long, so that no author's ``:::`` closes them."""

_OPEN = re.compile(
    r"^(?P<indent>\s*)(?P<colons>:{3,})\s*(?P<name>[A-Za-z][\w-]*)(?![^\s\[{])(?P<rest>.*?)"
    r"(?:(?<!\{)\{(?P<attributes>[^{}]*)\})?\s*$"
)
_BRACKET = re.compile(r"\s*\[(?P<title>.*)\]\s*$")
_CLOSE = re.compile(r"^\s*(?P<colons>:{3,})\s*$")
_ATTRIBUTE = re.compile(
    r"""(?P<name>[\w:-]+)(?:=(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"']+)))?"""
)

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
    "tabs": "tabs",
    "tab": "tab",
}


@dataclass(frozen=True, slots=True)
class Directive:
    """One directive: its name, what stands behind it, its body, its line (from 1) and its indentation.

    ``attributes`` are those in braces behind it; one without a value has an empty one.
    """

    name: str
    argument: str
    line: int
    body: str = ""
    end: int = 0
    indent: str = ""
    attributes: tuple[tuple[str, str], ...] = ()

    def attribute(self, name: str) -> str | None:
        """Return an attribute's value, or None when it is not given."""
        return dict(self.attributes).get(name)


@dataclass(slots=True)
class Opened:
    """Indexes of lines that open a directive, and of lines that close one."""

    opens: dict[int, Directive] = field(default_factory=dict)
    closes: set[int] = field(default_factory=set)


@dataclass(slots=True)
class _Pending:
    index: int
    colons: int
    directive: Directive


def block_name(name: str) -> str:
    """Return the block a directive becomes; an unknown name is a plain titled box."""
    return _BLOCKS.get(name.lower(), "aside")


def block_head(directive: Directive, title: str) -> str:
    """Return what opens a directive's block, as pymdown-extensions writes it; ``title`` is Markdown."""
    name = block_name(directive.name)
    if name == "aside" and not title:
        title = directive.name.replace("-", " ").capitalize()
    if name == "tabs":
        title = directive.attribute("group") or title
    elif name == "tab" and directive.attribute("default") is not None:
        name = "tab-default"
    elif name == "details" and directive.attribute("open") is not None:
        name = "details-open"
    return f"/// {name} | {title}" if title else f"/// {name}"


def open_directives(lines: list[str], numbers: list[int], context: RenderContext) -> Opened:
    """Match every opening line with its closing line; report what is never closed or never opened.

    ``numbers`` says which line of the file each of ``lines`` comes from.
    """
    found = Opened()
    stack: list[_Pending] = []
    if not any(":::" in line for line in lines):
        return found
    code = lines_of_code(lines)
    for index, line in enumerate(lines):
        if ":::" not in line or index in code:
            continue
        if closing := _CLOSE.match(line):
            position = _closed_by(len(closing["colons"]), stack)
            if position is None:
                context.warn(numbers[index], 1, "directive", _("this ':::' closes nothing"), _("Remove it."))
                continue
            for pending in stack[position + 1 :]:
                _report_open(pending, context)
            _close(stack, position, found, index, lines)
        elif (opening := _OPEN.match(line)) and len(stack) >= MAX_DEPTH:
            message = _("quotes, lists or brackets are nested too deep")
            context.report(numbers[index], 1, "too-deep", message, _("Nest them less."))
            return Opened()
        elif opening:
            stack.append(_Pending(index, len(opening["colons"]), _directive(opening, numbers[index])))
    for pending in stack:
        _report_open(pending, context)
    return found


def _directive(opening: re.Match[str], line: int) -> Directive:
    rest = opening["rest"].strip()
    bracket = _BRACKET.match(rest)
    attributes = tuple(
        (found["name"], found["double"] or found["single"] or found["bare"] or "")
        for found in _ATTRIBUTE.finditer(opening["attributes"] or "")
    )
    title = bracket["title"].strip() if bracket else rest
    return Directive(opening["name"].lower(), title, line, indent=opening["indent"], attributes=attributes)


def _closed_by(colons: int, stack: list[_Pending]) -> int | None:
    """Return which open directive a closing line ends.

    It is the nearest opened by as many colons; else the innermost of an author's own, however long.
    """
    same = [position for position, each in enumerate(stack) if each.colons == colons]
    own = [position for position, each in enumerate(stack) if each.colons < COMPONENT_COLONS]
    return next((found[-1] for found in (same, own) if found), None)


def _report_open(pending: _Pending, context: RenderContext) -> None:
    message = _("':::%(name)s' is never closed") % {"name": pending.directive.name}
    context.report(pending.directive.line, 1, "directive", message, _("Close it with a line of ':::'."))


def _close(stack: list[_Pending], position: int, found: Opened, index: int, lines: list[str]) -> None:
    while len(stack) > position:
        pending = stack.pop()
        is_drawn = pending.directive.name in CATALOG_DIRECTIVES
        body = "\n".join(lines[pending.index + 1 : index]) if is_drawn else ""
        found.opens[pending.index] = replace(pending.directive, body=body, end=index)
    found.closes.add(index)
