"""What a person keeps of a list: a view under a name, the columns of its files."""

import re
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import resolve
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actions import kept_lists as actions
from accounts.confirmation import confirm_removal, must_confirm
from accounts.forms import SavedViewForm
from accounts.models import SavedView
from accounts.models.kept_list import LONGEST_PAGE, LONGEST_QUERY
from accounts.policies import AuthenticatedRequest, any_account
from dsfr_forms.forms import posted
from dsfr_forms.layout import portal_helper
from lists.listing import without_page

COLUMN = re.compile(r"[a-z0-9-]{1,40}")
MOST_COLUMNS = 20


@require_http_methods(["GET", "HEAD", "POST"])
@any_account
def saved_view_create(request: AuthenticatedRequest, page: str) -> HttpResponse:
    """Give a name to a list as it is narrowed and sorted."""
    address, query = _list_at(page), _query(request.GET)
    back = f"{address}?{query}"
    form = SavedViewForm(posted(request))
    if form.is_valid():
        try:
            view = actions.keep_view(page=address, name=form.cleaned_data["name"], query=query, by=request.user)
        except actions.TooManyViews as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, f"La vue «\u00a0{view.name}\u00a0» est enregistrée.")
            return redirect(view)
    context = {"form": form, "helper": portal_helper("Enregistrer la vue", cancel_url=back), "back": back}
    return TemplateResponse(request, "accounts/saved_view_create.html", context, status=form.http_status)


@require_POST
@any_account
def saved_view_give_up(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """Ask, then forget one of one's own views."""
    view = get_object_or_404(SavedView, pk=pk, user=request.user)
    back = view.page
    if must_confirm(request, [view.name]):
        return confirm_removal(request, [f"Vue «\u00a0{view.name}\u00a0»"], back=back)
    actions.give_up_view(view, by=request.user)
    messages.success(request, f"La vue «\u00a0{view.name}\u00a0» est supprimée.")
    return redirect(back)


@require_POST
@any_account
def chosen_columns(request: AuthenticatedRequest, page: str) -> HttpResponse:
    """Keep the columns that were ticked for the files of a list."""
    address = _list_at(page)
    names = [name for name in request.POST.getlist("colonne") if COLUMN.fullmatch(name)][:MOST_COLUMNS]
    actions.choose_columns(page=address, names=names, by=request.user)
    messages.success(request, "Vos prochains fichiers de cette liste auront ces colonnes.")
    return redirect(f"{address}?{_query(request.POST)}")


def _list_at(page: str) -> str:
    """The address of a list, from what stands between its slashes. Raises Http404 for any other page."""
    address = f"/{page}/"
    found = resolve(address)
    if not (found.url_name or "").endswith("_list") or len(address) > LONGEST_PAGE:
        raise Http404
    return address


def _query(asked: QueryDict) -> str:
    """How the list is narrowed and sorted. Raises Http404 when that is longer than any list makes it."""
    query = without_page(QueryDict(asked.get("filtres", ""))).urlencode()
    if len(query) > LONGEST_QUERY:
        raise Http404
    return query
