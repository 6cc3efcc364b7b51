"""A list as somebody asks for it: the page of it, or the file that the same address gives with a format."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponseBase
from django.template.response import TemplateResponse

from accounts.models import User
from accounts.policies import AuthenticatedRequest
from accounts.roles import Role
from accounts.trail import record_export
from lists.columns import M
from lists.files import FORMATS, columns_kept, file_of
from lists.listing import FORMAT, Asked, Listing
from territories.clock import now

PAGE = "lists/list.html"


def list_answer(
    request: AuthenticatedRequest,
    listing: Listing[M],
    rows: QuerySet[M],
    *,
    template: str = PAGE,
    **context: Any,  # Any: whatever the template of the list wants besides
) -> HttpResponseBase:
    """The page of a list, or its file. `rows` are those that the reader may see; `template` extends PAGE.

    Three queries beside those of the columns: the count, the keys of the page, its rows.
    """
    asked = Asked(listing, rows, request.GET)
    if FORMAT in request.GET:
        return _file(request, asked)
    downloads = [(f"Liste {made.name}", asked.address(**{FORMAT: kind})) for kind, made in FORMATS.items()]
    said = {"heading": listing.title, "list": asked, "page": asked.page, "downloads": downloads}
    return TemplateResponse(request, template, {**said, **context})


def _file(request: AuthenticatedRequest, asked: Asked[M]) -> HttpResponseBase:
    """The file that the address asks for. Raises Http404 for a format that there is not."""
    kind = request.GET.get(FORMAT, "")
    if kind not in FORMATS:
        raise Http404
    columns = columns_kept(asked, ())
    record_export(request, asked.listing.title, rows=asked.count)
    return file_of(asked, kind, columns=columns, author=_author(request.user), at=now(request.user.department))


def _author(user: User) -> str:
    """Who a file is from, in its properties."""
    if user.department and user.role != Role.ENTREPRISE:
        return f"Préfecture {user.department.of_name}"
    return "Portail PAQTE"
