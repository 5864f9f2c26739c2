"""A line as CommonMark reads it: white space counts in columns, and a tab reaches to the next fourth."""

from __future__ import annotations

TAB = 4


class Cursor:
    """What is left of one line after the containers around it have taken their part."""

    __slots__ = ("_column", "_spare", "at", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self._column = 0
        self._spare = 0  # columns left of a tab that was taken in part

    def copy(self) -> Cursor:
        """Return another cursor at the same place."""
        other = Cursor(self.text)
        other.at, other._column, other._spare = self.at, self._column, self._spare
        return other

    @property
    def rest(self) -> str:
        """The text that is left, the remainder of a tab as spaces."""
        return " " * self._spare + self.text[self.at :]

    @property
    def is_blank(self) -> bool:
        """Whether only white space is left."""
        return not self.text[self.at :].strip(" \t")

    def indent(self) -> int:
        """Columns of white space ahead."""
        width, at, text = self._spare, self.at, self.text
        while at < len(text):
            if text[at] == " ":
                width += 1
            elif text[at] == "\t":
                width += TAB - (self._column + width) % TAB
            else:
                break
            at += 1
        return width

    def skip(self, columns: int) -> None:
        """Take up to so many columns of white space."""
        while columns > 0:
            if self._spare:
                taken = min(columns, self._spare)
                self._spare -= taken
            elif self.at < len(self.text) and self.text[self.at] == " ":
                self.at += 1
                taken = 1
            elif self.at < len(self.text) and self.text[self.at] == "\t":
                self.at += 1
                self._spare = TAB - self._column % TAB
                continue
            else:
                return
            self._column += taken
            columns -= taken

    def skip_indent(self) -> None:
        """Take all white space ahead."""
        self.skip(len(self.text) * TAB + TAB)

    def take(self, characters: int) -> None:
        """Take characters that are no white space."""
        self.at += characters
        self._column += characters
