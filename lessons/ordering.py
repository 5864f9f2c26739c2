"""How file and folder names give order, slugs and titles, as Docusaurus has it."""

from __future__ import annotations

import re
import unicodedata

_PREFIX = re.compile(r"^(?P<number>\d+)\s*[-_.]+\s*(?P<rest>[^-_.\s].*)$", re.DOTALL)
_NOT_A_PREFIX = re.compile(r"^\d+[-_.]\d")
_DIGITS = re.compile(r"(\d+)")

_OWN_NUMBER = re.compile(r"(?P<number>\d{1,4}(?:\.\d{1,4})*)(?P<mark>[.):]?)\s")

MAX_TITLE = 200
"""Characters of a title."""

MAX_PREFIX = 999_999_999
"""The largest numeric prefix: more digits than a database's integer holds are part of the name."""

NaturalKey = tuple[tuple[str | int, ...], str]
"""A name as it is compared: its words and numbers in turn, then the name itself."""

Place = tuple[float, NaturalKey]
"""What orders pages and folders among their siblings."""


def split_prefix(name: str) -> tuple[int | None, str]:
    """Return (3, "mixtral") for ``03-mixtral``; ``2021-11-notes`` and ``7.0-foo`` have no prefix."""
    if _NOT_A_PREFIX.match(name):
        return None, name
    match = _PREFIX.match(name)
    if match is None or int(match["number"]) > MAX_PREFIX:
        return None, name
    return int(match["number"]), match["rest"]


def without_prefix(name: str) -> str:
    """Return a file or folder name without its numeric prefix."""
    return split_prefix(name)[1]


def has_own_number(title: str, number: int) -> bool:
    """Whether a title begins with a number, so that none is shown before it: "3. Agents", "1.2 Chunks".

    A bare one is a number only where it is the page's own: "3 agents" may be three of them.
    """
    found = _OWN_NUMBER.match(title)
    return found is not None and (
        bool(found["mark"]) or "." in found["number"] or int(found["number"]) == number
    )


def slugify_part(name: str) -> str:
    """Return one part of an address: lower case, words joined by hyphens, letters of any script kept.

    A name without any letter or digit (an emoji) is spelled by its code points: different names stay so.
    """
    normal = unicodedata.normalize("NFC", name).lower()
    kept = "".join(
        char if unicodedata.category(char)[0] in "LNM" or char in "._-" else "-" for char in normal
    )
    slug = re.sub(r"-{2,}", "-", kept).strip("-.")
    return slug or "-".join(f"{ord(char):x}" for char in normal if not char.isspace()) or "page"


def prettify(name: str) -> str:
    """Return a file name as a title: ``moe-routing`` gives "Moe routing"; a very long one is cut."""
    words = re.sub(r"[-_]+", " ", name).strip()
    return (words[:1].upper() + words[1:] if words else name)[:MAX_TITLE]


def natural_key(name: str) -> NaturalKey:
    """Return what compares runs of digits as numbers: "2" before "10", "3" before "3b" before "4"."""
    parts = _DIGITS.split(name.casefold())
    return tuple(int(part) if index % 2 else part for index, part in enumerate(parts)), name


def sort_key(position: float | None, prefix: int | None, name: str) -> Place:
    """Order by position, else by numeric prefix; what has neither comes last, by name."""
    place = position if position is not None else prefix
    return (float("inf") if place is None else float(place), natural_key(name))
