"""What the apps above are asked and told by a load, inside its transaction."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.dispatch import Signal

from lessons.models import Asset

assets_unlinked = Signal()
"""Sent with ``assets`` (``{primary key: sha256}``) that some page stopped showing.

A receiver returns the primary keys of those that its own rows still show, such as a question as it was once
answered.
"""


def still_needed(assets: Collection[int]) -> set[int]:
    """Return which of these assets rows of the apps above still show; nobody is asked about none."""
    if not assets:
        return set()
    named = dict(Asset.objects.filter(pk__in=assets).values_list("pk", "sha256"))
    found: set[Any] = set()
    for _receiver, needed in assets_unlinked.send(sender=Asset, assets=named):
        found.update(needed or ())
    return found
