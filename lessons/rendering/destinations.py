"""Where the destinations of a text are written, for what is said of a broken one."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator
from html import unescape
from urllib.parse import unquote

from lessons.rendering.code_spans import code_spans
from lessons.rendering.entities import decoded
from lessons.rendering.themes import first_source

_PART = r"[^\s()\\]|\\."
_DESTINATION = re.compile(
    r"\]\(\s*+(?:<(?P<angle>[^<>\n]*)>"
    rf"|(?P<plain>(?:{_PART}|\((?:{_PART}|\((?:{_PART})*+\))*+\))++))"
    r"|^[ \t>]*+\[[^\]^\n]+\]:\s*+(?P<ref>\S+)"
    r"|\b(?:href|src(?P<set>set)?)\s*+=\s*+"
    r"""(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'=<>`]++))""",
    re.MULTILINE | re.IGNORECASE,
)
_BETWEEN_BLOCKS = re.compile(r"\n[ \t>]*+(?=\n)")
_MAX_SEARCHES = 100
"""Destinations that no pattern finds are searched for, so many at most: each search reads the whole text."""


class Destinations:
    """Line and column of every destination in a text, those in code left out.

    ``code_lines`` are numbers of lines in the file, as ``first_line`` is.
    """

    def __init__(self, text: str, first_line: int, code_lines: Collection[int] = ()) -> None:
        self.first_line = first_line
        lines = text.split("\n")
        for number in code_lines:
            if 0 <= number - first_line < len(lines):
                lines[number - first_line] = " " * len(lines[number - first_line])
        self._text = _without_code_spans("\n".join(lines))
        self._starts = [0]
        for line in lines:
            self._starts.append(self._starts[-1] + len(line) + 1)
        self._places: dict[str, list[int]] = {}
        self._taken: dict[str, int] = {}
        self._searches = 0
        for match in _DESTINATION.finditer(self._text):
            for name in _names(match):
                self._places.setdefault(name, []).append(_start(match))

    def take(self, destination: str) -> tuple[int, int]:
        """Return the next place where a destination is written; (1, 1) when it is written nowhere."""
        name = destination if destination in self._places else unquote(destination)
        places = self._places.get(name)
        if places is None:
            return self._search(destination)
        taken = self._taken.get(name, 0)
        self._taken[name] = taken + 1
        return self._place(places[min(taken, len(places) - 1)])

    def _search(self, destination: str) -> tuple[int, int]:
        self._searches += 1
        if not destination or self._searches > _MAX_SEARCHES:
            return 1, 1
        found = self._text.find(destination)
        return self._place(found) if found >= 0 else (1, 1)

    def _place(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._starts, offset) - 1
        return self.first_line + line, offset - self._starts[line] + 1


def _names(match: re.Match[str]) -> Iterator[str]:
    """Yield what a destination is called where it is looked for."""
    for group in ("angle", "plain", "ref"):
        if match[group] is not None:
            yield decoded(match[group].removeprefix("<").removesuffix(">"))
    for group in ("double", "single", "bare"):
        if match[group] is not None:
            value = unescape(match[group])
            yield first_source(value) if match["set"] else value


def _start(match: re.Match[str]) -> int:
    group = next(name for name, value in match.groupdict().items() if value is not None and name != "set")
    value = match[group]
    return match.start(group) + len(value) - len(value.lstrip())


def _without_code_spans(text: str) -> str:
    """Return the text with spaces in place of its code spans; none goes beyond its block."""
    if "`" not in text:
        return text
    out: list[str] = []
    at = 0
    for end in [*(match.end() for match in _BETWEEN_BLOCKS.finditer(text)), len(text)]:
        block = text[at:end]
        place = 0
        for first, last in code_spans(block):
            out += [block[place:first], re.sub(r"[^\n]", " ", block[first:last])]
            place = last
        out.append(block[place:])
        at = end
    return "".join(out)
