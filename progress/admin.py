"""Progress in the admin: how far learners have come, lesson by lesson. A record: looked at, never edited."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lessons.models import Module
from progress.models import LessonProgress
from quizzes.scores import whole_percent


class ModuleFilter(admin.SimpleListFilter):
    title = _("module")
    parameter_name = "module"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[Any, str]]:
        modules = Module.objects.filter(retired_at=None).order_by("track__position", "position")
        return list(modules.values_list("pk", "title"))

    def queryset(self, request: HttpRequest, queryset: QuerySet[LessonProgress]) -> QuerySet[LessonProgress]:
        value = self.value()
        return queryset.filter(lesson__module_id=int(value)) if value and value.isdecimal() else queryset


class CompletionFilter(admin.SimpleListFilter):
    title = _("completion")
    parameter_name = "completion"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[Any, Any]]:
        return [("done", _("done")), ("hand", _("done, marked by hand")), ("open", _("not done"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[LessonProgress]) -> QuerySet[LessonProgress]:
        match self.value():
            case "done":
                return queryset.filter(completed_at__isnull=False)
            case "hand":
                return queryset.filter(marked=True)
            case "open":
                return queryset.filter(completed_at=None)
        return queryset


@admin.register(LessonProgress)
class LessonProgressAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = (
        "learner",
        "lesson",
        "module",
        "is_done",
        "answered",
        "best",
        "answered_at",
        "completed_at",
    )
    list_filter = (CompletionFilter, ModuleFilter)
    list_select_related = ("learner__user", "lesson__module")
    search_fields = ("learner__user__username", "learner__user__email", "lesson__title")
    search_help_text = _("A learner's name or address, or a lesson's title.")
    ordering = ("-pk",)
    list_per_page = 50
    show_full_result_count = False

    @admin.display(description=_("module"))
    def module(self, row: LessonProgress) -> str:
        return row.lesson.module.title

    @admin.display(description=_("done"), boolean=True)
    def is_done(self, row: LessonProgress) -> bool:
        return row.completed_at is not None

    @admin.display(description=_("best score"), empty_value="–")
    def best(self, row: LessonProgress) -> str | None:
        return None if row.best_share is None else f"{whole_percent(row.best_share)}%"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: LessonProgress | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: LessonProgress | None = None) -> bool:
        return False
