"""The page of the group of a company: link it, end the link, take away one that should never have been."""

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from accounts.confirmation import confirm_removal, must_confirm
from accounts.models import User
from accounts.once import once
from accounts.policies import AuthenticatedRequest, allow
from accounts.roles import Role
from companies.actions.groups import GONE, forget_group, join_group, leave_group
from companies.forms.groups import FOUND, FindGroupForm, JoinGroupForm, LeaveGroupForm
from companies.models import Company, GroupLink
from companies.selectors import kin_of
from dsfr_forms.fields import row_number
from dsfr_forms.forms import posted
from dsfr_forms.lists import page_of
from territories.clock import now, today
from workflows.forms import RefusalsOf
from workflows.tables import WrongState

REMOVAL = "Les bilans déjà transmis ne changent pas\u00a0; si le groupe a pris fin, indiquez plutôt le dernier jour."


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.REFERENT)
@once
def company_group(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """Every group it was part of, and what comes next: its end, or another one."""
    company = get_object_or_404(Company.objects.visible_to(request.user).select_related("department"), pk=pk)
    if request.POST.get("action") == "remove":
        return _forgotten(request, company)
    links = list(_links(request, company))
    current = next((link for link in links if link.until is None), None)
    leaving = request.POST.get("action", "leave" if current else "join") == "leave"
    chosen = {name: request.GET.get(name, "") for name in ("siren", "name")}
    form = (
        LeaveGroupForm(posted(request)) if leaving else JoinGroupForm(posted(request), initial=chosen, company=company)
    )
    if form.is_valid() and _saved(company, current, form, by=request.user):
        messages.success(request, "Le rattachement au groupe est enregistré.")
        return redirect(company)
    context = {"company": company, "links": links, "leaving": leaving, "current": current, "form": form}
    context |= _around(request, company, current)
    return TemplateResponse(request, "companies/company_group.html", context, status=form.http_status)


def _around(request: AuthenticatedRequest, company: Company, current: GroupLink | None) -> dict[str, object]:
    """Who else is of the group, and the groups that a search finds."""
    finding = FindGroupForm(request.GET if "q" in request.GET else None)
    found = finding.found(besides=company.legal_unit_id) if finding.is_valid() else []
    siren = current.group_id if current else company.legal_unit_id
    kin = kin_of(company, siren, reader=request.user, on=today(company.department))
    return {"kin": page_of(kin, request), "finding": finding, "found": found, "most": FOUND}


def _saved(company: Company, current: GroupLink | None, form: JoinGroupForm | LeaveGroupForm, *, by: User) -> bool:
    """Link or end the link; false when it cannot be, which becomes an error of the form."""
    at, asked = now(company.department), form.cleaned_data
    with RefusalsOf(form):
        if isinstance(form, JoinGroupForm):
            join_group(company, **asked, at=at, by=by)
        elif current is None:
            raise WrongState([GONE])
        else:
            leave_group(current, **asked, at=at, by=by)
    return form.is_valid()


def _forgotten(request: AuthenticatedRequest, company: Company) -> HttpResponse:
    """Take away the link named in the form, once it has been read again."""
    link = get_object_or_404(_links(request, company), pk=row_number(request.POST.get("link", "")))
    if must_confirm(request, [str(link)]):
        return confirm_removal(request, [str(link)], back=request.path, effect=REMOVAL)
    forget_group(link, at=now(company.department), by=request.user)
    messages.success(request, "Le rattachement au groupe est retiré.")
    return redirect("company_group", pk=company.pk)


def _links(request: AuthenticatedRequest, company: Company) -> QuerySet[GroupLink]:
    return GroupLink.objects.visible_to(request.user).filter(company=company).select_related("group", "company")
