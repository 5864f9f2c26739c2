"""Ids for questions whose format has none: made of the lesson they stand in and of what they say."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter

MAX_PREFIX = 80
"""Characters of the lesson's place that an id keeps; ids hold at most 120."""

_DERIVED = re.compile(r"--(?P<tail>[0-9a-f]{12}(?:-[0-9]+)?)\Z")


class Keys:
    """Makes the ids of one lesson's questions; the same question gets the same id at every load.

    ``place`` is the lesson's id or its path in the track. An id covers type and prompt: another type is
    another question. Questions that say the same are numbered in reading order.
    """

    def __init__(self, place: str) -> None:
        self._prefix = _prefix(place)
        self._seen: Counter[str] = Counter()

    def derive(self, type_name: str, text: str) -> str:
        """Return the id of a question, made of its title, or its prompt where it has no title."""
        said = f"{type_name}\0{' '.join(unicodedata.normalize('NFC', text).split())}"
        tail = hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:12]
        self._seen[tail] += 1
        number = f"-{self._seen[tail]}" if self._seen[tail] > 1 else ""
        return f"{self._prefix}--{tail}{number}"


def tail_of(key: str) -> str:
    """Return the part of a derived id that is made of the question alone; empty for any other id."""
    match = _DERIVED.search(key)
    return match["tail"] if match else ""


def _prefix(place: str) -> str:
    plain = unicodedata.normalize("NFKD", place).encode("ascii", "ignore").decode().lower()
    prefix = re.sub(r"[^a-z0-9._]+", "-", plain).strip("-._")[:MAX_PREFIX] or "lesson"
    if len(plain) <= MAX_PREFIX and plain == place.lower():
        return prefix
    # Letters were lost or cut off: two lessons could look the same.
    return f"{prefix}-{hashlib.sha256(place.encode('utf-8', 'surrogatepass')).hexdigest()[:6]}"
