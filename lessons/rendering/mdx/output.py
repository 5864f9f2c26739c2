"""Lines on their way out, each with the line it comes from."""

from __future__ import annotations


class Output:
    """Collects lines; one line in may become several out, and all of them know where they come from."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.rows: list[int] = []
        self.code: set[int] = set()
        self.row = 0
        self._pieces: list[str] = []
        self._is_blank = True  # whether these pieces are white space
        self._begun = False  # whether this row has put out a line already

    def text(self, text: str) -> None:
        """Add text, which may run over lines."""
        first, *others = text.split("\n")
        self._add(first)
        for other in others:
            self.end_row()
            self._add(other)

    def blank(self, text: str) -> None:
        """Leave a stretch of the source out, but keep its line ends."""
        for _end in range(text.count("\n")):
            self.end_row()

    def code_line(self, line: str) -> None:
        """Add a whole line of code."""
        self.code.add(len(self.lines))
        self._put(line)

    def end_row(self) -> None:
        """Finish a line of the source."""
        self.flush(must=not self._begun)
        self.row += 1
        self._begun = False

    def block(self, *lines: str) -> None:
        """Add lines that stand on their own, here."""
        self.flush()
        for line in lines:
            self._put(line)

    @property
    def is_fresh(self) -> bool:
        """Whether nothing but white space stands on the current line."""
        return not self._begun and self._is_blank

    def finish(self) -> None:
        """Put out the last line."""
        self.flush(must=not self._begun)

    def flush(self, *, must: bool = False) -> None:
        """Put out what is written of the current line; nothing when it is blank, unless it ``must``."""
        line = "".join(self._pieces)
        is_blank, self._is_blank = self._is_blank, True
        self._pieces.clear()
        if must or not is_blank:
            # Behind a block on the same line, a space that stood between words would be indentation.
            self._put(line.lstrip() if self._begun else line)

    def dedent(self, start: int, width: int) -> None:
        """Move the lines from index ``start`` on to the left, until the leftmost is indented by ``width``."""
        self.flush()
        indents = [
            len(line) - len(line.lstrip(" "))
            for index, line in enumerate(self.lines[start:], start)
            if line.strip() and index not in self.code
        ]
        shift = min(indents, default=0) - width
        if shift > 0:
            for index in range(start, len(self.lines)):
                line = self.lines[index]
                self.lines[index] = line[min(shift, len(line) - len(line.lstrip(" "))) :]

    def is_empty(self, start: int, end: int) -> bool:
        """Whether all lines from index ``start`` to before ``end`` are blank."""
        return not any(line.strip() for line in self.lines[start:end])

    def _add(self, text: str) -> None:
        if text:
            self._pieces.append(text)
            self._is_blank = self._is_blank and text.isspace()

    def _put(self, line: str) -> None:
        self.lines.append(line)
        self.rows.append(self.row)
        self._begun = True
