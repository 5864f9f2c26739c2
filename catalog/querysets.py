"""Which rows of the catalog a page needs, and with what beside them."""

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

    def for_page(self) -> Self:
        """Fetch with a row all that its own page says of its relatives."""
        return self.select_related(
            "family__organization", "release__superseded_by", "license", "derived_from__family"
        )

    def for_family_page(self) -> Self:
        """Fetch names, dates and sizes, with release, license and what came after: no architecture."""
        return (
            self.select_related("family", "release__superseded_by", "license")
            .only(
                "slug",
                "name",
                "kind",
                "structure",
                "parameters",
                "active_parameters",
                "context_tokens",
                "reads_images",
                "released",
                "derived_from",
                "family__slug",
                "family__name",
                "license__slug",
                "license__short_name",
                "release__slug",
                "release__name",
                "release__generation",
                "release__released",
                "release__superseded_by__slug",
                "release__superseded_by__name",
            )
            .order_by("released", "parameters", "name")
        )
