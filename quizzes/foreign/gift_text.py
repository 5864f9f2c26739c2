"""The characters of GIFT: escapes, format marks, and where each piece of a question stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from catalog.yamlsource import Position

SPACES = " \t\r\n"
"""What is left out around a piece. Other spaces, such as those that do not break, are text."""

_ESCAPED = re.compile(r"\\([~=#{}:\\n])")
_FORMAT = re.compile(r"[ \t\r\n]*\[(?P<name>html|markdown|moodle|plain)\]", re.IGNORECASE)
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#+\-!|~$&])")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a question, with the place of each of its lines in the file.

    ``starts`` are offsets in the whole question where lines begin, ``places`` where those lines stand.
    """

    text: str
    starts: Sequence[int]
    places: Sequence[Position]
    offset: int = 0

    @classmethod
    def of(cls, lines: Sequence[str], numbers: Sequence[int]) -> Piece:
        """Return lines as one piece; ``numbers`` are their line numbers."""
        starts = [0]
        for line in lines[:-1]:
            starts.append(starts[-1] + len(line) + 1)
        return cls("\n".join(lines), starts, [Position(number, 1) for number in numbers])

    def part(self, start: int, stop: int | None = None) -> Piece:
        """Return a piece of this piece."""
        return Piece(self.text[start:stop], self.starts, self.places, self.offset + start)

    def stripped(self) -> Piece:
        """Return the piece without spaces and line ends around it."""
        start = len(self.text) - len(self.text.lstrip(SPACES))
        return self.part(start, max(start, len(self.text.rstrip(SPACES))))

    @property
    def place(self) -> Position:
        """Where it begins in the file."""
        row = max(0, bisect_right(self.starts, self.offset) - 1)
        line = self.places[row]
        return Position(line.line, self.offset - self.starts[row] + line.column)


def find(text: str, wanted: str, start: int = 0) -> int:
    """Return where a sign stands that no backslash takes its meaning from; -1 when it does nowhere."""
    pattern = re.compile(rf"\\.|{re.escape(wanted)}", re.DOTALL)
    return next((m.start() for m in pattern.finditer(text, start) if m[0] == wanted), -1)


def clean(text: str) -> str:
    """Return a text without its escapes; a backslash before any other character is one."""
    return _ESCAPED.sub(lambda match: "\n" if match[1] == "n" else match[1], text)


def escaped(text: str) -> str:
    """Return a text as GIFT holds it, on one line."""
    return re.sub(r"([~=#{}:\\])", r"\\\1", text).replace("\n", "\\n")


def formatted(text: str) -> str:
    """Return a text of any format as Markdown, without its format mark and its escapes."""
    mark = _FORMAT.match(text)
    name = mark["name"].lower() if mark else ""
    # Lines are broken for whoever reads the file; a line end that is meant is written \n.
    lines = text[mark.end() if mark else 0 :].split("\n")
    bare = "\n".join(line.strip(" \t") for line in lines).strip(SPACES)
    plain = clean(bare)
    return _MARKDOWN.sub(r"\\\1", plain) if name == "plain" else plain
