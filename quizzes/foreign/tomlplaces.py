"""Where the values of a TOML text stand: the parser of Python's library does not tell.

Reads what is well-formed, after the parser has accepted it, and never fails on anything else.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from catalog.yamlsource import DataPath, Position

_KEY = r"(?:[A-Za-z0-9_-]+|\"[^\"\n]*\"|'[^'\n]*')"
_KEYS = rf"{_KEY}(?:[ \t]*\.[ \t]*{_KEY})*"
_HEADER = re.compile(rf"[ \t]*(?P<open>\[\[?)[ \t]*(?P<keys>{_KEYS})[ \t]*\]")
_PAIR = re.compile(rf"[ \t]*(?P<keys>{_KEYS})[ \t]*=[ \t]*")
_STRING = re.compile(
    r"\"\"\"(?:[^\\]|\\.)*?\"\"\"\"{0,2}|'''.*?''''{0,2}|\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*'", re.DOTALL
)
_SKIPPED = re.compile(r"(?:#[^\n]*|[^\"'#\[\]{},\n])+")
_LINE_END = re.compile(r"[^\n]*(?:\n|\Z)")


def places_in(text: str) -> dict[DataPath, Position]:
    """Return the place of every table, value and list item by its path; entries of ``[[x]]`` are numbered."""
    return _Scanner(text).places()


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self.found: dict[DataPath, Position] = {}
        self.counts: dict[tuple[str, ...], int] = {}

    def places(self) -> dict[DataPath, Position]:
        table: DataPath = ()
        while self.at < len(self.text):
            if header := _HEADER.match(self.text, self.at):
                table = self._header(header)
                self.at = header.end()
            elif pair := _PAIR.match(self.text, self.at):
                self.at = pair.end()
                self._value((*table, *_names(pair["keys"])))
            self._to_next_line()
        return self.found

    def _header(self, match: re.Match[str]) -> DataPath:
        names = tuple(_names(match["keys"]))
        if match["open"] == "[[":
            self.counts[names] = self.counts.get(names, -1) + 1
        path: list[str | int] = []
        for end, name in enumerate(names, start=1):
            path.append(name)
            if names[:end] in self.counts:
                path.append(self.counts[names[:end]])
        self.found.setdefault(tuple(path), self._position(match.start("open")))
        return tuple(path)

    def _value(self, path: DataPath) -> None:
        """Note where a value stands, and the items of a list; stop behind it."""
        self.found.setdefault(path, self._position(self.at))
        depth = item = 0
        is_new = True
        while self.at < len(self.text):
            sign = self.text[self.at]
            if depth == 1 and is_new and sign not in " \t\n#,]}":
                self.found.setdefault((*path, item), self._position(self.at))
                is_new = False
            if string := _STRING.match(self.text, self.at):
                self.at = string.end()
            elif sign in "[{":
                depth, self.at = depth + 1, self.at + 1
            elif sign in "]}":
                depth, self.at = depth - 1, self.at + 1
            elif sign == "," and depth:
                item, is_new = item + (depth == 1), is_new or depth == 1
                self.at += 1
            elif sign == "\n":
                if depth <= 0:
                    return
                self.at += 1
            elif sign in " \t":
                self.at += 1
            else:
                skipped = _SKIPPED.match(self.text, self.at)
                self.at = skipped.end() if skipped else self.at + 1
            if depth <= 0 and sign in "]}\"'":
                return

    def _to_next_line(self) -> None:
        end = _LINE_END.match(self.text, self.at)
        self.at = max(end.end() if end else 0, self.at + 1)

    def _position(self, offset: int) -> Position:
        row = bisect_right(self.starts, offset) - 1
        return Position(row + 1, offset - self.starts[row] + 1)


def _names(keys: str) -> list[str]:
    return [name.strip().strip("\"'") for name in re.findall(_KEY, keys)]
