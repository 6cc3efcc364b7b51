"""Recording the Chartes Entreprises et Quartiers: those of one company, and a new one from the list of all."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.confirmation import confirm_removal, must_confirm
from accounts.once import once
from accounts.policies import AuthenticatedRequest, allow
from accounts.roles import Role
from companies.actions.signatories import forget_charter, record_charter
from companies.forms.charters import CharterForm, NewCharterForm
from companies.models import Charter, Company
from dsfr_forms.fields import row_number
from dsfr_forms.forms import posted
from dsfr_forms.layout import portal_helper
from territories.clock import now, today

REMOVAL = "Seulement si elle a été enregistrée par erreur\u00a0: elle ne comptera plus parmi les chartes à convertir."


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.REFERENT)
@once
def charter_create(request: AuthenticatedRequest) -> HttpResponse:
    """Record a charte of a company of one's département."""
    form = NewCharterForm(posted(request), by=request.user, today=today(request.user.department))
    if form.is_valid():
        charter = record_charter(**form.cleaned_data, at=now(request.user.department), by=request.user)
        messages.success(request, form.said(charter))
        return redirect("charter_list")
    helper = portal_helper("Enregistrer la charte", cancel_url=reverse("charter_list"))
    context = {"form": form, "helper": helper}
    return TemplateResponse(request, "companies/charter_create.html", context, status=form.http_status)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.REFERENT)
@once
def company_charters(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """The chartes of a company: record one, correct its date, take away one that was recorded by mistake."""
    company = get_object_or_404(Company.objects.visible_to(request.user).select_related("department"), pk=pk)
    if request.POST.get("action") == "remove":
        return _forgotten(request, company)
    form = CharterForm(posted(request), today=today(company.department))
    if form.is_valid():
        charter = record_charter(company, **form.cleaned_data, at=now(company.department), by=request.user)
        messages.success(request, form.said(charter))
        return redirect("company_charters", pk=pk)
    charters = Charter.objects.visible_to(request.user).filter(company=company).select_related("convention")
    context = {"company": company, "charters": charters, "form": form}
    return TemplateResponse(request, "companies/company_charters.html", context, status=form.http_status)


def _forgotten(request: AuthenticatedRequest, company: Company) -> HttpResponse:
    """Take away the charte named in the form, once it has been read again."""
    rows = Charter.objects.visible_to(request.user).filter(company=company)
    charter = get_object_or_404(rows, pk=row_number(request.POST.get("charter", "")))
    if must_confirm(request, [str(charter)]):
        return confirm_removal(request, [str(charter)], back=request.path, effect=REMOVAL)
    forget_charter(charter, at=now(company.department), by=request.user)
    messages.success(request, "La charte est retirée.")
    return redirect("company_charters", pk=company.pk)
