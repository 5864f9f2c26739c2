"""Headings of Markdown as prompts. No pattern here looks at a character more than a few times."""

from __future__ import annotations

import re

_HEADING = re.compile(r"^ {0,3}#{1,6}(?:[ \t](?P<title>.*))?$")
_ANCHOR = re.compile(r"(?:\[\[[^\[\]]*\]\]|\{#(?P<id>[^{}]*)\})$")


def heading_title(line: str) -> str | None:
    """Return what a heading says, without its marks and with its anchor; None for any other line."""
    match = _HEADING.match(line)
    if match is None:
        return None
    title = (match["title"] or "").strip(" \t")
    bare = title.rstrip("#")
    return bare.rstrip(" \t") if not bare or bare[-1] in " \t" else title


def split_anchor(title: str) -> tuple[str, str]:
    """Return a title without the anchor at its end, ``{#id}`` or ``[[id]]``, and the id of the first kind."""
    title = title.rstrip(" \t")
    match = _ANCHOR.search(title)
    if match is None:
        return title, ""
    return title[: match.start()].rstrip(" \t"), match["id"] or ""
