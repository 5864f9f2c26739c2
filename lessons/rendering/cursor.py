"""A line as CommonMark reads it: white space counts in columns, and a tab reaches to the next fourth."""

from __future__ import annotations

import re

TAB = 4

_WHITE = re.compile(r"[ \t]*")


class Cursor:
    """What is left of one line after the containers around it have taken their part."""

    __slots__ = ("_column", "_has_tabs", "_spare", "at", "first", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self._column = 0
        self._spare = 0  # columns left of a tab that was taken in part
        self._has_tabs = "\t" in text
        self.first = 0
        """Where the first character stands that is no white space."""
        self._look()

    def copy(self) -> Cursor:
        """Return another cursor at the same place."""
        other = Cursor.__new__(Cursor)
        for name in self.__slots__:
            setattr(other, name, getattr(self, name))
        return other

    @property
    def rest(self) -> str:
        """The text that is left, the remainder of a tab as spaces."""
        return " " * self._spare + self.text[self.at :]

    @property
    def is_blank(self) -> bool:
        """Whether only white space is left."""
        return self.first == len(self.text)

    def indent(self) -> int:
        """Columns of white space ahead."""
        if not self._has_tabs:
            return self.first - self.at
        width = self._spare
        for char in self.text[self.at : self.first]:
            width += TAB - (self._column + width) % TAB if char == "\t" else 1
        return width

    def skip(self, columns: int) -> None:
        """Take up to so many columns of white space."""
        if not self._has_tabs:
            taken = min(columns, self.first - self.at)
            self.at += taken
            self._column += taken
            return
        while columns > 0:
            if self._spare:
                taken = min(columns, self._spare)
                self._spare -= taken
            elif self.at == self.first:
                return
            elif self.text[self.at] == "\t":
                self.at += 1
                self._spare = TAB - self._column % TAB
                continue
            else:
                self.at += 1
                taken = 1
            self._column += taken
            columns -= taken

    def skip_indent(self) -> None:
        """Take all white space ahead."""
        self.skip(self.indent())

    def take(self, characters: int) -> None:
        """Take characters that are no white space."""
        self.at += characters
        self._column += characters
        self._look()

    def _look(self) -> None:
        white = _WHITE.match(self.text, self.at)
        self.first = white.end() if white else self.at
