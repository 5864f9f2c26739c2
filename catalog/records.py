"""What the catalog's files say, resolved: one flat record for each row that should exist.

Records know no database. Where a row points at another, its record holds that row's key.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from catalog.problems import Problem


class Kind(StrEnum):
    """The kinds of row, in the order in which they can be stored."""

    SOURCE = "source"
    ORGANIZATION = "organization"
    FAMILY = "family"
    RELEASE = "release"
    LICENSE = "license"
    LICENSE_ANSWER = "license answer"
    BENCHMARK = "benchmark"
    MACHINE = "machine"
    CHECKPOINT = "checkpoint"
    CITATION = "citation"
    PUBLISHED_FILE = "published file"
    RESULT = "result"


Key = tuple[Any, ...]
"""What names a record within its kind: mostly its slug alone."""


@dataclass(frozen=True, slots=True)
class Record:
    """One row as the files want it: column values, with keys of other records where it points at them."""

    kind: Kind
    key: Key
    values: Mapping[str, Any]

    def __getitem__(self, column: str) -> Any:
        return self.values[column]


@dataclass(frozen=True, slots=True)
class CatalogSource:
    """A whole catalog as read from its files, sound in itself."""

    records: Mapping[Kind, Mapping[Key, Record]] = field(default_factory=dict)
    warnings: tuple[Problem, ...] = ()

    def of(self, kind: Kind) -> Iterator[Record]:
        """Yield the records of a kind in the order of the files."""
        return iter(self.records.get(kind, {}).values())

    def get(self, kind: Kind, *key: Any) -> Record | None:
        """Return one record by its key."""
        return self.records.get(kind, MappingProxyType({})).get(key)
