"""Files to rows: stores what a catalog source wants, and writes only what differs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import ProtectedError

from catalog.facts import ChangedFact, FactBook
from catalog.models import (
    Benchmark,
    Checkpoint,
    Citation,
    Family,
    License,
    LicenseAnswer,
    Machine,
    Organization,
    PublishedFile,
    Release,
    Result,
    Source,
)
from catalog.records import CatalogSource, Key, Kind, Record

BATCH = 200


@dataclass(slots=True)
class Counts:
    """How many rows of one kind a load made, changed, left alone and removed."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    deleted: int = 0

    @property
    def changes(self) -> int:
        """Return how many rows were written or removed."""
        return self.created + self.updated + self.deleted


@dataclass(slots=True)
class Report:
    """What a load did, by kind, and which citable facts read otherwise than before."""

    counts: dict[Kind, Counts] = field(default_factory=lambda: {kind: Counts() for kind in Kind})
    changed_facts: tuple[ChangedFact, ...] = ()
    kept: list[str] = field(default_factory=list)
    """Rows that left the files but are still referred to from elsewhere."""

    @property
    def changes(self) -> int:
        """Return how many rows were written or removed in all."""
        return sum(counts.changes for counts in self.counts.values())


@dataclass(frozen=True, slots=True)
class _Table:
    """How records of one kind lie in their table.

    ``key`` names the columns that make a record's key, ``links`` the columns that point at another kind, and
    ``names`` further columns whose values two rows cannot share.
    """

    model: type[models.Model]
    key: tuple[str, ...] = ("slug",)
    links: Mapping[str, Kind] = field(default_factory=dict)
    names: tuple[str, ...] = ()

    def rows(self) -> models.QuerySet[Any]:
        """Return all rows of the table."""
        return self.model._default_manager.all()


_CITED = {"checkpoint": Kind.CHECKPOINT, "source": Kind.SOURCE}
_TABLES: dict[Kind, _Table] = {
    Kind.SOURCE: _Table(Source),
    Kind.ORGANIZATION: _Table(Organization, names=("name",)),
    Kind.FAMILY: _Table(Family, links={"organization": Kind.ORGANIZATION}, names=("name",)),
    Kind.RELEASE: _Table(
        Release, links={"family": Kind.FAMILY, "superseded_by": Kind.RELEASE}, names=("name",)
    ),
    Kind.LICENSE: _Table(License, names=("name",)),
    Kind.LICENSE_ANSWER: _Table(
        LicenseAnswer, ("license", "question"), {"license": Kind.LICENSE, "source": Kind.SOURCE}
    ),
    Kind.BENCHMARK: _Table(Benchmark, links={"source": Kind.SOURCE}, names=("name",)),
    Kind.MACHINE: _Table(Machine, links={"source": Kind.SOURCE}, names=("name",)),
    Kind.CHECKPOINT: _Table(
        Checkpoint,
        links={
            "family": Kind.FAMILY,
            "release": Kind.RELEASE,
            "license": Kind.LICENSE,
            "derived_from": Kind.CHECKPOINT,
        },
        names=("name", "hub_id"),
    ),
    Kind.CITATION: _Table(Citation, ("checkpoint", "group", "source"), _CITED),
    Kind.PUBLISHED_FILE: _Table(PublishedFile, ("checkpoint", "quantization", "source"), _CITED),
    Kind.RESULT: _Table(
        Result,
        ("checkpoint", "benchmark", "setting", "reporter", "observed_on", "source"),
        {**_CITED, "benchmark": Kind.BENCHMARK},
    ),
}
"""Every kind with its table, in the order of storing."""

_MANY = "additional_licenses"


def load_catalog(source: CatalogSource) -> Report:
    """Make the tables hold what a catalog source says, and report what changed.

    Must run inside the caller's transaction. A second run writes nothing. Rows that left the files are
    deleted, except those that rows outside the catalog still refer to.
    """
    before = FactBook.from_database()
    loading = _Loading(source)
    # What is gone makes room first: a new row may bear its name. What is still in use goes after the updates.
    loading.delete_leftovers(last_try=False)
    for kind in _TABLES:
        loading.store(kind)
    loading.bind_licenses()
    loading.delete_leftovers(last_try=True)
    report = loading.finish()
    if report.changes:
        report.changed_facts = before.changed_in(FactBook.from_source(source))
    return report


