"""Checks the catalog directives of lessons against the catalog as read, before anything is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl

from django.utils.translation import gettext as _

from catalog.models import Benchmark, Family
from catalog.problems import Problem, did_you_mean
from catalog.records import CatalogSource, Kind
from catalog.textfiles import line_at
from lessons.rendering import Directive

KNOWN = ("families", "landscape")


@dataclass(frozen=True, slots=True)
class CatalogNames:
    """The slugs that directives may name."""

    families: frozenset[str] = frozenset()
    benchmarks: frozenset[str] = frozenset()

    @classmethod
    def read(cls, catalog: CatalogSource | None) -> CatalogNames:
        """Return the slugs of a catalog as read from its files."""
        if catalog is None:
            return cls()
        families, benchmarks = (
            frozenset(record["slug"] for record in catalog.of(kind)) for kind in (Kind.FAMILY, Kind.BENCHMARK)
        )
        return cls(families, benchmarks)

    @classmethod
    def stored(cls) -> CatalogNames:
        """Return the slugs of the catalog as stored."""
        families = frozenset(Family.objects.values_list("slug", flat=True))
        return cls(families, frozenset(Benchmark.objects.values_list("slug", flat=True)))


def check_directive(directive: Directive, path: str, text: str, names: CatalogNames) -> Iterator[Problem]:
    """Yield what is wrong with a directive: a name that draws nothing, or slugs that are not known."""

    def problem(message: str, remedy: str, needle: str = "") -> Problem:
        line, column = _place(directive, text, needle)
        return Problem(path, line, column, "directive", message, remedy, source_line=line_at(text, line))

    if directive.name not in KNOWN:
        yield problem(_("'::: %(name)s' is not drawn yet") % {"name": directive.name}, _("Remove it."))
        return
    for kind, value in _references(directive):
        known = names.families if kind == "family" else names.benchmarks
        if value not in known:
            message = _("unknown %(kind)s '%(slug)s'") % {"kind": kind, "slug": value}
            yield problem(message, did_you_mean(value, known) or _("See /models/ for the slugs."), value)


def _references(directive: Directive) -> Iterator[tuple[str, str]]:
    if directive.name == "families":
        yield from (("family", slug) for slug in directive.body.split())
        return
    for key, value in parse_qsl("".join(directive.body.split())):
        if key in {"family", "benchmark"}:
            yield key, value


def _place(directive: Directive, text: str, needle: str) -> tuple[int, int]:
    lines = text.split("\n")
    for number in range(
        directive.line, min(directive.line + len(directive.body.split("\n")) + 1, len(lines)) + 1
    ):
        if needle and (column := lines[number - 1].find(needle)) >= 0:
            return number, column + 1
    return directive.line, 1
