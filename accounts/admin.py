"""Accounts and learners in the admin. A learner is a record: it is looked at, never edited."""

from collections.abc import Callable, Sequence
from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.db.models import Count, IntegerField, ManyToOneRel, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import Learner, LearnerQuerySet, User
from accounts.ownership import owned_relations
from accounts.services import erase_account

# The admin's own sign-in knows neither second factors nor limits on guessing; ours does.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]


@admin.register(User)
class UserAdmin(DjangoUserAdmin):  # type: ignore[type-arg]
    """Accounts. Whoever is deleted here is erased as on their own page: everywhere."""

    list_display = ("username", "email", "is_staff", "is_active", "date_joined", "last_login")
    list_filter = ("is_staff", "is_superuser", "is_active", "groups")
    ordering = ("username",)
    show_full_result_count = False

    def get_deleted_objects(
        self, objs: Sequence[Any] | QuerySet[Any], request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[str], list[Any]]:
        """Whoever may delete an account may delete what hangs on it, though nobody may delete that alone."""
        listed, counts, _permissions_needed, protected = super().get_deleted_objects(objs, request)
        return listed, counts, set(), protected

    def delete_model(self, request: HttpRequest, obj: User) -> None:
        erase_account(obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        for user in queryset:
            erase_account(user)


class WhatFilter(admin.SimpleListFilter):
    """What a learner is."""

    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("account", _("account")), ("guest", _("guest")), ("merged", _("merged guest"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Learner]) -> QuerySet[Learner]:
        kinds: dict[str, dict[str, Any]] = {
            "account": {"user__isnull": False},
            "guest": {"user": None, "merged_into": None},
            "merged": {"merged_into__isnull": False},
        }
        return queryset.filter(**kinds.get(self.value() or "", {}))


@admin.register(Learner)
class LearnerAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Who learns here, with how many rows of each kind hang on them. Search: user name, e-mail, public id."""

    search_fields = ("user__username", "user__email", "^public_id")
    search_help_text = _("User name, email address, or the beginning of a public id.")
    list_filter = (WhatFilter,)
    list_select_related = ("user", "merged_into__user")
    ordering = ("-last_seen_at", "-pk")
    date_hierarchy = None
    list_per_page = 50
    show_full_result_count = False
    fields = ("user", "public_id", "timezone", "merged_into", "created_at", "last_seen_at")
    readonly_fields = fields

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        return ["__str__", "email", *map(_count_column, owned_relations()), "created_at", "last_seen_at"]

    def get_queryset(self, request: HttpRequest) -> LearnerQuerySet:
        learners: LearnerQuerySet = super().get_queryset(request)  # type: ignore[assignment]
        counts = {_count_name(relation): _count_of(relation) for relation in owned_relations()}
        return learners.annotate(**counts)

    @admin.display(description=_("email address"), ordering="user__email")
    def email(self, learner: Learner) -> str:
        return learner.user.email if learner.user else ""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Learner | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Learner | None = None) -> bool:
        return False


def _count_name(relation: ManyToOneRel) -> str:
    return f"count_of_{relation.get_accessor_name()}"


def _count_of(relation: ManyToOneRel) -> Coalesce:
    """Count by a subquery of its own: joins would multiply one kind of row by another."""
    rows = relation.related_model._default_manager.filter(**{relation.field.name: OuterRef("pk")})
    counted = rows.order_by().values(relation.field.name).annotate(rows=Count("pk")).values("rows")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _count_column(relation: ManyToOneRel) -> Callable[[Learner], int]:
    name = _count_name(relation)

    @admin.display(description=relation.related_model._meta.verbose_name_plural)
    def column(learner: Learner) -> int:
        return int(getattr(learner, name))

    column.__name__ = name
    return column
