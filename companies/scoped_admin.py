"""What every page of the technical administration shares: rows of one's own perimeter, to read, and nothing deleted."""

from typing import Any, TypeVar

from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.models import User

Row = TypeVar("Row", bound=models.Model)


def may_administer(request: HttpRequest) -> bool:
    """Who comes in sees; which rows, visible_to says."""
    return isinstance(request.user, User) and request.user.may_administer


class ReadOnlyAdmin(admin.ModelAdmin[Row]):
    """Rows to read. States move in the portal only, journals never change, nothing is deleted."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return may_administer(request)

    def has_view_permission(self, request: HttpRequest, obj: Row | None = None) -> bool:
        return may_administer(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Row | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Row | None = None) -> bool:
        return False


class ScopedAdmin(ReadOnlyAdmin[Row]):
    """Those of one's perimeter."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Row]:
        model: Any = self.model  # Any: its manager is the one of a ScopedQuerySet
        rows: QuerySet[Row] = model._default_manager.visible_to(request.user)
        return rows

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Row], search_term: str
    ) -> tuple[QuerySet[Row], bool]:
        """As the portal's own lists search, accents aside; `search_fields` then only makes Django show the box."""
        if search_term and hasattr(queryset, "search"):
            return queryset.search(search_term), False
        return super().get_search_results(request, queryset, search_term)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Nothing holds the character NUL, and PostgreSQL fails on being asked: 400."""
        return "\0" not in value and super().lookup_allowed(lookup, value, request)


class LinesInline(admin.TabularInline[Any, Any]):  # Any: one class for several models
    """Rows that belong to another, shown under it."""

    extra = 0
    can_delete = False

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return may_administer(request)

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False
