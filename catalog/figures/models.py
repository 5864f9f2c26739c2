"""Rows of the catalog chosen by the same query as the list has, as a table or as cards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from catalog.facets import Vocabulary
from catalog.facets.reading import parameters
from catalog.figures.errors import FigureError
from catalog.figures.queries import Fault, Parameter, as_query, faults_of, parameters_of
from catalog.formats import short_benchmark
from catalog.listing import Listing, read_listing
from catalog.showcase import sort_label

VIEWS = ("table", "cards")
OWN = ("view", "limit")
"""Parameters of a lesson that the list does not have: how rows are drawn, and how many."""

ALLOWED = tuple(name for name in parameters() if name != "page")
ROWS = 10
"""Rows shown unless told otherwise."""

MOST_ROWS = 100


def render_models(title: str, query: str) -> str:
    """Return rows of the catalog with a link to all that the query finds; ``title`` may be empty.

    Raises ``FigureError`` for a query that the list could not answer whole, and where no row is found.
    """
    written = parameters_of(query)
    listing = read_listing(as_query(one for one in written if one.key not in OWN))
    if faults := list(models_faults(written, listing.known)):
        raise FigureError(" ".join(str(fault) for fault in faults))
    if not listing.rows:
        raise FigureError(_("No checkpoint is found by this query."))
    own = {one.key: one.value for one in written if one.key in OWN and one.value}
    context = {
        "title": title,
        "listing": listing,
        "filters": listing.filters,
        "rows": listing.rows[: int(own.get("limit", ROWS))],
        "total": len(listing.rows),
        "score_name": _score_name(listing, written),
        "order": sort_label(listing.filters.sort, _benchmark_name(listing)),
    }
    template = "catalog/_models_cards.html" if own.get("view") == "cards" else "catalog/_models_table.html"
    return render_to_string(template, context).strip()


def models_faults(written: Sequence[Parameter], known: Vocabulary) -> Iterator[Fault]:
    """Yield what is wrong with the query of a table of models."""
    yield from faults_of(written, known, ALLOWED, OWN)
    for one in written:
        if one.key == "view" and one.value not in VIEWS:
            yield Fault(
                one, _("there is no view '%(name)s'") % {"name": one.value[:60]}, _("Write table or cards.")
            )
        elif one.key == "limit" and not (
            one.value.isascii() and one.value.isdecimal() and 1 <= int(one.value[:9]) <= MOST_ROWS
        ):
            message = _("'limit' cannot be '%(value)s'") % {"value": one.value[:60]}
            yield Fault(one, message, _("Write a number from 1 to %(most)d.") % {"most": MOST_ROWS})


def _score_name(listing: Listing, written: Sequence[Parameter]) -> str:
    """Return the heading of the scores: shown where rows are ordered by them, or on request."""
    is_asked = any(one.key == "score" for one in written)
    if not (is_asked or listing.filters.sort.removeprefix("-") == "score"):
        return ""
    return _benchmark_name(listing)


def _benchmark_name(listing: Listing) -> str:
    return short_benchmark(listing.benchmarks.get(listing.filters.score, ""))