class _Loading:
    """One run: the rows as they are, by the keys that records go by."""

    def __init__(self, source: CatalogSource) -> None:
        self.source = source
        self.report = Report()
        self.rows: dict[Kind, dict[Key, Any]] = {}
        self.leftovers: dict[Kind, dict[Key, Any]] = {}
        self.created: dict[Kind, set[Key]] = defaultdict(set)
        self.updated: dict[Kind, set[Key]] = defaultdict(set)
        keys: dict[Kind, dict[int, Key]] = {}
        for kind, table in _TABLES.items():
            rows = list(table.rows())
            keys[kind] = {row.pk: _key(table, row, keys) for row in rows}
            wanted = source.records.get(kind, {})
            by_key = {keys[kind][row.pk]: row for row in rows}
            self.rows[kind] = {key: row for key, row in by_key.items() if key in wanted}
            self.leftovers[kind] = {key: row for key, row in by_key.items() if key not in wanted}

    def store(self, kind: Kind) -> None:
        """Create and update the rows of one kind; the kinds it points at are stored already."""
        table, rows = _TABLES[kind], self.rows[kind]
        self._vacate_names(kind)
        new: dict[Key, Any] = {}
        changed: list[Any] = []
        for record in self.source.of(kind):
            wanted = self._columns(record, table)
            row = rows.get(record.key)
            if row is None:
                new[record.key] = table.model(**wanted)
            elif _assign(row, wanted):
                changed.append(row)
                self.updated[kind].add(record.key)
        self._write(table, changed)
        table.rows().bulk_create(new.values(), batch_size=BATCH)
        rows |= new
        self.created[kind] |= new.keys()
        for link, target in table.links.items():
            if target is kind:
                self._link_within(kind, link)

    def bind_licenses(self) -> None:
        """Store which further licenses bind a checkpoint."""
        through = Checkpoint.additional_licenses.through
        held: dict[int, set[int]] = defaultdict(set)
        for checkpoint, bound in through._default_manager.values_list("checkpoint_id", "license_id"):
            held[checkpoint].add(bound)
        for record in self.source.of(Kind.CHECKPOINT):
            row = self.rows[Kind.CHECKPOINT][record.key]
            wanted = {self.rows[Kind.LICENSE][key].pk for key in record[_MANY]}
            if wanted != held[row.pk]:
                row.additional_licenses.set(wanted)
                self.updated[Kind.CHECKPOINT].add(record.key)

    def delete_leftovers(self, *, last_try: bool) -> None:
        """Delete rows that left the files, the dependent kinds first; rows still in use wait or are kept."""
        for kind in reversed(_TABLES):
            for key, row in list(self.leftovers[kind].items()):
                try:
                    row.delete()
                except ProtectedError:
                    if last_try:
                        self.report.kept.append(f"{kind.value} {key[0]}")
                    continue
                del self.leftovers[kind][key]
                self.report.counts[kind].deleted += 1

    def finish(self) -> Report:
        """Return the report with every row counted once."""
        for kind, counts in self.report.counts.items():
            updated = self.updated[kind] - self.created[kind]
            counts.created, counts.updated = len(self.created[kind]), len(updated)
            counts.unchanged = len(self.rows[kind]) - counts.created - counts.updated
        return self.report

    def _columns(self, record: Record, table: _Table) -> dict[str, Any]:
        """Return a record's values as columns; links within the table wait until all its rows exist."""
        columns: dict[str, Any] = {}
        for name, value in record.values.items():
            target = table.links.get(name)
            if target is None and name != _MANY:
                columns[name] = value
            elif target is not None and target is not record.kind:
                columns[f"{name}_id"] = None if value is None else self.rows[target][value].pk
        return columns

    def _link_within(self, kind: Kind, link: str) -> None:
        rows, changed = self.rows[kind], []
        for record in self.source.of(kind):
            target = record[link]
            if _assign(rows[record.key], {f"{link}_id": None if target is None else rows[target].pk}):
                changed.append(rows[record.key])
                self.updated[kind].add(record.key)
        _TABLES[kind].rows().bulk_update(changed, [link], batch_size=BATCH)

    def _vacate_names(self, kind: Kind) -> None:
        """Free names that pass from one row to another, so that no moment has two rows of one name."""
        table, wanted = _TABLES[kind], self.source.records.get(kind, {})
        for name in table.names:
            bearers = {record[name]: record.key for record in wanted.values()}
            for key, row in [*self.rows[kind].items(), *self.leftovers[kind].items()]:
                heir = bearers.get(getattr(row, name), key)
                keeps = key in wanted and wanted[key][name] == getattr(row, name)
                if heir != key and not keeps:
                    table.rows().filter(pk=row.pk).update(**{name: f"~{row.pk}"})

    @staticmethod
    def _write(table: _Table, changed: list[Any]) -> None:
        fields = [column.name for column in table.model._meta.concrete_fields if not column.primary_key]
        table.rows().bulk_update(changed, fields, batch_size=BATCH)


def _key(table: _Table, row: Any, keys: Mapping[Kind, Mapping[int, Key]]) -> Key:
    """Return the key of a row as its record would have it: slugs in place of primary keys."""
    return tuple(
        keys[table.links[column]][getattr(row, f"{column}_id")][0]
        if column in table.links
        else getattr(row, column)
        for column in table.key
    )


def _assign(row: Any, wanted: Mapping[str, Any]) -> bool:
    """Set the columns that differ, and return whether any did."""
    differing = {name: value for name, value in wanted.items() if getattr(row, name) != value}
    for name, value in differing.items():
        setattr(row, name, value)
    return bool(differing)
