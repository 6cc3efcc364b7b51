"""The pages of a list: how many rows each holds, and which of them the address asks for."""

from typing import TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest

ROWS_A_PAGE = 25

M = TypeVar("M", bound=Model)


def page_of(rows: QuerySet[M], request: HttpRequest) -> Page[M]:
    """The page of these rows that the address asks for; the nearest one when there is none of that number."""
    return Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
