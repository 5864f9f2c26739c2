"""What a load changed, counted by kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

FILE = "file"
"""The kind under which source texts are counted."""


@dataclass(slots=True)
class Report:
    """Counts by (kind, action), and the names of what changed."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    changed: list[tuple[str, str, str]] = field(default_factory=list)

    def note(self, kind: str, action: str, name: str) -> None:
        """Count one thing; what changed is also named."""
        self.counts[kind, action] += 1
        if action != "unchanged":
            self.changed.append((kind, action, name))

    def add(self, other: Report) -> None:
        """Take in another report."""
        self.counts.update(other.counts)
        self.changed.extend(other.changed)

    @property
    def changes(self) -> int:
        """How many things were created, updated or retired.

        A file is counted only when nothing made from it changed: an edited lesson is one change, not two.
        """
        made = self._changed(lambda kind: kind != FILE)
        return made or self._changed(lambda kind: kind == FILE)

    def _changed(self, counts: Callable[[str], bool]) -> int:
        return sum(n for (kind, action), n in self.counts.items() if action != "unchanged" and counts(kind))

    def kinds(self) -> list[str]:
        """The kinds counted, in the order they were met."""
        return list(dict.fromkeys(kind for kind, _action in self.counts))
