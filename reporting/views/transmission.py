"""Sending a bilan to the agency: what leaves is read first, then it leaves for good, in the background."""

from collections.abc import Mapping
from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from accounts.policies import AuthenticatedRequest, allow
from accounts.roles import Role
from reporting import actions, tasks
from reporting.actions import Outdated
from reporting.forms import DepartureForm, departure_form
from reporting.models import Bilan, Sending
from reporting.renderers.document import BilanPage
from reporting.selectors import bilan_for, departure_for
from reporting.views.bilans import last_bilan
from reporting.views.waiting import WAITED, Place, waiting_page
from territories.clock import now, today
from territories.semester import Semester
from workflows.tables import Incomplete

UNREAD = "Cette page n’a pas été relue telle quelle\u00a0: rien n’est parti. Voici ce qui part."
SENT = "Le bilan est transmis. Ses fichiers et leurs empreintes sont conservés."


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.REFERENT)
def bilan_transmit(request: AuthenticatedRequest, department: str, semester: Semester) -> HttpResponse:
    """What leaves, to whom, and what it lacks; sent when the page that was read is still what would leave."""
    bilan = last_bilan(request, department, semester)
    if request.method != "POST":
        return _where_it_stands(request, bilan)
    bilan.workflow.check("transmettre", state=bilan.state, acting_as=bilan.acting_as(request.user), comment="")
    form = DepartureForm(request.POST)
    if not form.is_valid():
        return _page(request, bilan, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    shown = form.cleaned_data["shown"]
    if shown is None:
        return _page(request, bilan, form, refusals=(UNREAD,), status=HTTPStatus.CONFLICT)
    try:
        sending = actions.ask_to_transmit(
            bilan,
            at=now(bilan.department),
            by=request.user,
            shown=shown,
            sending_note=form.cleaned_data["sending_note"],
            enqueue=tasks.tell_worker,
        )
    except (Incomplete, Outdated) as refusal:
        return _page(request, bilan, form, refusals=refusal.reasons, status=HTTPStatus.CONFLICT)
    return redirect(f"{request.path}?{WAITED}={sending.pk}")


def _where_it_stands(request: AuthenticatedRequest, bilan: Bilan) -> HttpResponse:
    """On its way, gone, or the page to read; to whoever waited for it, with what became of it."""
    last = Sending.objects.visible_to(request.user).filter(bilan=bilan).last()
    waited = last is not None and request.GET.get(WAITED) == str(last.pk)
    if not bilan.is_draft:
        if waited:
            messages.success(request, SENT)
        return redirect(bilan)
    if last and last.finished_at is None:
        return _under_way(request, bilan, last)
    if last and waited:
        note = {"sending_note": last.sending_note}
        return _page(request, bilan, refusals=tuple(last.refusals), typed=note, status=HTTPStatus.CONFLICT)
    # Whoever did not wait learns it here.
    return _page(request, bilan, unsent=last)


def _under_way(request: AuthenticatedRequest, bilan: Bilan, sending: Sending) -> HttpResponse:
    return waiting_page(
        request,
        Place.of(bilan),
        title="Transmission en cours",
        sentences=(
            "Les fichiers du bilan se préparent, puis ils partent ensemble, en une fois\u00a0: tout part, ou rien.",
            "Vous pouvez quitter cette page\u00a0: la transmission se poursuit sans vous.",
        ),
        since=bilan.department.local(sending.asked_at),
        to=f"{request.path}?{WAITED}={sending.pk}",
    )


def _page(
    request: AuthenticatedRequest,
    bilan: Bilan,
    refused: DepartureForm | None = None,
    *,
    refusals: tuple[str, ...] = (),
    typed: Mapping[str, str] | None = None,
    unsent: Sending | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of what leaves, as it is now; after a refusal it says what changed and keeps the reason typed."""
    bilan = last_bilan(request, bilan.department_id, bilan.semester)
    data = bilan_for(bilan, today(bilan.department), leaving=True)
    shown = refused.cleaned_data.get("shown") if refused else None
    form = departure_form(data, request.POST if refused else typed)
    context = {
        "bilan": bilan,
        "page": BilanPage(data),
        "departure": departure_for(bilan, data, shown=shown),
        "form": form,
        "refusals": refusals,
        "unsent": unsent,
        "recipient": settings.CGET_BILAN_ADDRESS,
        "transition": bilan.workflow["transmettre"],
        "back": bilan.edit_url,
    }
    return TemplateResponse(request, "reporting/bilan_transmit.html", context, status=status)
