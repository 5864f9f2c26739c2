"""The sources of one page, numbered as they are cited."""

from __future__ import annotations

from dataclasses import dataclass, field

from catalog.models import Evidence, Source


@dataclass(slots=True)
class SourceList:
    """Sources of one page, numbered in the order in which they are first cited."""

    _numbers: dict[int, int] = field(default_factory=dict)
    entries: list[tuple[int, Source, bool]] = field(default_factory=list)

    def cite(self, source: Source, evidence: str) -> int:
        """Return the number of a source, which it gets when it is first cited."""
        if source.pk not in self._numbers:
            self._numbers[source.pk] = len(self._numbers) + 1
            self.entries.append((self._numbers[source.pk], source, evidence == Evidence.SECONDARY))
        return self._numbers[source.pk]
