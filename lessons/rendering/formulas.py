"""Formulas between ``$$`` that blank lines divide: Markdown would make several paragraphs of them."""

from __future__ import annotations

import re
from bisect import bisect_right

from lessons.rendering.containers import Stack
from lessons.rendering.cursor import Cursor

ALONE = re.compile(r"\$\$[ \t]*$")
BEGIN = re.compile(r"\$\$(?P<tex>[^$]+)$")
END = re.compile(r"(?P<tex>[^$]*)(?<!\\)\$\$[ \t]*$")


class DividedFormulas:
    """Where the formulas end that begin with text behind their ``$$``."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._dollars: list[int] | None = None

    def begins(self, rest: str, at: int, stack: Stack) -> re.Match[str] | None:
        """Match the opening of a formula that goes on behind a blank line, in the containers that are open.

        Any other is read with the paragraph it stands in. The next line with a dollar sign has to end it.
        """
        opening = BEGIN.match(rest)
        if opening is None:
            return None
        if self._dollars is None:
            self._dollars = [index for index, line in enumerate(self._lines) if "$" in line]
        place = bisect_right(self._dollars, at)
        last = self._dollars[place] if place < len(self._dollars) else at
        cursors = [Cursor(line) for line in self._lines[at + 1 : last + 1]]
        is_divided = False
        for cursor in cursors:
            is_within = stack.match(cursor) == len(stack.open)
            is_divided = is_divided or cursor.is_blank
            if not (is_within or cursor.is_blank):
                return None
        return opening if is_divided and END.match(cursors[-1].rest) else None
