"""Which outline a course follows, if any."""

from __future__ import annotations

from collections.abc import Callable

from lessons.files import SUMMARY_NAME, TOCTREE_NAME
from lessons.folders import Folder
from lessons.outlines.entries import Outline
from lessons.outlines.summary import read_summary
from lessons.outlines.toctree import read_toctree


def find_outline(root: Folder, read: Callable[[str], str | None]) -> Outline | None:
    """Return the outline at the top of a track; ``read`` returns a file's text, or None when it has none.

    A ``SUMMARY.md`` that is an outline leaves the pages; one that lists no page stays among them.
    """
    toctree = root.files.get(TOCTREE_NAME)
    if toctree and (text := read(toctree)) is not None:
        return read_toctree(text, toctree)
    summary = root.files.get(SUMMARY_NAME)
    if summary in root.pages and (text := read(summary)) is not None:
        outline = read_summary(text, summary)
        if outline is not None:
            root.pages.remove(summary)
        return outline
    return None
