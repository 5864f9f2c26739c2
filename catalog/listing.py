"""The catalog's list: rows in order, with what a page and the data endpoints show of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from catalog.facets import (
    FACETS,
    FITS,
    Asked,
    Counts,
    Filters,
    Item,
    Shelf,
    Vocabulary,
    facet_counts,
    read_filters,
    read_items,
)
from catalog.facets.definitions import Label
from catalog.facets.items import Score
from catalog.models import Machine
from catalog.permissions import UNKNOWN
from catalog.reporters import Stake, stake_of
from catalog.sizing import QUANTIZATIONS, Fit, Need, fit_of, need_of

PAGE_SIZE = 30


class Row:
    """One checkpoint of the list, with the memory it takes and the score that is shown."""

    def __init__(self, item: Item, filters: Filters, machine: Machine | None) -> None:
        self.item = item
        self._filters = filters
        self._machine = machine

    @cached_property
    def need(self) -> Need | None:
        """Return the memory it takes as the filters ask, or None where its shape is not known."""
        item = self.item
        return need_of(
            item.architecture,
            item.parameters,
            quantization=self._filters.quantization,
            tokens=self._filters.tokens,
        )

    @cached_property
    def fit(self) -> Fit | None:
        """Return whether it fits the machine asked for; None without a machine or a known need."""
        if self._machine is None or self.need is None:
            return None
        return fit_of(self.need, self._machine)

    @property
    def score(self) -> Score | None:
        """Return the result on the benchmark shown, if it has one."""
        return self.item.scores.get(self._filters.score)

    @property
    def stake(self) -> Stake | None:
        """Return the stake of whoever reported the score."""
        score = self.score
        return None if score is None else stake_of(score.reporter_kind, self_reported=score.self_reported)


@dataclass(frozen=True, slots=True)
class Column:
    """What the list can be ordered by. ``first`` is the direction people mean when they choose it."""

    key: str
    label: Label
    value_of: Callable[[Row], Any]
    first: str = "-"


COLUMNS: tuple[Column, ...] = (
    Column("name", _("Name"), lambda row: row.item.name.casefold(), first=""),
    Column("released", _("Released"), lambda row: row.item.released),
    Column("memory", _("Memory"), lambda row: row.need and row.need.total, first=""),
    Column("params", _("Parameters"), lambda row: row.item.parameters, first=""),
    Column("active", _("Active parameters"), lambda row: row.item.active, first=""),
    Column("context", _("Context"), lambda row: row.item.context_tokens),
    Column("score", _("Score"), lambda row: row.score and row.score.value),
)
COLUMNS_BY_KEY = {column.key: column for column in COLUMNS}


def in_order(rows: Iterable[Row], sort: str) -> list[Row]:
    """Order rows by a column; equal ones by name, those without the figure last in either direction."""
    column = COLUMNS_BY_KEY[sort.removeprefix("-")]
    named = sorted(rows, key=lambda row: (row.item.name.casefold(), row.item.slug))
    known = [row for row in named if column.value_of(row) is not None]
    # sorted() keeps the order of equals, reversed or not.
    known.sort(key=column.value_of, reverse=sort.startswith("-"))
    return known + [row for row in named if column.value_of(row) is None]


@dataclass(frozen=True, slots=True)
class Listing:
    """An answered question: what was asked, every matching row in order, and what could have been asked."""

    asked: Asked
    shelf: Shelf
    rows: list[Row]
    machines: list[Machine]
    benchmarks: Mapping[str, str]
    known: Vocabulary

    @property
    def filters(self) -> Filters:
        """Return what was asked and could be used."""
        return self.asked.filters

    @property
    def machine(self) -> Machine | None:
        """Return the machine that was chosen."""
        return _machine(self.machines, self.filters.machine)

    def counts(self) -> Counts:
        """Count the rows behind every choice."""
        return facet_counts(self.filters, self.shelf)

    def page(self) -> Page[Row]:
        """Return the page asked for, or the last one where there are fewer."""
        return Paginator(self.rows, PAGE_SIZE).get_page(self.filters.page)


def read_listing(params: QueryDict) -> Listing:
    """Answer the question an address asks: four queries, whatever is asked of however many rows."""
    items = read_items()
    machines = list(Machine.objects.order_by("kind", "memory_gb", "name").defer("note"))
    benchmarks = dict(
        sorted({s.benchmark: s.benchmark_name for i in items for s in i.scores.values()}.items())
    )
    plain = Shelf(items, (FITS, *FACETS))
    known = Vocabulary(
        values=plain.values(),
        machines=[machine.slug for machine in machines],
        quantizations=QUANTIZATIONS,
        benchmarks=benchmarks,
        columns=COLUMNS_BY_KEY,
    )
    asked = read_filters(params, known)
    machine = _machine(machines, asked.filters.machine)
    rows = {item.pk: Row(item, asked.filters, machine) for item in items}
    shelf = plain
    if machine is not None:
        shelf = Shelf(items, (replace(FITS, values_of=lambda item: _fit_values(rows[item.pk])), *FACETS))
    matching = in_order((rows[item.pk] for item in shelf.matching(asked.filters)), asked.filters.sort)
    return Listing(asked, shelf, matching, machines, benchmarks, known)


def _machine(machines: Iterable[Machine], slug: str) -> Machine | None:
    return next((machine for machine in machines if machine.slug == slug), None)


def _fit_values(row: Row) -> frozenset[str]:
    return frozenset((row.fit.value if row.fit else UNKNOWN,))
