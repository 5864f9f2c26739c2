"""Which rows of the catalog a page needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from catalog.models import Checkpoint  # noqa: F401


class CheckpointQuerySet(models.QuerySet["Checkpoint"]):
    """Checkpoints, with what pages ask of them."""

    def for_listing(self) -> Self:
        """Fetch with each row all that a list shows of it."""
        return self.select_related("family__organization", "release", "license")
