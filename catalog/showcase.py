"""What the page of the list shows around its rows: choices with counts, chips, headings, the way out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from django.utils.translation import gettext as _

from catalog.facets import FACETS, FITS, RANGES, Bounds, Counts, Facet, Filters, RangeFacet
from catalog.facets.definitions import Label
from catalog.formats import short_benchmark, significant
from catalog.formats import tokens as write_tokens
from catalog.listing import COLUMNS, COLUMNS_BY_KEY, Listing
from catalog.models import Machine
from catalog.sizing import QUANTIZATIONS

LEADING_VALUES = 8
"""How many values of a long facet stand open; the rest unfold."""

TOKEN_STEPS = (2048, 4096, 8192, 16_384, 32_768, 65_536, 131_072)


@dataclass(frozen=True, slots=True)
class Choice:
    """One value to choose, with the rows it would give."""

    value: str
    label: Label
    count: int
    is_chosen: bool

    @property
    def is_disabled(self) -> bool:
        """Whether it would give nothing; what is chosen stays changeable."""
        return not self.count and not self.is_chosen


@dataclass(frozen=True, slots=True)
class FacetView:
    """One facet as the page shows it: the first values, and the rest behind a fold."""

    key: str
    label: Label
    leading: list[Choice]
    rest: list[Choice]
    is_open: bool
    group: str

    @property
    def has_marks(self) -> bool:
        """Whether the values are families, which have marks."""
        return self.key == "family"


@dataclass(frozen=True, slots=True)
class RangeView:
    """One range as the page shows it. ``steps`` are lowest values to choose, ``left_out`` rows not known."""

    facet: RangeFacet
    low: str
    high: str
    steps: list[Choice]
    left_out: int
    is_open: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """One choice that narrows the list, and the address of the list without it."""

    text: str
    query: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A column heading: the address that orders by it, and the order it is in now."""

    label: Label
    query: str
    direction: str


def showcase(listing: Listing) -> dict[str, object]:
    """Return everything the templates of the list need."""
    filters, counts = listing.filters, listing.counts()
    chips = list(_chips(listing))
    score_name = short_benchmark(listing.benchmarks.get(filters.score, ""))
    return {
        "listing": listing,
        "filters": filters,
        "asked": listing.asked,
        "page": listing.page(),
        "total": counts.total,
        "everything": len(listing.shelf.items),
        "fits": _facet_view(listing, FITS, counts) if listing.machine else None,
        "facets": _facet_views(listing, counts),
        "ranges": _range_views(filters, counts),
        "chips": chips,
        "headings": {column.key: _heading(column.key, filters) for column in COLUMNS},
        "score_name": score_name,
        "sorts": _sorts(filters.sort, score_name),
        "tokens": _token_choices(filters.tokens),
        "quantizations": QUANTIZATIONS,
        "machine_groups": machine_groups(listing.machines),
        "way_out": _way_out(listing, counts),
    }


def machine_groups(machines: Iterable[Machine]) -> list[tuple[str, list[Machine]]]:
    """Return machines by kind, as a picker shows them; they come ordered by kind."""
    by_kind = groupby(machines, key=lambda machine: machine.get_kind_display())
    return [(str(kind), list(members)) for kind, members in by_kind]


def _facet_views(listing: Listing, counts: Counts) -> list[FacetView]:
    views = [_facet_view(listing, facet, counts) for facet in FACETS]
    return [view for view in views if view.leading]


def _facet_view(listing: Listing, facet: Facet, counts: Counts) -> FacetView:
    chosen = listing.filters.chosen.get(facet.key, ())
    choices = [
        Choice(value, listing.shelf.label(facet.key, value), counts.values[facet.key][value], value in chosen)
        for value in listing.shelf.values()[facet.key]
        if value in listing.shelf.held(facet.key) or value in chosen
    ]
    cut = len(choices) if len(choices) <= LEADING_VALUES + 2 else LEADING_VALUES
    return FacetView(
        facet.key, facet.label, choices[:cut], choices[cut:], facet.is_open or bool(chosen), facet.group
    )


