"""Where the author's own HTML is put back: what would stand loose in the page becomes a paragraph."""

from __future__ import annotations

import re
from collections import Counter

from lessons.rendering.context import RAW
from lessons.rendering.html_tags import AROUND_BLOCKS, OF_A_LINE, VOID, VOID_OF_A_LINE

LONE_RAW = re.compile(rf"<p>{RAW.pattern}</p>|{RAW.pattern}")

_TAG = re.compile(r"<!--.*?(?:-->|\Z)|<(?P<close>/?)(?P<name>[a-z][a-z0-9-]*)(?P<rest>[^<>]*)>", re.S | re.I)


class RawPieces:
    """Puts pieces back in the order of the page.

    A block of HTML that holds only what stands in lines, such as a link around an image, is no paragraph to
    CommonMark. On our pages it would stand beside the column of the text, so it becomes one, unless HTML
    around it takes none.
    """

    def __init__(self, pieces: list[str], blocks: set[int]) -> None:
        self._pieces = pieces
        self._blocks = blocks
        self._open: Counter[str] = Counter()

    def put(self, match: re.Match[str]) -> str:
        """Return what a match of ``LONE_RAW`` stands for."""
        index = int(match[1] or match[2])
        html = self._pieces[index]
        if index not in self._blocks:
            self._note(html)
            return f"<p>{html}</p>" if match[1] else html
        is_paragraph = not +self._open and _is_of_a_line(html)
        self._note(html)
        return f"<p>{html.strip()}</p>\n" if is_paragraph else html

    def _note(self, html: str) -> None:
        """Remember the tags that stay open and can hold no paragraph."""
        for tag in _TAG.finditer(html):
            name = (tag["name"] or "").lower()
            if not name or name in VOID or name in AROUND_BLOCKS or tag["rest"].endswith("/"):
                continue
            self._open[name] = max(0, self._open[name] + (-1 if tag["close"] else 1))


def _is_of_a_line(html: str) -> bool:
    """Whether a piece has something to show, and nothing but tags of lines, all of them closed."""
    opened: list[str] = []
    shows = bool(_TAG.sub("", html).strip())
    for tag in _TAG.finditer(html):
        name = (tag["name"] or "").lower()
        if not name:
            continue
        if name not in OF_A_LINE and name not in VOID_OF_A_LINE:
            return False
        shows = shows or name == "img"
        if tag["close"]:
            if not opened or opened.pop() != name:
                return False
        elif name not in VOID_OF_A_LINE:
            opened.append(name)
    return shows and not opened
