"""The catalog to look things up in: its rows come from files in Git, so nothing is edited here."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from catalog.models import (
    Benchmark,
    Checkpoint,
    Citation,
    Family,
    License,
    LicenseAnswer,
    Machine,
    Organization,
    PublishedFile,
    Release,
    Result,
    Source,
)


class _ReadOnly:
    """Whoever may view may look, and nobody may change: the files are the source."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class CatalogAdmin(_ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    """Rows of the catalog."""

    show_full_result_count = False


class CatalogInline(_ReadOnly, admin.TabularInline):  # type: ignore[type-arg]
    """Rows that belong to the one on the page."""

    extra = 0
    classes = ("collapse",)


class CitationInline(CatalogInline):
    model = Citation
    fields = ("group", "source", "evidence", "note")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Citation]:
        return super().get_queryset(request).select_related("source")


class PublishedFileInline(CatalogInline):
    model = PublishedFile
    fields = ("quantization", "size_gib", "source")

    def get_queryset(self, request: HttpRequest) -> QuerySet[PublishedFile]:
        return super().get_queryset(request).select_related("source")


class ResultInline(CatalogInline):
    model = Result
    fields = ("benchmark", "value", "setting", "reporter", "observed_on", "source")
    ordering = ("benchmark__name", "-value")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Result]:
        return super().get_queryset(request).select_related("benchmark", "source", "checkpoint")


class AnswerInline(CatalogInline):
    model = LicenseAnswer
    fields = ("question", "verdict", "detail", "threshold", "place", "images_only", "clause", "source")

    def get_queryset(self, request: HttpRequest) -> QuerySet[LicenseAnswer]:
        return super().get_queryset(request).select_related("source")


class CheckpointInline(CatalogInline):
    model = Checkpoint
    fields = ("name", "kind", "license", "parameters", "context_tokens", "released")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Checkpoint]:
        return super().get_queryset(request).select_related("license")


@admin.register(Checkpoint)
class CheckpointAdmin(CatalogAdmin):
    """Search: name, hub id, slug, family, organization."""

    list_display = ("name", "family", "kind", "license", "parameters", "context_tokens", "released")
    list_filter = ("kind", "structure", "family", "license", "release_basis")
    list_select_related = ("family", "license")
    search_fields = ("name", "hub_id", "slug", "family__name", "family__organization__name")
    search_help_text = _("Name, hub id, family or organization")
    date_hierarchy = "released"
    inlines = (CitationInline, PublishedFileInline, ResultInline)


@admin.register(Family)
class FamilyAdmin(CatalogAdmin):
    """Search: name, organization."""

    list_display = ("name", "organization", "known_for", "checkpoints", "is_core")
    list_filter = ("is_core", "organization")
    list_select_related = ("organization",)
    search_fields = ("name", "slug", "organization__name")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Family]:
        families: QuerySet[Family] = super().get_queryset(request)
        return families.annotate(checkpoint_count=Count("checkpoints"))

    @admin.display(description=_("checkpoints"), ordering="checkpoint_count")
    def checkpoints(self, family: Any) -> int:
        """How many sets of weights the family has here."""
        count: int = family.checkpoint_count
        return count


@admin.register(Release)
class ReleaseAdmin(CatalogAdmin):
    """Search: name, family."""

    list_display = ("name", "family", "generation", "released", "superseded_by")
    list_filter = ("family",)
    list_select_related = ("family", "superseded_by")
    search_fields = ("name", "slug", "family__name")
    inlines = (CheckpointInline,)


@admin.register(Organization)
class OrganizationAdmin(CatalogAdmin):
    """Search: name."""

    list_display = ("name", "slug")
    search_fields = ("name",)


@admin.register(License)
class LicenseAdmin(CatalogAdmin):
    """Search: name, SPDX identifier, steward."""

    list_display = ("short_name", "steward", "summary", "osi_approved", "text_read", "reviewed_on")
    list_filter = ("osi_approved", "text_read")
    search_fields = ("name", "short_name", "slug", "spdx_id", "steward")
    inlines = (AnswerInline,)


@admin.register(Benchmark)
class BenchmarkAdmin(CatalogAdmin):
    """Search: name, what it measures."""

    list_display = ("name", "measures", "unit", "saturation", "chance_percent")
    list_filter = ("saturation", "unit")
    search_fields = ("name", "slug", "measures")


@admin.register(Result)
class ResultAdmin(CatalogAdmin):
    """Search: checkpoint, benchmark, reporter."""

    list_display = ("checkpoint", "benchmark", "value", "setting", "reporter", "observed_on", "evidence")
    list_filter = ("benchmark", "reporter_kind", "reporter", "evidence")
    list_select_related = ("checkpoint", "benchmark")
    search_fields = ("checkpoint__name", "checkpoint__slug", "benchmark__name", "reporter")
    date_hierarchy = "observed_on"


@admin.register(Machine)
class MachineAdmin(CatalogAdmin):
    """Search: name, vendor."""

    list_display = ("name", "vendor", "kind", "memory_gb", "bandwidth_gb_s", "evidence")
    list_filter = ("kind", "vendor")
    search_fields = ("name", "vendor")


@admin.register(Source)
class SourceAdmin(CatalogAdmin):
    """Search: title, address."""

    list_display = ("title", "slug", "url", "seen")
    search_fields = ("title", "slug", "url")
    date_hierarchy = "seen"
