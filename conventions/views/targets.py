"""Pages of what a convention promises: the grid of targets, and the commitments of a PME or TPE of its own."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from accounts.confirmation import confirm_removal, must_confirm
from accounts.once import once
from accounts.policies import AuthenticatedRequest, allow
from accounts.roles import Role
from conventions.actions import conventions as actions
from conventions.forms.conventions import CommitmentForm
from conventions.selectors.sheet import targets_of, years_of
from conventions.target_grid import draw, read, rows_of, stored
from conventions.views.conventions import draft_of
from dsfr_forms.fields import row_number
from dsfr_forms.forms import posted, status_of
from territories.clock import now
from workflows.forms import RefusalsOf


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.REFERENT)
def convention_targets(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """Type the grid of a draft; nothing is written while a cell cannot be read, and everything typed stays."""
    convention = draft_of(request.user, pk)
    at = now(convention.company.department)
    specs = rows_of(convention.specification, convention.signed_axes(), convention.starts_on)
    sent = posted(request)
    reading = None if sent is None else read(specs, convention.starts_on, sent)
    if reading and not reading.errors:
        actions.set_targets(convention, targets=reading.values, at=at, by=request.user)
        messages.success(request, "Les objectifs sont enregistrés.")
        return redirect(convention)
    grids = draw(specs, convention.starts_on, reading or stored(targets_of(convention, day=convention.starts_on)))
    context = {"convention": convention, "years": years_of(convention), "grids": grids}
    context["faulty"] = [cell for grid in grids for row in grid.rows for cell in row.cells if cell.error]
    return TemplateResponse(request, "conventions/convention_targets.html", context, status=status_of(reading))


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.REFERENT)
@once
def convention_commitments(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """Add or remove a commitment outside the catalogue."""
    convention = draft_of(request.user, pk)
    at = now(convention.company.department)
    form = CommitmentForm(request.POST if request.POST.get("action") == "add" else None)
    if request.method == "POST" and not form.is_bound:
        number = row_number(request.POST.get("commitment", ""))
        commitment = get_object_or_404(convention.specific_commitments.select_related("convention"), pk=number)
        if must_confirm(request, [commitment.label]):
            return confirm_removal(request, [commitment.label], back=request.path)
        actions.remove_specific_commitment(commitment, at=at, by=request.user)
        messages.success(request, "L’engagement est retiré.")
        return redirect("convention_commitments", pk=pk)
    if form.is_bound and form.is_valid():
        with RefusalsOf(form):
            actions.add_specific_commitment(convention, **form.cleaned_data, at=at, by=request.user)
            messages.success(request, "L’engagement est ajouté.")
            return redirect("convention_commitments", pk=pk)
    context = {"convention": convention, "form": form, "commitments": list(convention.specific_commitments.all())}
    return TemplateResponse(request, "conventions/convention_commitments.html", context, status=form.http_status)
