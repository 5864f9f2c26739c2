"""The folder ``content/catalog/``, read and checked as a whole. Knows no database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from pydantic import BaseModel

from catalog.problems import ContentError, Problem, Severity
from catalog.reading.families import add_family
from catalog.reading.registry import Registry
from catalog.reading.schema import FamilyFile
from catalog.reading.table_schema import BenchmarkFile, LicenseFile, MachineFile, SourceFile
from catalog.reading.tables import add_benchmarks, add_licenses, add_machines
from catalog.records import CatalogSource, Kind
from catalog.yamlsource import Mapped, parse, read_yaml

SUFFIXES = (".yml", ".yaml")

# Results stand in reports, in checkpoints, in releases.
_DEPTH = 12


@dataclass(frozen=True, slots=True)
class _FileType:
    """A kind of file: its schema, what takes its entries in, and which kinds of record it may define."""

    schema: type[BaseModel]
    add: Callable[[Registry, Any, Mapped], None]
    defines: frozenset[Kind]


def _no_entries(registry: Registry, file: SourceFile, mapped: Mapped) -> None:
    """A file of sources holds nothing else."""


_SINGLE_FILES = {
    "sources": _FileType(SourceFile, _no_entries, frozenset()),
    "licenses": _FileType(LicenseFile, add_licenses, frozenset({Kind.LICENSE})),
    "benchmarks": _FileType(BenchmarkFile, add_benchmarks, frozenset({Kind.BENCHMARK})),
    "machines": _FileType(MachineFile, add_machines, frozenset({Kind.MACHINE})),
}
_FAMILY = _FileType(FamilyFile, add_family, frozenset({Kind.FAMILY, Kind.RELEASE, Kind.CHECKPOINT}))


def read_catalog(root: Path) -> CatalogSource:
    """Read every file of a catalog folder and return what it says.

    Raises ``ContentError`` with every problem of every file. A folder that is not there is an empty catalog.
    """
    source, problems = examine_catalog(root)
    if problems:
        raise ContentError(problems)
    return source


def examine_catalog(root: Path) -> tuple[CatalogSource, list[Problem]]:
    """Return what could be read of a catalog folder, and every problem of every file in reading order.

    Problems are broken YAML, wrong keys and types, unknown references, figures without a source, and figures
    that contradict each other. With any of them the catalog must not be stored; its facts still serve to
    check the lessons in the same run.
    """
    problems: list[Problem] = []
    warnings: list[Problem] = []
    doubtful: set[Kind] = set()
    registry = Registry()
    for path, file_type in _files(root, warnings):
        shown = _shown(root, path)
        try:
            mapped = read_yaml(path, shown, max_depth=_DEPTH)
            file = parse(file_type.schema, mapped)
        except ContentError as error:
            problems.extend(error.problems)
            # Any file may define sources; what this one would have defined is not known to be missing.
            doubtful |= {Kind.SOURCE, *file_type.defines}
            continue
        for index, source in enumerate(getattr(file, "sources", ())):
            registry.add_source(source, mapped, ("sources", index))
        file_type.add(registry, file, mapped)
    registry.finish(doubtful)
    # What is wrong in a release's defaults shows once for each of its checkpoints.
    problems = sorted(dict.fromkeys([*problems, *registry.problems]), key=Problem.sort_key)
    return CatalogSource(registry.records, tuple(warnings)), problems


def _files(root: Path, warnings: list[Problem]) -> Iterator[tuple[Path, _FileType]]:
    """Yield the files to read, and warn of whatever else lies there."""
    if not root.is_dir():
        return
    for path in sorted(root.iterdir()):
        if path.name.startswith((".", "_")):
            continue
        if path.stem in _SINGLE_FILES and _is_yaml(path):
            yield path, _SINGLE_FILES[path.stem]
        elif path.name == "families" and path.is_dir() and not path.is_symlink():
            yield from _family_files(root, path, warnings)
        else:
            warnings.append(_not_read(root, path))


def _family_files(root: Path, folder: Path, warnings: list[Problem]) -> Iterator[tuple[Path, _FileType]]:
    for path in sorted(folder.iterdir()):
        if path.name.startswith((".", "_")):
            continue
        if _is_yaml(path):
            yield path, _FAMILY
        else:
            warnings.append(_not_read(root, path))


def _is_yaml(path: Path) -> bool:
    return path.suffix in SUFFIXES and path.is_file() and not path.is_symlink()


def _shown(root: Path, path: Path) -> str:
    return f"{root.name}/{path.relative_to(root).as_posix()}"


def _not_read(root: Path, path: Path) -> Problem:
    message = _("not a file of the catalog, skipped")
    remedy = _("Known: sources, licenses, benchmarks, machines and families/*, ending in .yml.")
    return Problem(_shown(root, path), 1, 1, "not-read", message, remedy, Severity.WARNING)
