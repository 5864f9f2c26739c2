"""A family's file: the family, its releases, their checkpoints, and the results of each."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from catalog.reading.figures import resolve_checkpoint
from catalog.reading.registry import Registry, decimal
from catalog.reading.schema import CheckpointEntry, FamilyFile, FiguresEntry, ReleaseEntry, ReportEntry
from catalog.reading.settings import parse_setting
from catalog.records import Kind, Record
from catalog.yamlsource import DataPath, Mapped


def add_family(registry: Registry, file: FamilyFile, mapped: Mapped) -> None:
    """Take in ``families/<family>.yml``."""
    organization = file.organization
    known = registry.records[Kind.ORGANIZATION].get((organization.id,))
    if known and known["name"] != organization.name:
        message = _("'%(id)s' is named '%(name)s' elsewhere") % {"id": organization.id, "name": known["name"]}
        registry.report(mapped, ("organization", "name"), "two-names", message)
    registry.put(
        Record(Kind.ORGANIZATION, (organization.id,), {"slug": organization.id, "name": organization.name})
    )
    values = {
        "slug": file.family,
        "name": file.name,
        "organization": (organization.id,),
        "known_for": file.known_for,
        "lineage": file.lineage,
        "homepage": file.homepage or "",
        "is_core": file.core,
    }
    registry.once(Kind.FAMILY, "name", file.name, mapped, ("name",))
    registry.add(Record(Kind.FAMILY, (file.family,), values), mapped, ("family",))
    for index, release in enumerate(file.releases):
        _Release(registry, mapped, file.family, release, ("releases", index)).add()


class _Release:
    """One release of a family, and the place in the file where it stands."""

    def __init__(
        self, registry: Registry, mapped: Mapped, family: str, entry: ReleaseEntry, path: DataPath
    ) -> None:
        self.registry = registry
        self.mapped = mapped
        self.family = family
        self.entry = entry
        self.path = path

    def add(self) -> None:
        entry = self.entry
        self._refer_to_licenses(entry.defaults, (*self.path, "defaults"))
        dates = [
            record["released"]
            for index, checkpoint in enumerate(entry.checkpoints)
            if (record := self._add_checkpoint(checkpoint, (*self.path, "checkpoints", index)))["released"]
        ]
        where: DataPath = (*self.path, "superseded_by")
        if entry.superseded_by == entry.id:
            self._report(where, "self-reference", _("a release cannot be superseded by itself"))
        values = {
            "family": (self.family,),
            "slug": entry.id,
            "name": entry.name,
            "generation": entry.generation,
            "released": min(dates, default=None),
            "superseded_by": self._refer(Kind.RELEASE, entry.superseded_by, where),
        }
        self.registry.once(
            Kind.RELEASE, f"name in {self.family}", entry.name, self.mapped, (*self.path, "name")
        )
        self.registry.add(Record(Kind.RELEASE, (entry.id,), values), self.mapped, (*self.path, "id"))

    def _add_checkpoint(self, entry: CheckpointEntry, path: DataPath) -> Record:
        slug = entry.slug or entry.hub_id.rpartition("/")[2].lower()
        columns, citations, problems = resolve_checkpoint(self.entry.defaults, entry, self.mapped, path)
        self.registry.problems += problems
        self._refer_to_licenses(entry, path)
        self._check_origin(entry, slug, path)
        values = {
            "slug": slug,
            "name": entry.name,
            "hub_id": entry.hub_id,
            "publisher": entry.hub_id.partition("/")[0],
            "family": (self.family,),
            "release": (self.entry.id,),
            "kind": entry.kind,
            "derived_from": self._refer(Kind.CHECKPOINT, entry.derived_from, (*path, "derived_from")),
            "relation": entry.relation or "",
            "notes": entry.notes,
            **columns,
        }
        record = Record(Kind.CHECKPOINT, (slug,), values)
        for key in ("hub_id", "name"):
            self.registry.once(Kind.CHECKPOINT, key, getattr(entry, key), self.mapped, (*path, key))
        self.registry.add(record, self.mapped, (*path, "slug" if entry.slug else "hub_id"))
        for citation in citations:
            self._refer(Kind.SOURCE, citation.source, citation.path)
            cited = {
                "checkpoint": (slug,),
                "group": citation.group,
                "source": (citation.source,),
                "note": citation.note,
                "position": citation.position,
            }
            self.registry.put(Record(Kind.CITATION, (slug, citation.group, citation.source), cited))
        self._add_files(slug, entry, path)
        for index, report in enumerate(entry.results):
            self._add_report(slug, report, (*path, "results", index))
        return record

    def _check_origin(self, entry: CheckpointEntry, slug: str, path: DataPath) -> None:
        if (entry.derived_from is None) != (entry.relation is None):
            message = _("'derived_from' and 'relation' go together")
            self._report(path, "half-a-relation", message, _("Give both or neither."))
        if entry.derived_from == slug:
            message = _("a checkpoint cannot be derived from itself")
            self._report((*path, "derived_from"), "self-reference", message)

    def _add_files(self, slug: str, entry: CheckpointEntry, path: DataPath) -> None:
        if entry.files is None:
            return
        source = self._refer(Kind.SOURCE, entry.files.source, (*path, "files", "source"))
        for quantization, size in entry.files.sizes_gib.items():
            values: dict[str, Any] = {
                "checkpoint": (slug,),
                "quantization": quantization,
                "size_gib": decimal(size),
                "source": source,
            }
            key = (slug, quantization, entry.files.source)
            self.registry.put(Record(Kind.PUBLISHED_FILE, key, values))

    def _add_report(self, slug: str, report: ReportEntry, path: DataPath) -> None:
        source = self._refer(Kind.SOURCE, report.source, (*path, "source"))
        for index, score in enumerate(report.scores):
            where: DataPath = (*path, "scores", index)
            low, high = score.interval or (None, None)
            if low is not None and high is not None and not low <= score.value <= high:
                message = _("the interval does not hold the value")
                self._report((*where, "interval"), "bad-interval", message)
            setting = parse_setting(score.benchmark, score.setting)
            values = {
                "checkpoint": (slug,),
                "benchmark": self._refer(Kind.BENCHMARK, score.benchmark, (*where, "benchmark")),
                "value": decimal(score.value),
                "setting": score.setting,
                "variant": setting.variant,
                "shots": setting.shots,
                "chain_of_thought": setting.chain_of_thought,
                "reporter": report.reporter,
                "reporter_kind": report.kind,
                "self_reported": report.self_reported,
                "interval_low": None if low is None else decimal(low),
                "interval_high": None if high is None else decimal(high),
                "votes": score.votes,
                "source": source,
                "observed_on": report.observed,
                "evidence": report.evidence,
                "note": report.note,
            }
            key = (slug, score.benchmark, score.setting, report.reporter, report.observed, report.source)
            if key in self.registry.records[Kind.RESULT]:
                message = _("the same result stands above")
                remedy = _("Benchmark, setting, reporter, date and source are equal.")
                self._report(where, "duplicate-result", message, remedy)
            self.registry.put(Record(Kind.RESULT, key, values))

    def _refer(self, kind: Kind, slug: str | None, path: DataPath) -> Any:
        return self.registry.refer(kind, slug, self.mapped, path)

    def _refer_to_licenses(self, entry: FiguresEntry, owner: DataPath) -> None:
        self._refer(Kind.LICENSE, entry.license, (*owner, "license"))
        for index, slug in enumerate(entry.additional_licenses or ()):
            self._refer(Kind.LICENSE, slug, (*owner, "additional_licenses", index))

    def _report(self, path: DataPath, code: str, message: str, remedy: str = "") -> None:
        self.registry.report(self.mapped, path, code, message, remedy)
