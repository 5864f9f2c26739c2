"""What was made of the source texts, to look at: the texts themselves are edited as *source texts*."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lessons.models import Asset, GlossaryTerm, Lesson, Module, RenderedText, ReplacedText, Track


class DerivedAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Rows made from source texts: never edited here."""

    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=_("source text"))
    def edit(self, row: RenderedText) -> SafeString | str:
        """Link to the text that this row was made from."""
        if row.source_id is None:
            return "–"
        url = reverse("admin:lessons_sourcefile_change", args=[row.source_id])
        return format_html('<a href="{}">{}</a>', url, row.source)

    @admin.display(description=_("published"), boolean=True)
    def published(self, row: RenderedText) -> bool:
        return row.is_published


@admin.register(Track)
class TrackAdmin(DerivedAdmin):
    """Courses."""

    list_display = ("title", "slug", "level", "position", "retired_at")
    search_fields = ("title", "slug")


@admin.register(Module)
class ModuleAdmin(DerivedAdmin):
    """Parts of courses."""

    list_display = ("title", "track", "position", "published", "edit")
    list_filter = ("track", "draft")
    list_select_related = ("track", "source")
    search_fields = ("title", "path", "key")
    exclude = ("html", "contents", "menu", "assets", "front_matter")


@admin.register(Lesson)
class LessonAdmin(DerivedAdmin):
    """Lessons. Search: title, address, id, name of the module."""

    list_display = ("title", "module", "number", "minutes", "words", "complete", "published", "edit")
    list_filter = ("track", "module", "draft", "unlisted")
    list_select_related = ("module", "source")
    search_fields = ("title", "path", "key", "module__title")
    exclude = ("html", "contents", "assets", "front_matter")


@admin.register(GlossaryTerm)
class GlossaryTermAdmin(DerivedAdmin):
    """Words of the field."""

    list_display = ("term", "slug", "source_title", "seen_on", "retired_at")
    search_fields = ("term", "slug", "definition")


@admin.register(Asset)
class AssetAdmin(DerivedAdmin):
    """Files that lessons show."""

    list_display = ("name", "content_type", "width", "height")
    search_fields = ("name",)
    exclude = ("data",)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).defer("data")


@admin.register(ReplacedText)
class ReplacedTextAdmin(DerivedAdmin):
    """What was written on the site and then replaced: to be copied back where that was not meant."""

    list_display = ("source", "edited_by", "edited_at", "replaced_at")
    list_select_related = ("source", "edited_by")
    search_fields = ("source__path", "text")
    search_help_text = _("Part of the file's path, or words from the text.")
    date_hierarchy = "replaced_at"
    readonly_fields = ("today",)

    @admin.display(description=_("today's text"))
    def today(self, row: ReplacedText) -> SafeString | str:
        """Link to the text that stands there now."""
        if row.source.retired_at is not None:
            return gettext("The file was removed.")
        url = reverse("admin:lessons_sourcefile_change", args=[row.source_id])
        return format_html('<a href="{}">{}</a>', url, row.source)
