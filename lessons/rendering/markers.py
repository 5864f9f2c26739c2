"""Places in stored HTML that are filled later: the end of a section, a quiz fence, a catalog directive."""

from __future__ import annotations

import re
from collections.abc import Mapping

MARK_OPEN, MARK_CLOSE = "\ue002", "\ue003"
"""Private-use characters around a marker; no author's text holds them."""

_MARKER = re.compile(
    f"(?:<p>)?{MARK_OPEN}(?P<kind>[a-z]+):(?P<name>[^{MARK_CLOSE}]*){MARK_CLOSE}(?:</p>)?\n?"
)

LONE_MARKER = re.compile(rf"{MARK_OPEN}[^{MARK_CLOSE}]*{MARK_CLOSE}[ \t]*\Z")
"""A marker with nothing behind it in its line."""


def marker(kind: str, name: str) -> str:
    """Return the text that marks a place."""
    return f"{MARK_OPEN}{kind}:{name}{MARK_CLOSE}"


def fill_markers(
    html: str, pieces: Mapping[tuple[str, str], str], *, keep: frozenset[str] = frozenset()
) -> str:
    """Put HTML at its places, by (kind, name); places without any vanish, but kinds in ``keep`` stay."""

    def piece(match: re.Match[str]) -> str:
        found = pieces.get((match["kind"], match["name"]))
        if found is not None:
            return found
        return match[0] if match["kind"] in keep else ""

    return _MARKER.sub(piece, html)
