"""A list as somebody asks for it: the page of it, or the file that the same address gives with a format."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponseBase, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode

from accounts.models import ChosenColumns, SavedView, User
from accounts.models.used_key import LONGEST_ANSWER
from accounts.policies import AuthenticatedRequest
from accounts.roles import Role
from accounts.trail import record_export
from lists.columns import Column, M
from lists.files import FORMATS, columns_kept, file_of
from lists.listing import FORMAT, Asked, Listing, without_page
from territories.clock import now

PAGE = "lists/list.html"


@dataclass(frozen=True)
class KeptList:
    """What somebody keeps of a list, beside what the address asks for."""

    page: str
    """The address of the list, without what narrows it."""
    query: str
    """How it is narrowed and sorted now."""
    views: Sequence[SavedView]
    columns: Sequence[Column[Any]]  # Any: of the rows of this list
    """Those of the files."""

    @property
    def create_url(self) -> str:
        """The page that keeps the list as it is."""
        return f"{reverse('saved_view_create', args=[self.page.strip('/')])}?{urlencode({'filtres': self.query})}"

    @property
    def columns_url(self) -> str:
        """Where the columns of the files are sent."""
        return reverse("chosen_columns", args=[self.page.strip("/")])


def list_answer(
    request: AuthenticatedRequest,
    listing: Listing[M],
    rows: QuerySet[M],
    *,
    template: str = PAGE,
    **context: Any,  # Any: whatever the template of the list wants besides
) -> HttpResponseBase:
    """The page of a list, or its file. `rows` are those that the reader may see; `template` extends PAGE.

    Five queries beside those of the columns: the count, the keys of the page, its rows, the views, the columns kept.
    """
    asked = Asked(listing, rows, request.GET)
    if FORMAT in request.GET:
        return _file(request, asked)
    said = {
        "heading": listing.title,
        "list": asked,
        "page": asked.page,
        "downloads": [(f"Liste {made.name}", asked.address(**{FORMAT: kind})) for kind, made in FORMATS.items()],
        "kept": _kept(request, asked),
    }
    return TemplateResponse(request, template, {**said, **context})


def back_to(request: AuthenticatedRequest, name: str) -> str:
    """The list whose form was sent, narrowed as its page was; whole when that is longer than an answer may be."""
    narrowed = without_page(QueryDict(request.POST.get("filtres", "")))
    address = f"{reverse(name)}?{narrowed.urlencode()}"
    return address if len(address) <= LONGEST_ANSWER else reverse(name)


def _kept(request: AuthenticatedRequest, asked: Asked[M]) -> KeptList:
    return KeptList(
        page=request.path,
        query=without_page(request.GET).urlencode(),
        views=list(SavedView.objects.filter(user=request.user, page=request.path)),
        columns=_columns(request, asked),
    )


def _columns(request: AuthenticatedRequest, asked: Asked[M]) -> Sequence[Column[M]]:
    chosen = ChosenColumns.objects.filter(user=request.user, page=request.path).first()
    return columns_kept(asked, chosen.names.split() if chosen else ())


def _file(request: AuthenticatedRequest, asked: Asked[M]) -> HttpResponseBase:
    """The file that the address asks for. Raises Http404 for a format that there is not."""
    kind = request.GET.get(FORMAT, "")
    if kind not in FORMATS:
        raise Http404
    record_export(request, asked.listing.title, rows=asked.count)
    columns = _columns(request, asked)
    return file_of(asked, kind, columns=columns, author=author_of(request.user), at=now(request.user.department))


def author_of(user: User) -> str:
    """Who a file that somebody takes away is from, in its properties."""
    if user.department and user.role != Role.ENTREPRISE:
        return f"Préfecture {user.department.of_name}"
    return "Portail PAQTE"
