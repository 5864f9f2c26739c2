"""Writing rows only where they differ: what makes a second load write nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar

from django.db.models import Model

M = TypeVar("M", bound=Model)
T = TypeVar("T")

BATCH = 200
"""How many rows are compared and written at a time: what bounds the memory of a load."""


def store(row: M, values: Mapping[str, Any]) -> str:
    """Give a row its values; return "created", "updated" or "unchanged".

    Name foreign keys by their column (``track_id``), so that comparing fetches nothing.
    """
    created = row.pk is None
    if not created and all(getattr(row, name) == value for name, value in values.items()):
        return "unchanged"
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    return "created" if created else "updated"


def write_rows(rows: Sequence[M]) -> None:
    """Insert rows that have no primary key, which they have afterwards, and replace those that have one.

    A replaced row is written whole, in one statement for many, whatever it held before.
    """
    if not rows:
        return
    model = type(rows[0])
    fresh = [row for row in rows if row.pk is None]
    known = [row for row in rows if row.pk is not None]
    model._default_manager.bulk_create(fresh, batch_size=BATCH)
    columns = [field.name for field in model._meta.concrete_fields if not field.primary_key]
    model._default_manager.bulk_create(
        known,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=[model._meta.pk.name],
        update_fields=columns,
    )


def set_links(through: type[Model], owner: str, other: str, wanted: Mapping[int, set[int]]) -> None:
    """Make the rows of a many-to-many table those wanted, for each owner named: a query, two statements."""
    rows = through._default_manager
    stored: dict[int, dict[int, int]] = defaultdict(dict)
    for pk, mine, theirs in rows.filter(**{f"{owner}__in": list(wanted)}).values_list("pk", owner, other):
        stored[mine][theirs] = pk
    gone = [
        pk for mine, links in wanted.items() for theirs, pk in stored[mine].items() if theirs not in links
    ]
    if gone:
        rows.filter(pk__in=gone).delete()
    rows.bulk_create(
        (
            through(**{owner: mine, other: theirs})
            for mine, links in wanted.items()
            for theirs in sorted(links - stored[mine].keys())
        ),
        batch_size=BATCH,
    )


def batches(items: Iterable[T], size: int = BATCH) -> Iterator[list[T]]:
    """Yield lists of at most ``size`` items."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch
