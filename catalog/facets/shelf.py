"""The rows of the catalog set up for counting: one Python integer per (facet, value), one bit per row.

Intersecting facets is ``&``, joining values is ``|``, counting is ``bit_count``: all counts of a page take
well under a millisecond, however many values there are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from catalog.facets.definitions import FACETS, RANGES, Facet, Label
from catalog.facets.filters import Bounds, Filters
from catalog.facets.items import Item, split_words
from catalog.permissions import UNKNOWN


@dataclass(frozen=True, slots=True)
class Counts:
    """What a list shows beside each choice.

    ``values`` gives by facet and value the rows there would be if that value alone were chosen in its facet
    with everything else kept; ``steps`` the same for the ready-made lowest values of a range; ``unknown`` by
    range the rows it leaves out because the figure is not known; ``without`` by key the rows there would be
    if that facet, range or text were dropped.
    """

    total: int
    values: Mapping[str, Mapping[str, int]]
    steps: Mapping[str, Mapping[int, int]]
    unknown: Mapping[str, int]
    without: Mapping[str, int]


class Shelf:
    """Rows with their facets. Build it once, ask it often; it does not change."""

    def __init__(self, items: Sequence[Item], facets: Iterable[Facet] = FACETS) -> None:
        self.items = items
        self.facets = tuple(facets)
        self._everything = (1 << len(items)) - 1
        self._masks: dict[str, dict[str, int]] = {}
        self._labels: dict[str, dict[str, Label]] = {}
        for facet in self.facets:
            self._index(facet)

    def _index(self, facet: Facet) -> None:
        masks: dict[str, int] = {value: 0 for value, _label in facet.choices or ()}
        labels: dict[str, Label] = {UNKNOWN: _("Not known")}
        leading: set[str] = set()
        for place, item in enumerate(self.items):
            values = facet.values_of(item)
            for value in values:
                masks[value] = masks.get(value, 0) | 1 << place
            if facet.label_of is not None:
                labels = {**facet.label_of(item), **labels}
            if facet.leads is not None and facet.leads(item):
                leading |= values
        if facet.choices is None:
            order = sorted(masks, key=lambda value: str(labels.get(value, value)).casefold())
            if facet.newest_first:
                order.reverse()
            # What is not known stands last, whatever the order.
            order.sort(key=lambda value: (value == UNKNOWN, value not in leading))
            masks = {value: masks[value] for value in order}
        self._masks[facet.key] = masks
        self._labels[facet.key] = {**labels, **dict(facet.choices or ())}

    def values(self) -> Mapping[str, Collection[str]]:
        """Return the values of every facet, in order."""
        return {key: list(masks) for key, masks in self._masks.items()}

    def held(self, key: str) -> list[str]:
        """Return the values of one facet that at least one row has: what is worth showing."""
        return [value for value, mask in self._masks[key].items() if mask]

    def label(self, key: str, value: str) -> Label:
        """Return the words for one value of one facet."""
        return self._labels[key].get(value, value)

    def matching(self, filters: Filters) -> list[Item]:
        """Return the rows that pass every facet, in the shelf's own order."""
        mask = self._intersect(self._selections(filters))
        return [item for place, item in enumerate(self.items) if mask >> place & 1]

    def facet_counts(self, filters: Filters) -> Counts:
        """Count the rows behind every choice there is: see ``Counts``."""
        selections = self._selections(filters)
        values, steps, unknown, without = {}, {}, {}, {}
        for facet in self.facets:
            others = self._intersect(selections, but=facet.key)
            values[facet.key] = {
                value: (others & mask).bit_count() for value, mask in self._masks[facet.key].items()
            }
        for range_facet in RANGES:
            others = self._intersect(selections, but=range_facet.key)
            figures = [range_facet.value_of(item) for item in self.items]
            unknown[range_facet.key] = (others & _bits(figure is None for figure in figures)).bit_count()
            steps[range_facet.key] = {
                step: (
                    others & _bits(figure is not None and figure >= step for figure in figures)
                ).bit_count()
                for step in range_facet.steps
            }
        for key in selections:
            without[key] = self._intersect(selections, but=key).bit_count()
        total = self._intersect(selections).bit_count()
        return Counts(total, values, steps, unknown, without)

    def _selections(self, filters: Filters) -> dict[str, int]:
        """Return the rows that pass, by what was asked; what was not asked is absent."""
        selections: dict[str, int] = {}
        if filters.text:
            words = split_words(filters.text)
            # A text of signs alone names nothing, so nothing bears it.
            selections["q"] = _bits(
                bool(words) and all(f" {word}" in item.haystack for word in words) for item in self.items
            )
        for range_facet in RANGES:
            bounds = filters.ranges.get(range_facet.key, Bounds())
            if bounds:
                selections[range_facet.key] = _bits(
                    bounds.hold(range_facet.value_of(item), range_facet.unit) for item in self.items
                )
        for facet in self.facets:
            if chosen := filters.chosen.get(facet.key):
                mask = 0
                for value in chosen:
                    mask |= self._masks[facet.key].get(value, 0)
                selections[facet.key] = mask
        return selections

    def _intersect(self, selections: Mapping[str, int], but: str | None = None) -> int:
        mask = self._everything
        for key, selection in selections.items():
            if key != but:
                mask &= selection
        return mask


def _bits(passes: Iterable[bool]) -> int:
    """Return an integer whose bit at each place says whether the row there passes."""
    return sum(1 << place for place, passed in enumerate(passes) if passed)


def facet_counts(filters: Filters, shelf: Shelf) -> Counts:
    """Count the rows behind every choice: the one door that pages and data endpoints use."""
    return shelf.facet_counts(filters)
