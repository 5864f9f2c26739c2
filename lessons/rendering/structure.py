"""The form between the normalizer and Python-Markdown: lines whose marks say which block begins or ends.

CommonMark and Python-Markdown disagree about where lists, quotes and code begin. So the normalizer decides,
and says so with marks that no author's text can hold; ``lessons.rendering.parser`` only follows them. A line
without a mark goes on with the block of the line before; an empty line means nothing.
"""

from __future__ import annotations

import re

OPEN, CLOSE = "\ue004", "\ue005"
"""Private-use characters around a mark's kind and arguments; removed from every text that is read."""

MARKED = re.compile(f"{OPEN}([a-z]+)((?::[^:{CLOSE}]*)*){CLOSE}(.*)", re.DOTALL)

END = f"{OPEN}end{CLOSE}"
"""Ends the container that was opened last."""

NOTHING = f"{OPEN}skip{CLOSE}"
"""Stands for a line that shows nothing, within a block that goes on."""

TIGHT = "tight"
"""Tag of a paragraph in a tight list, until its inline text is done and it dissolves into the item."""


def begin(kind: str, *arguments: str) -> str:
    """Return the mark that begins a block."""
    return f"{OPEN}{kind}{''.join(':' + each for each in arguments)}{CLOSE}"
