"""The page of a group that reported the same thing several times: what may be counted twice, and the decision."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from accounts.once import once
from accounts.policies import AuthenticatedRequest, allow
from accounts.roles import Role
from dsfr_forms.forms import posted
from reporting import actions
from reporting.forms import ArbitrationForm
from reporting.models import Bilan
from reporting.selectors import group_overlap
from reporting.views.bilans import last_bilan
from territories.clock import now
from territories.semester import Semester
from workflows.forms import RefusalsOf


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.REFERENT)
@once
def bilan_overlap(request: AuthenticatedRequest, department: str, semester: Semester, group: str) -> HttpResponse:
    """Gross, overlap and net of each indicator; whoever decides says why, and may decide again."""
    bilan = last_bilan(request, department, semester)
    found = group_overlap(department, semester, group)
    if found is None:
        raise Http404
    form = ArbitrationForm(posted(request), companies=found.companies)
    if form.is_valid() and _arbitrated(request, bilan, group, form):
        messages.success(request, "L’arbitrage est enregistré.")
        return redirect(request.path)
    context = {"bilan": bilan, "group": found, "form": form, "semester": semester}
    return TemplateResponse(request, "reporting/bilan_overlap.html", context, status=form.http_status)


def _arbitrated(request: AuthenticatedRequest, bilan: Bilan, group: str, form: ArbitrationForm) -> bool:
    """Write the decision; false when it cannot be, which becomes an error of the form."""
    with RefusalsOf(form):
        actions.arbitrate(
            bilan.department,
            semester=bilan.semester,
            group=group,
            **form.cleaned_data,
            at=now(bilan.department),
            by=request.user,
        )
    return form.is_valid()
