"""Sending a bilan to the agency: what leaves is read first, then it leaves for good."""

from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.policies import AuthenticatedRequest, allow
from accounts.roles import Role
from reporting import actions
from reporting.actions import Outdated
from reporting.files import make_all
from reporting.forms import DepartureForm, departure_form
from reporting.models import Bilan
from reporting.renderers.document import BilanPage
from reporting.selectors import bilan_for, departure_for
from reporting.views.bilans import last_bilan
from territories.clock import now, today
from territories.semester import Semester
from workflows.tables import Incomplete

UNREAD = "Cette page n’a pas été relue telle quelle\u00a0: rien n’est parti. Voici ce qui part."


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.REFERENT)
def bilan_transmit(request: AuthenticatedRequest, department: str, semester: Semester) -> HttpResponse:
    """What leaves, to whom, and what it lacks; sent when the page that was read is still what would leave."""
    bilan = last_bilan(request, department, semester)
    if request.method != "POST":
        return _page(request, bilan) if bilan.is_draft else redirect(bilan)
    bilan.workflow.check("transmettre", state=bilan.state, acting_as=bilan.acting_as(request.user), comment="")
    form = DepartureForm(request.POST)
    if not form.is_valid():
        return _page(request, bilan, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    shown, note = form.cleaned_data["shown"], form.cleaned_data["sending_note"]
    if shown is None:
        return _page(request, bilan, form, refusals=(UNREAD,), status=HTTPStatus.CONFLICT)
    at = now(bilan.department)
    try:
        actions.transmit(bilan, at=at, by=request.user, render=make_all, sending_note=note, shown=shown)
    except (Incomplete, Outdated) as refusal:
        return _page(request, bilan, form, refusals=refusal.reasons, status=HTTPStatus.CONFLICT)
    messages.success(request, "Le bilan est transmis. Le document et son empreinte sont conservés.")
    return redirect(bilan)


def _page(
    request: AuthenticatedRequest,
    bilan: Bilan,
    refused: DepartureForm | None = None,
    *,
    refusals: tuple[str, ...] = (),
    status: int = 200,
) -> HttpResponse:
    """The page of what leaves, as it is now; after a refusal it says what changed and keeps the reason typed."""
    bilan = last_bilan(request, bilan.department_id, bilan.semester)
    data = bilan_for(bilan, today(bilan.department), leaving=True)
    shown = refused.cleaned_data.get("shown") if refused else None
    form = departure_form(data, request.POST if refused else None)
    context = {
        "bilan": bilan,
        "page": BilanPage(data),
        "departure": departure_for(bilan, data, shown=shown),
        "form": form,
        "refusals": refusals,
        "recipient": settings.CGET_BILAN_ADDRESS,
        "transition": bilan.workflow["transmettre"],
        "back": reverse("bilan_edit", args=[bilan.department_id, bilan.semester]),
    }
    return TemplateResponse(request, "reporting/bilan_transmit.html", context, status=status)
