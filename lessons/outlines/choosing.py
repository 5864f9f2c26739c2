"""Which outline a course follows, if any."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from catalog.problems import Problem
from lessons.files import SUMMARY_NAME, TOCTREE_NAME
from lessons.folders import Folder
from lessons.outlines.entries import Outline
from lessons.outlines.summary import read_summary
from lessons.outlines.toctree import read_toctree

MAX_BYTES = 512 * 1024
"""The largest outline that is read: 512 KiB, some ten thousand entries."""


def find_outline(root: Folder, read: Callable[[str], str | None]) -> Outline | None:
    """Return the outline at the top of a track; ``read`` returns a file's text, or None when it has none.

    A ``SUMMARY.md`` that is an outline leaves the pages; one that lists no page stays among them.
    """
    toctree = root.files.get(TOCTREE_NAME)
    if toctree and (text := read(toctree)) is not None:
        return _refused(text, toctree) or read_toctree(text, toctree)
    summary = root.files.get(SUMMARY_NAME)
    if summary in root.pages and (text := read(summary)) is not None:
        outline = _refused(text, summary) or read_summary(text, summary)
        if outline is not None:
            root.pages.remove(summary)
        return outline
    return None


def _refused(text: str, path: str) -> Outline | None:
    if len(text) <= MAX_BYTES:
        return None
    message, remedy = _("larger than 512 KiB"), _("Remove it: files and folders have an order of their own.")
    return Outline(path, text, (), problems=[Problem(path, 1, 1, "too-large", message, remedy)])
