"""The page of the end of a company: merged, under another SIRET, gone or closed; and taking that back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from accounts.confirmation import confirm_removal, must_confirm
from accounts.models import User
from accounts.once import once
from accounts.policies import AuthenticatedRequest, allow
from accounts.roles import Role
from companies.models import Company, Succession
from conventions.actions.successions import GONE, end_company, ended_by, obstacles_to_restore, restore_company
from conventions.forms.successions import SuccessionForm
from conventions.models import Convention
from dsfr_forms.forms import posted
from territories.clock import now, today
from workflows.forms import RefusalsOf
from workflows.tables import WrongState

RESTORED = "Sa convention reprend, et les remontées des semestres ouverts sont de nouveau attendues."


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.REFERENT)
@once
def company_succession(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """What became of the company, or what is about to."""
    company = get_object_or_404(Company.objects.visible_to(request.user).select_related("department"), pk=pk)
    ends = Succession.objects.visible_to(request.user).select_related("company__department", "successor")
    end = ends.filter(company=company).first()
    if request.POST.get("action") == "restore":
        return _restored(request, company, end)
    others = Company.objects.visible_to(request.user).filter(department=company.department_id).exclude(pk=pk)
    form = SuccessionForm(posted(request), companies=others, initial={"successor": request.GET.get("suite", "")})
    if form.is_valid() and _ended(company, form, by=request.user):
        messages.success(request, "La fin de l’entreprise est enregistrée.")
        return redirect(company)
    day = today(company.department)
    context = {
        "company": company,
        "end": end,
        "obstacles": obstacles_to_restore(end) if end else [],
        "running": Convention.objects.visible_to(request.user).running_on(day).filter(company=company).first(),
        "form": form,
    }
    return TemplateResponse(request, "conventions/company_succession.html", context, status=form.http_status)


def _ended(company: Company, form: SuccessionForm, *, by: User) -> bool:
    """Record the end; false when it cannot be, which becomes an error of the form."""
    with RefusalsOf(form):
        end_company(company, **form.cleaned_data, at=now(company.department), by=by)
    return form.is_valid()


def _restored(request: AuthenticatedRequest, company: Company, end: Succession | None) -> HttpResponse:
    """Take the end back, once it has been read again."""
    if end is None:
        raise WrongState([GONE])
    removed = [str(end)]
    if must_confirm(request, removed):
        effect = RESTORED if ended_by(end).exists() else ""
        return confirm_removal(request, removed, back=request.path, effect=effect)
    restore_company(end, at=now(company.department), by=request.user)
    messages.success(request, "La fin de l’entreprise est annulée.")
    return redirect(company)
