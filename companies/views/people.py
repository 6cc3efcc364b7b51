"""Pages of the people of a company, and of its further establishments."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import BaseInlineFormSet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.confirmation import confirm_removal, must_confirm
from accounts.models import User
from accounts.once import once
from accounts.policies import AuthenticatedRequest, allow
from accounts.roles import CompanyRole, Role
from companies.actions.members import change_role, remove_member
from companies.actions.sheet import Edited, change_contacts, change_establishments
from companies.forms.companies import ContactFormSet, EstablishmentFormSet
from companies.forms.establishments import PastedForm
from companies.forms.invitations import MemberForm
from companies.lists.invitations import lines_of
from companies.models import Company, Establishment, Membership
from companies.seats import MANAGERS
from companies.views.invitations import invitation_sent
from dsfr_forms.fields import row_number
from dsfr_forms.forms import posted, status_of
from french.numbers import counted
from territories.clock import now
from workflows.tables import WrongRole

NOT_A_MANAGER = "Seuls le référent et les administrateurs de l’entreprise gèrent ses membres et ses contacts."


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.REFERENT, Role.ENTREPRISE)
@once
def company_members(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """Invite, promote, demote or remove a member; the last administrator stays."""
    company = _managed(request, pk)
    typed = request.POST if request.POST.get("action") == "invite" else None
    form = MemberForm(typed, by=request.user, company=company)
    if request.method == "POST":
        if not form.is_bound:
            return _change_member(request, company)
        if form.is_valid() and invitation_sent(request, form):
            return redirect("company_members", pk=pk)
    context = {
        "company": company,
        "form": form,
        "members": [(item, item.role == CompanyRole.ADMINISTRATOR) for item in _members(company)],
        "invitations": lines_of(company.invitations.open().select_related("mail"), at=timezone.now()),
    }
    return TemplateResponse(request, "companies/company_members.html", context, status=form.http_status)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.REFERENT, Role.ENTREPRISE)
@once
def company_contacts(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """The professional contacts of a company."""
    company = _managed(request, pk)
    formset = ContactFormSet(posted(request), instance=company)
    return _edit(request, company, formset, change_contacts, template="companies/company_contacts.html")


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.REFERENT)
@once
def company_establishments(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """The further establishments that the signature covers, one by one or pasted from a list."""
    company = _managed(request, pk)
    pasting = request.POST.get("action") == "paste"
    pasted = PastedForm(posted(request) if pasting else None, company=company)
    if pasted.is_valid():
        return _added(request, company, pasted.cleaned_data["lines"])
    formset = EstablishmentFormSet(None if pasting else posted(request), instance=company)
    template = "companies/company_establishments.html"
    answer = _edit(request, company, formset, change_establishments, template=template, pasted=pasted)
    answer.status_code = pasted.http_status if pasting else answer.status_code
    return answer


def _added(request: AuthenticatedRequest, company: Company, new: list[Establishment]) -> HttpResponse:
    """Save those that were pasted, and say how many were new."""
    change_establishments(company, edited=Edited(written=new), at=now(company.department), by=request.user)
    added = counted(len(new), "établissement ajouté", "établissements ajoutés") if new else "Rien de nouveau"
    messages.success(request, f"{added}\u00a0; ceux que l’entreprise avait déjà ne changent pas.")
    return redirect(company)


def _managed(request: AuthenticatedRequest, pk: UUID) -> Company:
    """The company, when this person manages its people: 404 for somebody else's, 403 for the wrong role."""
    company = get_object_or_404(Company.objects.visible_to(request.user), pk=pk)
    if company.acting_as(request.user) not in MANAGERS:
        raise WrongRole([NOT_A_MANAGER])
    return company


def _edit(
    request: AuthenticatedRequest,
    company: Company,
    formset: BaseInlineFormSet[Any, Company, Any],  # Any: contacts or establishments
    change: Callable[..., Company],
    *,
    template: str,
    **shown: object,
) -> HttpResponse:
    """Show a list of rows to change, or save all of it; what goes away is named on a page of its own first."""
    if formset.is_bound and formset.is_valid():
        removed = [str(form.instance) for form in formset.deleted_forms]
        if must_confirm(request, removed):
            return confirm_removal(request, removed, back=request.path)
        edited = Edited(written=formset.save(commit=False), removed=formset.deleted_objects)
        change(company, edited=edited, at=now(company.department), by=request.user)
        messages.success(request, "Les modifications sont enregistrées.")
        return redirect(company)
    context = {"company": company, "formset": formset, **shown}
    return TemplateResponse(request, template, context, status=status_of(formset.total_error_count()))


def _members(company: Company) -> list[Membership]:
    """Administrators first, each with their account."""
    return list(company.memberships.select_related("user"))


def _change_member(request: AuthenticatedRequest, company: Company) -> HttpResponse:
    """Promote, demote or remove the member named in the form; a removal is asked about first."""
    number = row_number(request.POST.get("membership", ""))
    member = get_object_or_404(company.memberships.select_related("user"), pk=number)
    removed = [f"{member.user.get_full_name()}, {member.user.email}"] if request.POST.get("action") == "remove" else []
    if must_confirm(request, removed):
        effect = f"Cette personne n’aura plus accès à {company.name} ; ce qu’elle a saisi reste."
        return confirm_removal(request, removed, back=request.path, effect=effect)
    messages.success(request, _apply(request.POST.get("action", ""), member, by=request.user))
    still_there = company.acting_as(request.user) in MANAGERS
    return redirect("company_members", pk=company.pk) if still_there else redirect("company_list")


def _apply(action: str, member: Membership, *, by: User) -> str:
    """Make the change and say it; an unknown action changes nothing."""
    name, at = member.user.get_full_name(), now(member.company.department)
    if action == "remove":
        remove_member(member, at=at, by=by)
        return f"{name} ne fait plus partie de l’entreprise."
    roles = {"promote": CompanyRole.ADMINISTRATOR, "demote": CompanyRole.CONTRIBUTOR}
    if action not in roles:
        raise WrongRole(["Cette action n’existe pas."])
    changed = change_role(member, role=roles[action], at=at, by=by)
    return f"{name} est maintenant {changed.get_role_display()}."
