"""The landscape on the first page: a live figure of the catalog, its finding worked out from the rows."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from catalog.facets import Item, read_items
from catalog.figures import render_landscape

BENCHMARK = "arena"
"""Answers rated by people, the one score that models of every year have."""


def landscape() -> str:
    """Return the landscape of the families that the course teaches, as HTML; empty where there is none."""
    rated = [item for item in read_items() if item.family_is_core and BENCHMARK in item.scores]
    if not rated:
        return ""
    families = sorted({item.family for item in rated})
    query = urlencode([("benchmark", BENCHMARK), *(("family", family) for family in families)])
    return render_landscape(finding(rated), query)


def finding(rated: Iterable[Item]) -> str:
    """Return the most telling pair as a sentence: a newer model that beats an older one many times its size.

    Only a lead larger than both intervals counts; where there is none, the sentence claims nothing.
    """
    rows = list(rated)
    pairs = [
        (larger.parameters / smaller.parameters, smaller, larger)
        for smaller in rows
        for larger in rows
        if larger.parameters > smaller.parameters and _is_newer(smaller, larger) and _leads(smaller, larger)
    ]
    if not pairs:
        return _("The best model of each size")
    times, smaller, larger = max(pairs, key=lambda pair: (pair[0], pair[1].slug))
    if times < 2:
        return _("The best model of each size")
    words = _(
        "%(smaller)s of %(year)s is rated above %(larger)s of %(earlier)s, a model %(times)d times its size"
    )
    return words % {
        "smaller": smaller.release_name,
        "year": _year(smaller),
        "larger": larger.release_name,
        "earlier": _year(larger),
        "times": int(times),
    }


def _is_newer(one: Item, other: Item) -> bool:
    return one.released is not None and other.released is not None and one.released > other.released


def _year(one: Item) -> str:
    return str(one.released.year) if one.released else ""


def _leads(one: Item, other: Item) -> bool:
    mine, its = one.scores[BENCHMARK], other.scores[BENCHMARK]
    low = mine.value if mine.low is None else mine.low
    high = its.value if its.high is None else its.high
    return low > high
