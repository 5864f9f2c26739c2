"""What a learner asks of the catalog, read from an address and written back in one canonical form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Self
from urllib.parse import urlencode

from catalog.facets.definitions import FACETS, FITS, RANGES

DEFAULT_TOKENS = 8192
"""The context that memory is computed for unless asked otherwise: never a model's advertised maximum."""

DEFAULT_QUANTIZATION = "Q4_K_M"
DEFAULT_SORT = "-score"
DEFAULT_SCORE = "arena"


@dataclass(frozen=True, slots=True)
class Bounds:
    """The ends of a range in the parameter's own unit, both included; ``None`` leaves an end open."""

    low: Decimal | None = None
    high: Decimal | None = None

    def __bool__(self) -> bool:
        return self.low is not None or self.high is not None

    def hold(self, value: int | None, unit: int) -> bool:
        """Whether a figure lies between the ends; an unknown one does not."""
        if value is None:
            return False
        above = self.low is None or value >= self.low * unit
        return above and (self.high is None or value <= self.high * unit)


@dataclass(frozen=True, slots=True)
class Filters:
    """Everything the address of a list says. Values are valid: see ``catalog.facets.reading``.

    ``chosen`` maps a facet's key to values in the facet's order, ``ranges`` a range's key to its bounds.
    ``machine``, ``tokens`` and ``quantization`` say what memory is computed for; ``score`` is the benchmark
    shown; ``sort`` is a column, with a hyphen before it for descending order.
    """

    text: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ranges: Mapping[str, Bounds] = field(default_factory=dict)
    machine: str = ""
    tokens: int = DEFAULT_TOKENS
    quantization: str = DEFAULT_QUANTIZATION
    score: str = DEFAULT_SCORE
    sort: str = DEFAULT_SORT
    page: int = 1

    @property
    def active_keys(self) -> list[str]:
        """Return the keys of whatever narrows the list: ``q``, ranges and facets with a chosen value."""
        keys = ["q"] if self.text else []
        keys += [key for key, bounds in self.ranges.items() if bounds]
        return keys + [key for key, values in self.chosen.items() if values]

    @property
    def count(self) -> int:
        """Return how many choices narrow the list, as many as there are chips."""
        return len(self.active_keys) + sum(max(len(values) - 1, 0) for values in self.chosen.values())

    def but(self, **changes: Any) -> Self:
        """Return the same question with something changed, on the first page."""
        return replace(self, **{"page": 1, **changes})

    def without(self, key: str, value: str | None = None) -> Self:
        """Return the same question without one facet, range or text, or without one value of a facet."""
        if key == "q":
            return self.but(text="")
        if key in self.ranges:
            return self.but(ranges={name: bounds for name, bounds in self.ranges.items() if name != key})
        left = tuple(v for v in self.chosen.get(key, ()) if value is not None and v != value)
        return self.but(chosen={**self.chosen, key: left})

    def cleared(self) -> Self:
        """Return what is asked with nothing narrowing it: machine, columns and order stay."""
        return self.but(text="", chosen={}, ranges={})

    def pairs(self) -> list[tuple[str, str]]:
        """Return the parameters in canonical order; what is as by default is left out."""
        pairs = [("q", self.text)] if self.text else []
        for facet in (FITS, *FACETS):
            pairs += [(facet.key, value) for value in self.chosen.get(facet.key, ())]
        for range_facet in RANGES:
            bounds = self.ranges.get(range_facet.key, Bounds())
            if bounds.low is not None:
                pairs.append((range_facet.low_key, _plain(bounds.low)))
            if bounds.high is not None:
                pairs.append((range_facet.high_key, _plain(bounds.high)))
        plain = Filters()
        for name in ("machine", "tokens", "quantization", "score", "sort", "page"):
            value = getattr(self, name)
            if value != getattr(plain, name):
                pairs.append((name, str(value)))
        return pairs

    @property
    def query(self) -> str:
        """Return the canonical query string without a question mark; empty when nothing is asked."""
        return urlencode(self.pairs())

    @property
    def data_query(self) -> str:
        """Return the canonical query string of the whole result, which has no pages."""
        return self.but().query


def _plain(number: Decimal) -> str:
    """Return a number without exponent or trailing zeros."""
    return format(number.normalize(), "f")
