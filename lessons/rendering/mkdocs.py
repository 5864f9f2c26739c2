"""Boxes and tabs of MkDocs (``!!! note``, ``??? note``, ``=== "Tab"``), put as directives."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lessons.rendering.code_fences import lines_of_code
from lessons.rendering.directives import COMPONENT_COLONS

_HEAD = re.compile(
    r"^(?P<indent> {0,11})(?:(?P<box>!!!|\?\?\?\+?)[ \t]+(?P<name>[A-Za-z][\w-]*)(?:[ \t]+[\w-]+)*"
    r'(?:[ \t]+"(?P<title>.*)")?|===[!+]?[ \t]+"(?P<label>.*)")[ \t]*$'
)
_INDENT = 4
_MAX_DEPTH = 20
_OUTERMOST = COMPONENT_COLONS + 2 * _MAX_DEPTH


@dataclass(frozen=True, slots=True)
class _Line:
    """A line, and the index of the line that it comes from."""

    text: str
    row: int


def has_indented_blocks(lines: list[str]) -> bool:
    """Whether a text may hold any of these; a cheap first question."""
    return any(line.lstrip(" ").startswith(("!!! ", "??? ", "???+ ", '=== "')) for line in lines)


def without_indented_blocks(lines: list[str]) -> tuple[list[str], list[int]]:
    """Return the lines with such blocks as directives, and for each the index of the line it comes from."""
    out = _read([_Line(line, row) for row, line in enumerate(lines)], 0)
    return [line.text for line in out], [line.row for line in out]


def _read(lines: list[_Line], depth: int) -> list[_Line]:
    """Return lines with their blocks as directives; ``depth`` blocks are around them."""
    out: list[_Line] = []
    code = lines_of_code([line.text for line in lines])
    outer = ":" * (_OUTERMOST - 2 * depth)
    tabs: str | None = None  # the indentation of the tabs that are open
    at = 0
    while at < len(lines):
        line = lines[at]
        head = _HEAD.match(line.text) if at not in code and depth < _MAX_DEPTH else None
        if tabs is not None and line.text.strip() and (head is None or head["label"] is None):
            out.append(_Line(tabs + outer, lines[at - 1].row))
            tabs = None
        if head is None:
            out.append(line)
            at += 1
            continue
        indent, is_tab = head["indent"], head["label"] is not None
        if is_tab and tabs is None:
            tabs = indent
            out.append(_Line(f"{indent}{outer}tabs", line.row))
        colons = indent + outer[is_tab:]
        end = _end_of_block(lines, at + 1, len(indent) + _INDENT)
        inner = [_Line(_cut(each.text, len(indent) + _INDENT), each.row) for each in lines[at + 1 : end]]
        out.append(_Line(colons + _directive(head), line.row))
        out += [_Line(indent + each.text if each.text else "", each.row) for each in _read(inner, depth + 1)]
        out.append(_Line(colons, lines[end - 1].row))
        at = end
    if tabs is not None:
        out.append(_Line(tabs + outer, lines[-1].row))
    return out


def _directive(head: re.Match[str]) -> str:
    if head["label"] is not None:
        return f"tab[{head['label']}]"
    title, name = head["title"], head["name"].lower()
    if head["box"].startswith("?"):
        is_open = "{open}" if head["box"].endswith("+") else ""
        return f"details[{title or name.capitalize()}]{is_open}"
    return f"{name}[{title}]" if title else name


def _end_of_block(lines: list[_Line], at: int, width: int) -> int:
    """Return the index after the last line indented by ``width``; blank lines between belong to it."""
    end = at
    for index in range(at, len(lines)):
        text = lines[index].text.expandtabs(_INDENT)
        if text.strip():
            if len(text) - len(text.lstrip(" ")) < width:
                break
            end = index + 1
    return end


def _cut(text: str, width: int) -> str:
    """Take a block's indentation off a line."""
    spread = text.expandtabs(_INDENT) if "\t" in text[:width] else text
    return spread[min(width, len(spread) - len(spread.lstrip(" "))) :]
