"""Indentation of MDX: it shows what a tag holds, and makes code only within lists and quotes."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet

from lessons.rendering.html_tags import AROUND_BLOCKS
from lessons.rendering.mdx.places import Places
from lessons.rendering.mdx.scanner import Tag

_OPENERS = AROUND_BLOCKS - {"details"}  # a box: it moves what it holds itself
"""Tags of HTML whose lines of text are Markdown in MDX, also without an empty line before them."""

_ITEM = re.compile(r"^[ \t]*(?:[-*+:]|\d{1,9}[.)]|\[\^[^\]\s]+\]:)\s")
_OPENS = re.compile(rf"^[ \t]*<(?:{'|'.join(sorted(_OPENERS))})\b(?!.*</).*>[ \t]*$")
_LOOK_AHEAD = 50
_CODE = 4
"""Columns that make code in Markdown."""


def shifts(lines: list[str], code: AbstractSet[int]) -> list[int]:
    """Return for each line how many characters to take from its left, so that none is code by indentation.

    It moves to below the line that it is indented under. ``code`` are the lines of fenced blocks, which move
    as one. What is indented within a list or a quote stays where it is, and is read as in Markdown: there the
    columns say what belongs to an item.
    """
    found: list[int] = []
    shift, outer, in_list, is_start = 0, 0, False, True
    for row, line in enumerate(lines):
        lead = len(line) - len(line.lstrip(" \t"))
        width = len(line[:lead].expandtabs(_CODE))
        if not line.strip() or (row in code and row - 1 in code):
            found.append(max(0, min(shift, lead - outer)))
            is_start = is_start or not line.strip()
            continue
        if width < _CODE:
            shift, outer = 0, lead
        elif lead - outer < shift:
            shift = max(0, lead - outer)
        if shift == 0 and width < _CODE:
            in_list = bool(_ITEM.match(line)) or (in_list and not (is_start and lead == 0))
        elif not in_list and is_start and width - shift >= _CODE:
            shift = lead - outer
        in_list = in_list or (shift > 0 and bool(_ITEM.match(line)))
        found.append(max(0, min(shift, lead - outer)))
        is_start = bool(_OPENS.match(line))
    return found


def opens_text(places: Places, tag: Tag) -> bool:
    """Whether nothing but lines of Markdown stand right below a tag that ends its line."""
    if tag.is_closing or tag.name not in _OPENERS or not places.is_end_of_line(tag.end):
        return False
    row = places.row(tag.end - 1) + 1
    for place, line in enumerate(places.lines[row : row + _LOOK_AHEAD]):
        text = line.strip()
        if not text or text.startswith("</"):
            return place > 0
        if text.startswith("<") or line.startswith((" " * _CODE, "\t")):
            return False
    return False