def _range_views(filters: Filters, counts: Counts) -> list[RangeView]:
    views = []
    for facet in RANGES:
        bounds = filters.ranges.get(facet.key, Bounds())
        low = "" if bounds.low is None else f"{bounds.low.normalize():f}"
        high = "" if bounds.high is None else f"{bounds.high.normalize():f}"
        steps = [
            Choice(str(step), write_tokens(step), counts.steps[facet.key][step], low == str(step))
            for step in facet.steps
        ]
        if facet.steps and low and low not in {step.value for step in steps}:
            steps.append(Choice(low, write_tokens(int(low)), counts.total, True))
        views.append(
            RangeView(facet, low, high, steps, counts.unknown[facet.key] if bounds else 0, bool(bounds))
        )
    return views


def _chips(listing: Listing) -> Iterable[Chip]:
    filters = listing.filters
    if filters.text:
        yield Chip(_("Name: %(text)s") % {"text": filters.text}, filters.without("q").query)
    for facet in listing.shelf.facets:
        for value in filters.chosen.get(facet.key, ()):
            text = f"{facet.chip_label}: {listing.shelf.label(facet.key, value)}"
            yield Chip(text, filters.without(facet.key, value).query)
    for range_facet in RANGES:
        if bounds := filters.ranges.get(range_facet.key):
            yield Chip(_range_text(range_facet, bounds), filters.without(range_facet.key).query)


def _range_text(facet: RangeFacet, bounds: Bounds) -> str:
    """Say a range in words: *Parameters: 7B to 40B*."""

    def write(number: object) -> str:
        return f"{significant(float(str(number)), 9)}B" if facet.unit > 1 else write_tokens(int(str(number)))

    label = str(facet.label).partition(",")[0]
    if bounds.low is None:
        return _("%(label)s: up to %(high)s") % {"label": label, "high": write(bounds.high)}
    if bounds.high is None:
        return _("%(label)s: %(low)s or more") % {"label": label, "low": write(bounds.low)}
    return _("%(label)s: %(low)s to %(high)s") % {
        "label": label,
        "low": write(bounds.low),
        "high": write(bounds.high),
    }


def _heading(key: str, filters: Filters) -> Heading:
    column = COLUMNS_BY_KEY[key]
    if filters.sort.removeprefix("-") != key:
        return Heading(column.label, filters.but(sort=f"{column.first}{key}").query, "")
    if filters.sort.startswith("-"):
        return Heading(column.label, filters.but(sort=key).query, "descending")
    return Heading(column.label, filters.but(sort=f"-{key}").query, "ascending")


def sort_label(sort: str, score_name: str) -> str:
    """Say an order in words, as the list's own choice of orders does."""
    return dict(_sorts(sort, score_name))[sort]


def _sorts(sort: str, score_name: str) -> list[tuple[str, str]]:
    """Return the orders to choose from; one that is in use and not among them is added."""
    orders = [
        ("-released", _("Newest first")),
        ("released", _("Oldest first")),
        ("name", _("Name")),
        ("memory", _("Least memory")),
        ("params", _("Fewest parameters")),
        ("-params", _("Most parameters")),
        ("-context", _("Longest context")),
    ]
    if score_name:
        orders.append(("-score", _("Highest %(benchmark)s") % {"benchmark": score_name}))
    if sort not in dict(orders):
        label = str(COLUMNS_BY_KEY[sort.removeprefix("-")].label)
        falling = _("%(column)s, falling") if sort.startswith("-") else _("%(column)s, rising")
        orders.append((sort, falling % {"column": label}))
    return orders


def _token_choices(chosen: int) -> list[tuple[int, str]]:
    return [(step, write_tokens(step)) for step in sorted({*TOKEN_STEPS, chosen})]


def _way_out(listing: Listing, counts: Counts) -> Mapping[str, object] | None:
    """Name the one choice whose removal gives most rows; None where rows are shown or no single one helps."""
    best = max(counts.without, key=counts.without.__getitem__, default=None)
    if counts.total or best is None or not counts.without[best]:
        return None
    left = listing.filters.without(best)
    kept = {chip.text for chip in _chips_of(listing, left)}
    dropped = [chip.text for chip in _chips(listing) if chip.text not in kept]
    return {"text": ", ".join(dropped), "count": counts.without[best], "query": left.query}


def _chips_of(listing: Listing, filters: Filters) -> Iterable[Chip]:
    """Return the chips the same list would have with other filters."""
    asked = type(listing.asked)(filters)
    return _chips(replace(listing, asked=asked, rows=[]))
