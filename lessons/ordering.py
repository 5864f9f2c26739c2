"""How file and folder names give order, slugs and titles, as Docusaurus has it."""

from __future__ import annotations

import re
import unicodedata

_PREFIX = re.compile(r"^(?P<number>\d+)\s*[-_.]+\s*(?P<rest>[^-_.\s].*)$")
_NOT_A_PREFIX = re.compile(r"^\d+[-_.]\d")


def split_prefix(name: str) -> tuple[int | None, str]:
    """Return (3, "mixtral") for ``03-mixtral``; ``2021-11-notes`` and ``7.0-foo`` have no prefix."""
    if _NOT_A_PREFIX.match(name):
        return None, name
    match = _PREFIX.match(name)
    return (int(match["number"]), match["rest"]) if match else (None, name)


def slugify_part(name: str) -> str:
    """Return one part of an address: lower case, words joined by hyphens, letters of any script kept."""
    kept = "".join(
        char if unicodedata.category(char)[0] in "LNM" or char in "._-" else "-"
        for char in unicodedata.normalize("NFC", name).lower()
    )
    return re.sub(r"-{2,}", "-", kept).strip("-.") or "page"


def prettify(name: str) -> str:
    """Return a file name as a title: ``moe-routing`` gives "Moe routing"."""
    words = re.sub(r"[-_]+", " ", name).strip()
    return words[:1].upper() + words[1:] if words else name


def sort_key(position: float | None, prefix: int | None, name: str) -> tuple[float, str]:
    """Order by position, else by numeric prefix; what has neither comes last, by name."""
    place = position if position is not None else prefix
    return (float("inf") if place is None else float(place), name)
