"""The page of the name of a company: another one from a day on, and taking that back."""

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
from companies.actions.names import forget_name, rename
from companies.forms.names import RenameForm
from companies.models import Company, FormerName
from dsfr_forms.fields import row_number
from dsfr_forms.forms import posted
from territories.clock import now
from workflows.forms import RefusalsOf


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.REFERENT)
@once
def company_rename(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """Every name it had, and the next one."""
    company = get_object_or_404(Company.objects.visible_to(request.user).select_related("department"), pk=pk)
    if request.POST.get("action") == "remove":
        return _forgotten(request, company)
    form = RenameForm(posted(request))
    if form.is_valid() and _renamed(company, form, by=request.user):
        messages.success(request, f"L’entreprise s’appelle maintenant {form.cleaned_data['name']}.")
        return redirect(company)
    names = FormerName.objects.visible_to(request.user).filter(company=company)
    context = {"company": company, "names": list(names), "form": form}
    return TemplateResponse(request, "companies/company_rename.html", context, status=form.http_status)


def _renamed(company: Company, form: RenameForm, *, by: User) -> bool:
    """Change the name; false when it cannot be, which becomes an error of the form."""
    with RefusalsOf(form):
        rename(company, **form.cleaned_data, at=now(company.department), by=by)
    return form.is_valid()


def _forgotten(request: AuthenticatedRequest, company: Company) -> HttpResponse:
    """Take back the change named in the form, once it has been read again."""
    names = FormerName.objects.visible_to(request.user).filter(company=company).select_related("company__department")
    former = get_object_or_404(names, pk=row_number(request.POST.get("former", "")))
    removed = [f"{company.name}, nom pris après {former}"]
    if must_confirm(request, removed):
        effect = f"L’entreprise s’appellera de nouveau {former.name}, comme si elle n’avait pas changé de nom."
        return confirm_removal(request, removed, back=request.path, effect=effect)
    forget_name(former, at=now(company.department), by=request.user)
    messages.success(request, f"Le changement de nom est retiré\u00a0: l’entreprise s’appelle {former.name}.")
    return redirect(company)
