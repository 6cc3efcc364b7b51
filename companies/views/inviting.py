"""Companies for which nobody answers, invited together: those that were ticked, at the address of their contact."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.buckets import TooMany
from accounts.confirmation import confirm_sending, must_confirm
from accounts.lists import back_to
from accounts.once import once
from accounts.policies import AuthenticatedRequest, allow
from accounts.roles import Role
from companies.actions.invitations import MOST_PENDING, invite_contact
from companies.models import Company
from french.numbers import counted
from workflows.tables import TransitionRefused

NO_ADDRESS = "Aucun contact n’a d’adresse\u00a0: ajoutez-la à ses contacts."
TEXT = (
    "Chacune de ces adresses reçoit un courriel\u00a0: un lien valable sept jours, qui ne sert qu’une fois. Qui le "
    "suit répond pour l’entreprise, transmet ses résultats et invite ses collègues."
)


@dataclass(frozen=True)
class Ticked:
    """A company, and the address that was shown beside its box; empty when none of its contacts has one."""

    company: Company
    email: str

    def __str__(self) -> str:
        return f"{self.company.name}\u00a0: {self.email}"


@require_POST
@allow(Role.REFERENT)
@once
def company_invite(request: AuthenticatedRequest) -> HttpResponse:
    """Name the addresses, then invite each; who cannot be is told with the reason, and holds nobody else back."""
    back = back_to(request, "company_list")
    ticked = _ticked(request)
    if not ticked:
        messages.error(request, "Cochez au moins une entreprise\u00a0: personne n’est invité.")
        return redirect(back)
    reached = [str(one) for one in ticked if one.email]
    if must_confirm(request, reached):
        return confirm_sending(
            request, reached, title="Inviter ces entreprises", sentence=_sentence(ticked), text=TEXT, back=back
        )
    _invite(request, ticked)
    return redirect(back)


def _ticked(request: AuthenticatedRequest) -> list[Ticked]:
    """Each box says its company and the address that stands beside it: what leaves is what was shown."""
    asked = {key: email for text in request.POST.getlist("choisie") for key, email in _parts(text)}
    companies = Company.objects.visible_to(request.user).filter(pk__in=asked).select_related("department")
    return [Ticked(company, asked[company.pk]) for company in companies.order_by("name_key", "pk")[:MOST_PENDING]]


def _parts(text: str) -> list[tuple[UUID, str]]:
    """The company and the address of a box; nothing for what no box says."""
    key, _, email = text.partition(" ")
    try:
        if address := email.strip():
            validate_email(address)
        return [(UUID(key), address)]
    except (ValueError, ValidationError):
        return []


def _sentence(ticked: list[Ticked]) -> str:
    """How many are invited, and which are not for want of an address."""
    without = [one.company.name for one in ticked if not one.email]
    said = counted(len(ticked) - len(without), "adresse à inviter", "adresses à inviter")
    unsaid = f" Sans adresse de contact, pas d’invitation pour {', '.join(without)}." if without else ""
    return f"{said}, une par entreprise.{unsaid}"


def _invite(request: AuthenticatedRequest, ticked: list[Ticked]) -> None:
    """One after the other, and say what was done and what was not."""
    invited, refused = 0, []
    for one in ticked:
        if reason := _refusal(request, one):
            refused.append(f"{one.company.name} n’est pas invitée\u00a0: {reason}")
        else:
            invited += 1
    if invited:
        said = counted(invited, "entreprise invitée", "entreprises invitées")
        messages.success(request, f"{said}\u00a0: chaque lien est valable sept jours.")
    for sentence in refused:
        messages.warning(request, sentence)


def _refusal(request: AuthenticatedRequest, one: Ticked) -> str:
    """Invite one; why it is not, empty when it is."""
    if not one.email:
        return NO_ADDRESS
    try:
        invite_contact(one.company, email=one.email, at=timezone.now(), by=request.user)
    except TransitionRefused as refusal:
        return " ".join(refusal.reasons)
    except TooMany as refusal:
        return str(refusal)
    return ""
