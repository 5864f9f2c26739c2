"""Finding checkpoints: facets with counts, free text, ranges, and an address that holds it all."""

from catalog.facets.definitions import FACETS, FITS, RANGES, Facet, RangeFacet
from catalog.facets.filters import Bounds, Filters
from catalog.facets.items import Item, read_items
from catalog.facets.reading import Asked, Vocabulary, read_filters
from catalog.facets.shelf import Counts, Shelf, facet_counts

__all__ = [
    "FACETS",
    "FITS",
    "RANGES",
    "Asked",
    "Bounds",
    "Counts",
    "Facet",
    "Filters",
    "Item",
    "RangeFacet",
    "Shelf",
    "Vocabulary",
    "facet_counts",
    "read_filters",
    "read_items",
]
