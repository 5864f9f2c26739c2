"""What a query of the catalog's list may say, known before its rows are stored: what checks lessons."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.http import QueryDict

from catalog.facets import FACETS, FITS, Vocabulary
from catalog.listing import COLUMNS_BY_KEY, read_listing
from catalog.permissions import UNKNOWN
from catalog.records import CatalogSource, Kind, Record
from catalog.sizing import QUANTIZATIONS


def stored_vocabulary() -> Vocabulary:
    """Return what may be asked of the catalog as stored: four queries."""
    return read_listing(QueryDict()).known


def vocabulary_of_source(source: CatalogSource) -> Vocabulary:
    """Return what may be asked of a catalog once these files are stored."""
    benchmarks = {record["benchmark"][0] for record in source.of(Kind.RESULT)}
    found: dict[str, set[str]] = {facet.key: set() for facet in FACETS}
    for checkpoint in source.of(Kind.CHECKPOINT):
        for key, value in _values_of(checkpoint, source):
            found[key].add(value)
    found["benchmark"] = benchmarks
    values: dict[str, Collection[str]] = {
        facet.key: [value for value, _label in facet.choices] if facet.choices else sorted(found[facet.key])
        for facet in (FITS, *FACETS)
    }
    return Vocabulary(
        values=values,
        machines=[record["slug"] for record in source.of(Kind.MACHINE)],
        quantizations=QUANTIZATIONS,
        benchmarks=sorted(benchmarks),
        columns=COLUMNS_BY_KEY,
    )


def _values_of(checkpoint: Record, source: CatalogSource) -> Iterator[tuple[str, str]]:
    """Yield facet and value for the facets whose values are those that the rows have."""
    family = source.get(Kind.FAMILY, *checkpoint["family"])
    yield "family", checkpoint["family"][0]
    yield "organization", family["organization"][0] if family else UNKNOWN
    yield "license", checkpoint["license"][0] if checkpoint["license"] else UNKNOWN
    yield "year", str(checkpoint["released"].year) if checkpoint["released"] else UNKNOWN
    for language in checkpoint["languages"] or (UNKNOWN,):
        yield "language", language
