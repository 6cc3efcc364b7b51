"""Pages of a company: its sheet, its identity."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.once import once
from accounts.policies import AuthenticatedRequest, allow
from accounts.roles import Role
from companies.actions.signatories import register
from companies.forms.companies import CompanyForm, company_helper
from companies.models import Company, Succession
from companies.seats import MANAGERS
from companies.selectors import kin_of, recent_journal, unanswered
from companies.siret import grouped
from companies.views.starting import start_of
from dsfr_forms.forms import posted
from territories.clock import now, today
from workflows.forms import RefusalsOf

NAMED = 10
"""How many companies of a group its sheet names."""


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.REFERENT)
@once
def company_create(request: AuthenticatedRequest) -> HttpResponse:
    """Register a company in one's département."""
    start = start_of(request)
    instance = Company(department=request.user.department)
    form = CompanyForm(posted(request), instance=instance, initial=start.initial)
    if request.method == "POST" and (company := _registered(form, by=request.user)):
        messages.success(request, f"{company.name} est enregistrée.")
        _tell_namesakes(request, company)
        if start.follows:
            return redirect(f"{reverse('company_succession', args=[start.follows.pk])}?suite={company.siret}")
        return redirect(company)
    helper = company_helper(form, submit="Enregistrer l’entreprise", cancel_url=reverse("company_list"))
    context = {"form": form, "helper": helper, "start": start}
    return TemplateResponse(request, "companies/company_create.html", context, status=form.http_status)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.REFERENT)
def company_update(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """Correct the identity of a company."""
    company = get_object_or_404(Company.objects.visible_to(request.user), pk=pk)
    name, address = company.name, company.get_absolute_url()
    form = CompanyForm(posted(request), instance=company, initial={"siret": grouped(company.siret)})
    if request.method == "POST" and _registered(form, by=request.user):
        messages.success(request, "Les modifications sont enregistrées.")
        return redirect(address)
    helper = company_helper(form, submit="Enregistrer", cancel_url=address)
    context = {"form": form, "helper": helper, "name": name, "address": address}
    return TemplateResponse(request, "companies/company_update.html", context, status=form.http_status)


@require_safe
@allow(Role.REFERENT, Role.LECTEUR, Role.ANIMATEUR, Role.ENTREPRISE)
def company_detail(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """The sheet of a company: identity, conventions, people."""
    joined = ("department", "legal_unit", "succession__successor")
    visible = Company.objects.visible_to(request.user).select_related(*joined)
    company = get_object_or_404(visible, pk=pk)
    day = today(company.department)
    ended = hasattr(company, "succession")
    # As `validated` says in the room above: a correction that is open takes nothing away.
    validated = Count("submissions", filter=Q(submissions__counted_at__isnull=False))
    conventions = company.conventions.prefetch_related("axes").annotate(asked=Count("submissions"), validated=validated)
    context = {
        "company": company,
        "siret": grouped(company.siret),
        "conventions": [(convention, convention.status_on(day)) for convention in conventions],
        **_family(company, request.user, day),
        "former_names": list(company.former_names.all()),
        "predecessors": list(_ended_into(request.user, company)),
        "establishments": [(item, grouped(item.siret)) for item in company.establishments.all()],
        "contacts": list(company.contacts.all()),
        "charters": list(company.charters.filter(convention=None)),
        "members": list(company.memberships.select_related("user")),
        "nobody_answers": unanswered(visible.filter(pk=pk), on=day, at=timezone.now()).exists(),
        "journal": recent_journal(company, reader=request.user),
        "may_edit": request.user.role == Role.REFERENT,
        # While one runs or is drawn up, the next is its renewal.
        "may_prepare": not (ended or any(convention.effective_end >= day for convention in conventions)),
        "may_manage": company.acting_as(request.user) in MANAGERS,
    }
    return TemplateResponse(request, "companies/company_detail.html", context)


def _family(company: Company, user: User, day: date) -> dict[str, Any]:  # Any: what a template reads
    """The group of a company that day, and the others of it: a head of group has no link of its own."""
    group = company.group_links.in_force_on(day).select_related("group").first()
    siren = group.group_id if group else company.legal_unit_id
    kin = list(kin_of(company, siren, reader=user, on=day)[: NAMED + 1])
    heads = any(other.legal_unit_id != siren for other in kin)
    return {"group": group, "kin": kin[:NAMED], "more_kin": len(kin) > NAMED, "heads": heads}


def _ended_into(user: User, company: Company) -> QuerySet[Succession]:
    """The companies that this one follows: those that `user` sees."""
    return Succession.objects.visible_to(user).filter(successor=company).select_related("company")


def _registered(form: CompanyForm, *, by: User) -> Company | None:
    """Save a good form; a SIRET taken meanwhile or before becomes an error of the field."""
    if not form.is_valid():
        return None
    with RefusalsOf(form, field="siret"):
        return register(form.save(commit=False), at=now(by.department), by=by)
    return None


def _tell_namesakes(request: AuthenticatedRequest, company: Company) -> None:
    """Name the other signatories of the same firm in this département: a second one is often a mistake."""
    same_firm = Company.objects.visible_to(request.user).filter(legal_unit=company.legal_unit_id)
    names = list(same_firm.exclude(pk=company.pk).values_list("name", flat=True)[:3])
    if names:
        messages.info(request, f"Même SIREN dans votre département\u00a0: {', '.join(names)}.")
