"""Writing rows only where they differ: what makes a second load write nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db.models import Model

M = TypeVar("M", bound=Model)


def store(row: M, values: Mapping[str, Any], *, always: Mapping[str, Any] | None = None) -> str:
    """Give a row its values; return "created", "updated" or "unchanged".

    Name foreign keys by their column (``track_id``), so that comparing fetches nothing. ``always`` is written
    along with a change but is none by itself.
    """
    created = row.pk is None
    if not created and all(getattr(row, name) == value for name, value in values.items()):
        return "unchanged"
    for name, value in {**values, **(always or {})}.items():
        setattr(row, name, value)
    row.save()
    return "created" if created else "updated"
