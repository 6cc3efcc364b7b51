"""The page of a submission: to read over and transmit, or to review."""

from dataclasses import dataclass
from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from accounts.policies import AuthenticatedRequest, allow
from accounts.roles import CompanyRole, Role
from conventions.forms.submissions import CorrectionsForm, ExtensionForm, TransmissionForm
from conventions.models import Submission
from conventions.selectors.entry import EXAMPLES, submission_sheet
from conventions.selectors.lines import SubmissionSheet
from conventions.selectors.review import past_of
from conventions.transitions import HANDED_IN
from conventions.views.entry import steps_of, visible_submission
from dsfr_forms.forms import status_of
from territories.clock import today
from workflows.tables import Transition

READERS = (Role.REFERENT, Role.LECTEUR, Role.ANIMATEUR, Role.ENTREPRISE)


@require_safe
@allow(*READERS)
def submission_detail(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """The company reads over and transmits; the référent reviews; the lecteur reads."""
    return detail_page(request, visible_submission(request, pk))


@dataclass(frozen=True)
class Forms:
    """The forms of the page as they were sent, when one of them was refused."""

    transmission: TransmissionForm | None = None
    corrections: CorrectionsForm | None = None
    extension: ExtensionForm | None = None
    refusals: tuple[str, ...] = ()


def detail_page(
    request: AuthenticatedRequest,
    submission: Submission,
    *,
    refused: Forms | None = None,
    status: HTTPStatus | None = None,
) -> HttpResponse:
    """The page of one submission, after a refusal too: what was typed stays."""
    forms = refused or Forms()
    acting_as = submission.acting_as(request.user)
    department = submission.company.department
    sheet = submission_sheet(submission)
    available = {item.name: item for item in submission.workflow.available(state=submission.state, acting_as=acting_as)}
    refusal = submission.refusal_to_edit(acting_as=acting_as, on=today(department))
    context = {
        "sheet": sheet,
        "submission": submission,
        "past": past_of(submission),
        "examples": list(submission.examples.told()),
        "refusal": refusal,
        "refusals": forms.refusals,
        "refused": refused,
        "steps": [] if refusal else steps_of(sheet, ""),
        "first_step": _first_step(sheet),
        "transmission": _transmission(forms, submission) if "transmettre" in available and not refusal else None,
        "waits_for": _waits_for(submission) if acting_as == CompanyRole.CONTRIBUTOR and not refusal else "",
        "extension": _extension(forms, submission) if acting_as == Role.REFERENT else None,
        **_review(sheet, available, forms),
    }
    return TemplateResponse(request, "conventions/submission_detail.html", context, status=status or status_of(refused))


def _review(sheet: SubmissionSheet, available: dict[str, Transition], forms: Forms) -> dict[str, object]:
    """What the référent decides with: nothing for the others."""
    back = available.get("renvoyer") or available.get("rouvrir")
    corrections = (forms.corrections or CorrectionsForm(sheet.lines)) if back else None
    boxes = corrections.fields if corrections else {}
    rows = [(section, [(line, boxes.get(line.pk)) for line in section.lines]) for section in sheet.sections]
    return {"validate": available.get("valider"), "back": back, "corrections": corrections, "rows": rows}


def _transmission(forms: Forms, submission: Submission) -> TransmissionForm:
    return forms.transmission or TransmissionForm(initial={"message": submission.message})


def _extension(forms: Forms, submission: Submission) -> ExtensionForm | None:
    """The form of a delay, while the company has something to send."""
    if submission.state in HANDED_IN:
        return None
    initial = {"until": submission.extended_until, "reason": submission.extension_reason}
    return forms.extension or ExtensionForm(initial=initial, campaign=submission.campaign)


def _first_step(sheet: SubmissionSheet) -> str:
    """Where to go on: the first step with something unanswered, or to correct."""
    for section in sheet.sections:
        lines = section.open_lines
        if lines and (section.answered < len(section.lines) or any(line.correction for line in lines)):
            return section.slug
    return sheet.sections[0].slug if sheet.sections else EXAMPLES


def _waits_for(submission: Submission) -> str:
    """Who may transmit what a contributor has entered."""
    members = submission.company.memberships.administrators().select_related("user")
    return ", ".join(place.user.get_full_name() for place in members if place.user.is_active)
