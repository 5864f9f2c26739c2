"""Where a fenced code block begins and ends: one reading of it for everything that must leave code alone."""

from __future__ import annotations

import re
from dataclasses import dataclass

_OPEN = re.compile(
    r"^(?P<lead>[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*)"
    r"(?:(?P<ticks>`{3,})[ \t]*(?P<info>[^`]*)|(?P<tildes>~{3,})[ \t]*(?P<rest>.*))$"
)
_ITEM = re.compile(r"^(?P<lead>[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+)\S")
_LOOK_BACK = 400
"""Lines looked back for the list that holds an indented fence."""


@dataclass(frozen=True, slots=True)
class CodeFence:
    """A fenced block: what stands before its ticks, its info string, its text without indentation.

    ``start`` and ``end`` are the indexes of its first line and of the line after it; one that is not
    ``closed`` runs to the end of the text, as on GitHub.
    """

    start: int
    end: int
    lead: str
    info: str
    body: tuple[str, ...]
    closed: bool


def may_open_fence(line: str) -> bool:
    """Whether a line looks as if it opened a fenced block; a cheap first question."""
    return ("```" in line or "~~~" in line) and _OPEN.match(line) is not None


def read_code_fence(lines: list[str], at: int) -> CodeFence | None:
    """Return the fenced block that begins on a line, or None."""
    opening = _OPEN.match(lines[at])
    if opening is None:
        return None
    lead = opening["lead"]
    width = len(lead.expandtabs(4))
    if width > 3 and not lead.strip() and not _is_in_list(lines, at, width):
        return None  # an indented code block that shows a fence
    ticks = opening["ticks"] or opening["tildes"]
    closing = re.compile(rf"^[ \t]*{re.escape(ticks[0])}{{{len(ticks)},}}[ \t]*$")
    end = at + 1
    while end < len(lines) and not closing.match(lines[end]):
        end += 1
    body = tuple(_dedented(line, width) for line in lines[at + 1 : end])
    info = (opening["info"] or opening["rest"] or "").strip()
    closed = end < len(lines)
    return CodeFence(at, end + 1 if closed else end, lead, info, body, closed)


def lines_of_code(lines: list[str]) -> frozenset[int]:
    """Return the indexes of all lines that belong to fenced blocks, fences included."""
    found: set[int] = set()
    at = 0
    while at < len(lines):
        fence = read_code_fence(lines, at) if may_open_fence(lines[at]) else None
        if fence is None:
            at += 1
            continue
        found.update(range(fence.start, fence.end))
        at = fence.end
    return frozenset(found)


def _dedented(line: str, width: int) -> str:
    """Take up to ``width`` columns of white space off a line: what the fence itself is indented by."""
    taken = column = 0
    while taken < len(line) and column < width and line[taken] in " \t":
        column += 4 - column % 4 if line[taken] == "\t" else 1
        taken += 1
    return " " * (column - width) + line[taken:]


def _is_in_list(lines: list[str], at: int, width: int) -> bool:
    for index in range(at - 1, max(-1, at - _LOOK_BACK), -1):
        line = lines[index].expandtabs(4)
        if not line.strip():
            continue
        if item := _ITEM.match(line):
            if len(item["lead"]) <= width + 1:
                return True
        elif not line.startswith(" "):
            return False
    return False
