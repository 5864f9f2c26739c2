"""Where things stand in a text: its lines, its paragraphs, its code, and the closing tags of each name."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence

from lessons.rendering.code_fences import lines_of_code
from lessons.rendering.code_spans import Backticks

_CLOSING = re.compile(r"</([A-Za-z][\w.-]*)\s*>")
_ITEM = re.compile(r"^ {0,3}(?:(?:[-*+:]|\d{1,9}[.)])\s|\[\^[^\]\s]+\]:)")
"""What goes on in indented lines: a list's item, a definition, a footnote."""


class Places:
    """Answers of a text that would otherwise be searched for again and again; built in one pass each."""

    def __init__(self, lines: list[str], *, indented_code: bool, shifts: Sequence[int] = ()) -> None:
        """Read the lines; ``shifts`` says how many characters each has lost on its left."""
        self.lines = lines
        self._shifts = shifts
        self.text = "\n".join(lines)
        self.starts = [0]
        for line in lines:
            self.starts.append(self.starts[-1] + len(line) + 1)
        self.starts.pop()
        self.code = set(lines_of_code(lines, any_indent=not indented_code))
        if indented_code:
            self.code |= _indented_code(lines, self.code)
        self._backticks = Backticks(self.text)
        self._ends = [
            self.starts[row] for row, line in enumerate(lines) if row in self.code or not line.strip()
        ]
        self._closings: dict[str, list[int]] = defaultdict(list)
        for match in _CLOSING.finditer(self.text):
            if self.row(match.start()) not in self.code:
                self._closings[match[1]].append(match.start())

    def row(self, at: int) -> int:
        """Return the index of the line that holds a place."""
        return bisect_right(self.starts, at) - 1

    def column(self, at: int) -> int:
        """Return the column of a place in its line, from 1."""
        row = self.row(at)
        return at - self.starts[row] + 1 + (self._shifts[row] if self._shifts else 0)

    def is_end_of_line(self, at: int) -> bool:
        """Whether nothing but white space follows a place in its line."""
        row = self.row(at)
        return not self.lines[row][at - self.starts[row] :].strip()

    def paragraph_end(self, at: int) -> int:
        """Return where the paragraph of a place ends: at the next blank line or fenced block."""
        index = bisect_right(self._ends, at)
        return self._ends[index] if index < len(self._ends) else len(self.text)

    def paragraph_start(self, at: int) -> int:
        """Return where the paragraph of a place begins: behind the blank line or fenced block before it."""
        index = bisect_right(self._ends, at)
        return self._ends[index - 1] if index else 0

    def code_span_end(self, at: int) -> int:
        """Return the index after the code span whose backticks begin at ``at``, or after these backticks."""
        end = at
        while end < len(self.text) and self.text[end] == "`":
            end += 1
        closing = self._backticks.closing(end, end - at)
        return closing + end - at if 0 <= closing < self.paragraph_end(at) else end

    def closing(self, name: str, at: int) -> int:
        """Return where the next closing tag of this name stands after a place, or -1."""
        places = self._closings.get(name, [])
        index = bisect_left(places, at)
        return places[index] if index < len(places) else -1

    def holds_code(self, start: int, end: int) -> bool:
        """Whether a stretch of text touches a line of code."""
        return any(row in self.code for row in range(self.row(start), self.row(max(start, end - 1)) + 1))


def _indented_code(lines: list[str], fenced: set[int]) -> set[int]:
    """Return the lines of code blocks made by indentation alone; within a list it is the list's."""
    found: set[int] = set()
    in_list = False
    after_blank = True
    for row, line in enumerate(lines):
        if row in fenced or not line.strip():
            after_blank = True
            continue
        if line.startswith(("    ", "\t")):
            if not in_list and (after_blank or row - 1 in found):
                found.add(row)
        elif _ITEM.match(line):
            in_list = True
        elif after_blank and not line.startswith(" "):
            in_list = False
        after_blank = False
    return found
