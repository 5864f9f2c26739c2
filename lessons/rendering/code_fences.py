"""Which lines are fenced code: what is read before Markdown is must leave them alone."""

from __future__ import annotations

import re

_OPEN = re.compile(
    r"^(?P<lead>[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*)(?P<fence>`{3,}(?=[^`]*$)|~{3,})",
)
_ITEM = re.compile(r"^(?P<lead>[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+)\S")
_LOOK_BACK = 400
"""Lines looked back for the list that holds an indented fence."""


def lines_of_code(lines: list[str], *, any_indent: bool = False) -> frozenset[int]:
    """Return the indexes of all lines that belong to fenced blocks, fences included.

    A block that is never closed runs to the end of the text, as on GitHub. MDX takes a fence at
    ``any_indent``; elsewhere one that is indented by four or more, outside lists, is shown code itself.
    """
    found: set[int] = set()
    at = 0
    while at < len(lines):
        end = _end_of_fence(lines, at, any_indent)
        found.update(range(at, end))
        at = max(end, at + 1)
    return frozenset(found)


def _end_of_fence(lines: list[str], at: int, any_indent: bool) -> int:
    """Return the index after the block that begins on a line; ``at`` when none does."""
    if "```" not in lines[at] and "~~~" not in lines[at]:
        return at
    opening = _OPEN.match(lines[at])
    if opening is None:
        return at
    lead, fence = opening["lead"], opening["fence"]
    width = len(lead.expandtabs(4))
    if not any_indent and width > 3 and not lead.strip() and not _is_in_list(lines, at, width):
        return at
    for index in range(at + 1, len(lines)):
        line = lines[index].strip(" \t")
        if line.startswith(fence) and not line.strip(fence[0]):
            return index + 1
    return len(lines)


def _is_in_list(lines: list[str], at: int, width: int) -> bool:
    for index in range(at - 1, max(-1, at - _LOOK_BACK), -1):
        line = lines[index].expandtabs(4)
        if item := _ITEM.match(line):
            if len(item["lead"]) <= width + 1:
                return True
        elif line.strip() and not line.startswith(" "):
            return False
    return False
