"""The catalog directives of lessons: checked against the catalog as read, drawn from its rows when stored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Self

from django.utils.translation import gettext as _

from catalog.facets import Vocabulary
from catalog.figures import (
    Fault,
    landscape_faults,
    models_faults,
    parameters_of,
    render_families,
    render_landscape,
    render_models,
)
from catalog.models import Family
from catalog.problems import Problem, did_you_mean
from catalog.records import CatalogSource, Kind
from catalog.textfiles import line_at
from catalog.vocabulary import stored_vocabulary, vocabulary_of_source
from lessons.rendering import Directive

CODE = "catalog-directive"
"""The code of every problem with what a directive takes from the catalog."""


@dataclass(frozen=True, slots=True)
class CatalogNames:
    """What directives may name: families by slug, and all that a query of the list may say."""

    families: frozenset[str] = frozenset()
    vocabulary: Vocabulary = field(default_factory=lambda: Vocabulary({}))

    @classmethod
    def read(cls, catalog: CatalogSource | None) -> Self:
        """Return the names in a catalog as read from its files."""
        if catalog is None:
            return cls()
        families = frozenset(record["slug"] for record in catalog.of(Kind.FAMILY))
        return cls(families, vocabulary_of_source(catalog))

    @classmethod
    def stored(cls) -> Self:
        """Return the names in the catalog as stored."""
        return cls(frozenset(Family.objects.values_list("slug", flat=True)), stored_vocabulary())


def draw(directive: Directive) -> str:
    """Return the HTML of a directive, from the rows as they are stored now.

    Raises ``catalog.figures.FigureError`` where nothing can be drawn.
    """
    match directive.name:
        case "families":
            return render_families(directive.body.split())
        case "models":
            title, query, _line = _title_and_query(directive)
            return render_models(title, query)
        case _:
            return render_landscape(directive.argument, directive.body)


def check_directive(directive: Directive, path: str, text: str, names: CatalogNames) -> Iterator[Problem]:
    """Yield what is wrong with a directive: a name that draws nothing, or a query that finds nothing."""

    def problem(place: tuple[int, int], message: str, remedy: str) -> Problem:
        line, column = place
        return Problem(path, line, column, CODE, message, remedy, source_line=line_at(text, line))

    match directive.name:
        case "families":
            for slug, place in _slugs(directive, text):
                if slug not in names.families:
                    remedy = did_you_mean(slug, names.families) or _("See /models/ for the slugs.")
                    yield problem(place, _("unknown family '%(slug)s'") % {"slug": slug}, remedy)
        case "landscape":
            for fault in landscape_faults(parameters_of(directive.body), names.vocabulary):
                yield problem(_place(fault, directive, text, 1), fault.message, fault.remedy)
        case "models":
            _title, query, first = _title_and_query(directive)
            for fault in models_faults(parameters_of(query), names.vocabulary):
                yield problem(_place(fault, directive, text, first), fault.message, fault.remedy)
        case _:
            message = _("'::: %(name)s' is not drawn yet") % {"name": directive.name}
            yield problem((directive.line, 1), message, _("Remove it."))


def _title_and_query(directive: Directive) -> tuple[str, str, int]:
    """Return title and query of a table of models, and how many lines the query is below the opening one."""
    argument, body = directive.argument, directive.body
    if body.strip() or "=" not in argument:
        return argument, body, 1
    return "", argument, 0


def _slugs(directive: Directive, text: str) -> Iterator[tuple[str, tuple[int, int]]]:
    for number, line in enumerate(directive.body.split("\n"), start=directive.line + 1):
        for slug in line.split():
            yield slug, (number, max(line_at(text, number).find(slug), 0) + 1)


def _place(fault: Fault, directive: Directive, text: str, first: int) -> tuple[int, int]:
    """Return line and column of a fault: at the key or the value of its parameter."""
    if fault.parameter is None:
        return directive.line, 1
    line = directive.line + first + fault.parameter.line
    start = line_at(text, line).find(fault.parameter.raw)
    if start < 0:
        return line, 1
    into_value = fault.parameter.raw.find("=") + 1
    return line, start + 1 + (0 if fault.at_key else into_value)
