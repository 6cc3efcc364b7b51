"""What is decided about a submission: transmit, validate, send back, open again, grant a delay."""

from collections.abc import Callable
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from accounts.policies import AuthenticatedRequest, allow
from accounts.roles import Role
from conventions.actions import submissions as actions
from conventions.forms.submissions import CorrectionsForm, ExtensionForm, TransmissionForm
from conventions.models import Submission
from conventions.notifications import administrators_of, told
from conventions.selectors.entry import submission_sheet
from conventions.views.entry import visible_submission
from conventions.views.submissions import Forms, detail_page
from territories.clock import now
from workflows.tables import Incomplete

TICKED = "Vous avez demandé des corrections : renvoyez la remontée, ou effacez-les avant de la valider."


@require_POST
@allow(Role.ENTREPRISE, Role.ANIMATEUR)
def submission_transmit(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """Send the figures to the préfecture; what is missing comes back as a list."""
    submission = visible_submission(request, pk)
    form = TransmissionForm(request.POST)
    if not form.is_valid():
        return detail_page(
            request, submission, refused=Forms(transmission=form), status=HTTPStatus.UNPROCESSABLE_ENTITY
        )
    at = now(submission.company.department)
    try:
        actions.transmit(submission, at=at, by=request.user, message=form.cleaned_data["message"])
    except Incomplete as incomplete:
        refused = Forms(transmission=form, refusals=incomplete.reasons)
        return detail_page(request, submission, refused=refused, status=HTTPStatus.CONFLICT)
    messages.success(request, "Vos résultats sont transmis. Un récépissé vous est envoyé par courriel.")
    return redirect(submission)


@require_POST
@allow(Role.REFERENT)
def submission_validate(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """Accept the figures, unless corrections were typed on the same page."""
    submission = visible_submission(request, pk)
    form = CorrectionsForm(submission_sheet(submission).lines, request.POST)
    if form.asks_something:
        return detail_page(
            request,
            submission,
            refused=Forms(corrections=form, refusals=(TICKED,)),
            status=HTTPStatus.UNPROCESSABLE_ENTITY,
        )
    actions.validate(submission, at=now(submission.company.department), by=request.user)
    messages.success(request, "La remontée est validée : elle compte dans le bilan.")
    return redirect(submission)


@require_POST
@allow(Role.REFERENT)
def submission_return(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """Send the submission back, with what to correct line by line."""
    return _back(request, pk, actions.send_back, "La remontée est renvoyée pour correction.")


@require_POST
@allow(Role.REFERENT)
def submission_reopen(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """Open a validated submission again, with what to correct line by line."""
    return _back(request, pk, actions.reopen, "La remontée est rouverte.")


@require_POST
@allow(Role.REFERENT)
def submission_extend(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """Grant one company more time."""
    submission = visible_submission(request, pk)
    form = ExtensionForm(request.POST, campaign=submission.campaign)
    if not form.is_valid():
        return detail_page(request, submission, refused=Forms(extension=form))
    at = now(submission.company.department)
    until, reason = form.cleaned_data["until"], form.cleaned_data["reason"]
    row = actions.extend(submission, until=until, reason=reason, at=at, by=request.user)
    messages.success(request, f"Délai accordé jusqu’au {row.extended_until:%d/%m/%Y}.")
    return redirect(submission)


def _back(request: AuthenticatedRequest, pk: UUID, action: Callable[..., Submission], sentence: str) -> HttpResponse:
    """Return or reopen: the same form, the same rules."""
    submission = visible_submission(request, pk)
    form = CorrectionsForm(submission_sheet(submission).lines, request.POST)
    if form.errors:
        return detail_page(request, submission, refused=Forms(corrections=form))
    at = now(submission.company.department)
    action(submission, corrections=form.corrections, comment=form.comment, at=at, by=request.user)
    messages.success(request, f"{sentence} {told(administrators_of(submission.company))}")
    return redirect(submission)
