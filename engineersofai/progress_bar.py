"""How far a load is, on a terminal: one line that is drawn over and wiped away at the end."""

from __future__ import annotations

import time
from typing import TextIO

from django.utils.translation import gettext as _

WIDTH = 30
EVERY = 0.1
"""Seconds between two drawings."""


class ProgressBar:
    """Draws how many pages are done. To be called with the pages done and all there are."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._drawn_at = 0.0
        self._columns = 0

    def __call__(self, done: int, total: int) -> None:
        """Draw, unless that was just done; wipe the line when all is done."""
        if done >= total:
            self.wipe()
            return
        now = time.monotonic()
        if now - self._drawn_at < EVERY:
            return
        self._drawn_at = now
        bar = ("=" * (WIDTH * done // total)).ljust(WIDTH)
        line = _("Rendering [%(bar)s] %(done)d of %(total)d") % {"bar": bar, "done": done, "total": total}
        self._write("\r" + line.ljust(self._columns))
        self._columns = len(line)

    def wipe(self) -> None:
        """Leave an empty line, with the cursor at its start."""
        if self._columns:
            self._write("\r" + " " * self._columns + "\r")
            self._columns = 0

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()
