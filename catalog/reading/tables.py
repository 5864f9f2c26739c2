"""Licenses, benchmarks and machines: flat files, one record for each entry."""

from __future__ import annotations

from catalog.reading.registry import Registry, decimal
from catalog.reading.table_schema import AnswersEntry, BenchmarkFile, LicenseFile, MachineFile
from catalog.records import Kind, Record
from catalog.yamlsource import DataPath, Mapped


def add_machines(registry: Registry, file: MachineFile, mapped: Mapped) -> None:
    """Take in ``machines.yml``."""
    for index, entry in enumerate(file.machines):
        path = ("machines", index)
        values = {
            "slug": entry.id,
            "vendor": entry.vendor,
            "name": entry.name,
            "kind": entry.kind,
            "memory_gb": decimal(entry.memory_gb),
            "bandwidth_gb_s": decimal(entry.bandwidth_gb_s),
            "source": registry.refer(Kind.SOURCE, entry.source, mapped, (*path, "source")),
            "note": entry.note,
        }
        registry.once(Kind.MACHINE, "name", entry.name, mapped, (*path, "name"))
        registry.add(Record(Kind.MACHINE, (entry.id,), values), mapped, (*path, "id"))


def add_benchmarks(registry: Registry, file: BenchmarkFile, mapped: Mapped) -> None:
    """Take in ``benchmarks.yml``."""
    for index, entry in enumerate(file.benchmarks):
        path = ("benchmarks", index)
        values = entry.model_dump(exclude={"id", "paper", "source", "chance_percent"})
        values |= {
            "slug": entry.id,
            "paper_url": entry.paper or "",
            "chance_percent": None if entry.chance_percent is None else decimal(entry.chance_percent),
            "source": registry.refer(Kind.SOURCE, entry.source, mapped, (*path, "source")),
        }
        registry.once(Kind.BENCHMARK, "name", entry.name, mapped, (*path, "name"))
        registry.add(Record(Kind.BENCHMARK, (entry.id,), values), mapped, (*path, "id"))


def add_licenses(registry: Registry, file: LicenseFile, mapped: Mapped) -> None:
    """Take in ``licenses.yml``."""
    for index, entry in enumerate(file.licenses):
        path: DataPath = ("licenses", index)
        values = entry.model_dump(exclude={"id", "answers", "source", "evidence", "reviewed"})
        values |= {
            "slug": entry.id,
            "text_url": entry.text_url or "",
            "use_policy_url": entry.use_policy_url or "",
            "reviewed_on": entry.reviewed,
        }
        registry.once(Kind.LICENSE, "name", entry.name, mapped, (*path, "name"))
        registry.add(Record(Kind.LICENSE, (entry.id,), values), mapped, (*path, "id"))
        registry.refer(Kind.SOURCE, entry.source, mapped, (*path, "source"))
        _add_answers(registry, entry.answers, (entry.id, entry.source, entry.evidence), mapped, path)


def _add_answers(
    registry: Registry, answers: AnswersEntry, owner: tuple[str, str, str], mapped: Mapped, path: DataPath
) -> None:
    """Take in a license's answers; ``owner`` is its slug, and the source and evidence that hold for all."""
    slug, shared_source, evidence = owner
    for name, field in AnswersEntry.model_fields.items():
        question, answer = field.alias or name, getattr(answers, name)
        where: DataPath = (*path, "answers", question, "source")
        source = (shared_source,)
        if answer.source is not None:
            source = registry.refer(Kind.SOURCE, answer.source, mapped, where) or source
        values = {
            "license": (slug,),
            "question": question,
            "verdict": answer.verdict,
            "detail": answer.detail,
            "threshold": answer.threshold,
            "place": answer.place,
            "images_only": answer.images_only,
            "clause": answer.clause,
            "source": source,
            "evidence": evidence,
        }
        registry.put(Record(Kind.LICENSE_ANSWER, (slug, question), values))
