"""Where code spans stand in a text: between two runs of backticks of one length."""

from __future__ import annotations

import re
from bisect import bisect_left

_BACKTICKS = re.compile(r"`+")


class Backticks:
    """The runs of backticks of a text by their length: what closes a run is found without reading on."""

    def __init__(self, text: str) -> None:
        self._starts: dict[int, list[int]] = {}
        for match in _BACKTICKS.finditer(text):
            self._starts.setdefault(match.end() - match.start(), []).append(match.start())

    def closing(self, end: int, length: int) -> int:
        """Return where the run stands that closes one of this length and end, or -1."""
        starts = self._starts.get(length, [])
        index = bisect_left(starts, end)
        return starts[index] if index < len(starts) else -1


def code_spans(text: str, above: re.Pattern[str] | None = None) -> list[tuple[int, int]]:
    """Return begin and end of every code span, in one pass however many runs of backticks there are.

    No code begins in what ``above`` finds, unless that itself begins in code: in TeX backticks are quotes.
    """
    if "`" not in text:
        return []
    backticks = Backticks(text)
    other = above.search(text) if above is not None else None
    found: list[tuple[int, int]] = []
    at = 0
    while match := _BACKTICKS.search(text, at):
        start = match.start()
        while above is not None and other is not None and (other.start() < at or other.end() <= start):
            other = above.search(text, at if other.start() < at else other.end())
        if other is not None and other.start() < start:
            at = other.end()
            continue
        at = match.end()
        if _is_escaped(text, start):  # its first backtick is text, so the run that opens is one shorter
            start += 1
        if start < at and (closing := backticks.closing(at, at - start)) >= 0:
            at += closing - start  # behind the closing run, which is as long as this one
            found.append((start, at))
    return found


def _is_escaped(text: str, at: int) -> bool:
    """Whether a backslash before a place takes its meaning."""
    first = at
    while first > 0 and text[first - 1] == "\\":
        first -= 1
    return (at - first) % 2 == 1
