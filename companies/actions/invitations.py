"""Invite, send again, revoke: who offers a place to whom. The other end is in `acceptance`."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.buckets import Purpose, spend
from accounts.models import User
from companies.models import Company, Invitation, Membership, Portfolio
from companies.models.invitation import digest_of
from companies.notifications import invitation_sent
from companies.seats import ADMINISTRATOR, AGENT, ANIMATEUR, Seat, may_give
from territories.locks import lock_departments
from territories.models import Department
from workflows.tables import TransitionRefused, WrongRole, WrongState

VALID_FOR = timedelta(days=7)
MOST_PENDING = 50
TOKEN_BYTES = 32


class InvitationRefused(TransitionRefused):
    """This cannot be offered to this address, or not accepted by this account."""


class MayNotInvite(WrongRole):
    """This person does not give this seat, or not there."""

    def __init__(self) -> None:
        super().__init__(["Vous n’invitez pas à ce rôle, ou pas à cet endroit."])


@dataclass(frozen=True)
class Offer:
    """A seat somewhere, for whoever reads the mails of an address. `portfolio` goes with an animateur."""

    email: str
    seat: Seat
    department: Department | None = None
    company: Company | None = None
    portfolio: tuple[Company, ...] = ()

    def __post_init__(self) -> None:
        place = (self.department is not None, self.company is not None)
        expected = (self.seat != AGENT, self.seat.company_role is not None)
        if place != expected or (self.portfolio and self.seat != ANIMATEUR):
            raise ValueError(f"{self.seat} is not offered there")

    @classmethod
    def of(cls, invitation: Invitation) -> "Offer":
        """What an invitation offers."""
        return cls(
            email=invitation.email,
            seat=invitation.seat,
            department=invitation.department,
            company=invitation.company,
            portfolio=tuple(invitation.portfolio.all()),
        )


@transaction.atomic
def invite(offer: Offer, *, at: datetime, by: User) -> Invitation:
    """Invite an address; an open invitation of it to the same place becomes this one, and its link void.

    Whether an account has this address is never looked at, so that no answer can tell. Raises MayNotInvite,
    InvitationRefused and TooMany.
    """
    refuse_out_of_reach(offer, by=by)
    inviter = _locked_account(by)
    lock_place(offer.department, offer.company)
    if offer.company and offer.company.memberships.filter(user__email=offer.email).exists():
        raise InvitationRefused(["Cette personne est déjà membre de l’entreprise\u00a0: changez son rôle ci-dessous."])
    return _send(_known_or_new(offer), offer, at=at, by=inviter)


@transaction.atomic
def invite_contact(company: Company, *, email: str, at: datetime, by: User) -> Invitation:
    """Invite a contact of a company for which nobody answers, to answer for it. Raises as `invite` does.

    What is read under the lock decides: somebody else may have invited there since the address was shown.
    """
    address = User.objects.normalize_email(email)
    offer = Offer(address, ADMINISTRATOR, department=company.department, company=company)
    refuse_out_of_reach(offer, by=by)
    inviter = _locked_account(by)
    lock_place(offer.department, company)
    if reason := _no_need_of(company, address, at=at):
        raise InvitationRefused([reason])
    return _send(_known_or_new(offer), offer, at=at, by=inviter)


@transaction.atomic
def invite_agent(email: str, *, at: datetime) -> str:
    """Invite an agent of the CGET in the name of nobody, as the installer does for the first; the path of the link."""
    known = Invitation.objects.for_place(email, department=None, company=None).first()
    return _write(known or Invitation(email=email), Offer(email=email, seat=AGENT), at=at, by=None)


@transaction.atomic
def send_again(invitation: Invitation, *, at: datetime, by: User) -> Invitation:
    """Send a new link for a week from now; the old one is void. Raises as `invite` does, and WrongState."""
    inviter = _locked_account(by)
    row = _locked_open(invitation, by=by)
    return _send(row, Offer.of(row), at=at, by=inviter)


@transaction.atomic
def revoke(invitation: Invitation, *, at: datetime, by: User) -> Invitation:
    """Take an invitation back: its link is void. Raises MayNotInvite and WrongState."""
    row = _locked_open(invitation, by=by)
    row.revoked_at, row.revoked_by = at, by
    row.save(update_fields=["revoked_at", "revoked_by"])
    return row


def _known_or_new(offer: Offer) -> Invitation:
    """The open invitation of this address to this place, or one to be written."""
    known = Invitation.objects.for_place(offer.email, department=offer.department, company=offer.company).first()
    return known or Invitation(email=offer.email)


def _no_need_of(company: Company, address: str, *, at: datetime) -> str:
    """Why a contact of the company is not invited, in French; empty when nothing is against it."""
    pending = Invitation.objects.pending(at)
    invited = (pending.administrators().filter(company=company) | pending.filter(portfolio=company)).first()
    members = Membership.objects.filter(company=company)
    answers = members.administrators().active().exists()
    if answers or Portfolio.objects.filter(company=company, user__is_active=True).exists():
        return "Quelqu’un répond déjà pour elle."
    if invited:
        return f"Déjà invitée, à l’adresse {invited.email}."
    if not company.contacts.filter(email__iexact=address).exists():
        return f"{address} n’est plus l’adresse d’un de ses contacts."
    if members.filter(user__email=address).exists():
        return f"{address} en est déjà membre\u00a0: changez son rôle dans ses membres."
    return ""


def lock_place(department: Department | None, company: Company | None) -> None:
    """Make whoever invites to this place, or accepts there, wait for its turn."""
    if company:
        Company.objects.select_for_update(of=("self",), no_key=True).get(pk=company.pk)
    elif department:
        lock_departments([department.pk])


def refuse_out_of_reach(offer: Offer, *, by: User) -> None:
    """Nobody invites above their role or outside what they see: one rule for pages, commands and whatever comes."""
    acting_as = offer.company.acting_as(by) if offer.company else by.role
    seen = {company.pk for company in (*offer.portfolio, *([offer.company] if offer.company else []))}
    if (
        not by.is_active
        or not may_give(acting_as, offer.seat)
        or Company.objects.visible_to(by).filter(pk__in=seen).count() != len(seen)
        or not _department_is_right(offer, by)
    ):
        raise MayNotInvite


def _department_is_right(offer: Offer, by: User) -> bool:
    """The département of a company is its own; any other must be one that the inviter works for."""
    if offer.company:
        return offer.department == offer.company.department
    if offer.department is None:
        return True
    if any(company.department_id != offer.department.pk for company in offer.portfolio):
        return False
    return Department.objects.visible_to(by).filter(pk=offer.department.pk).exists()


def _locked_account(user: User) -> User:
    return User.objects.select_for_update(of=("self",), no_key=True).get(pk=user.pk)


def _locked_open(invitation: Invitation, *, by: User) -> Invitation:
    """The invitation as the database has it now, locked, when it is still open and this person's to act upon."""
    refuse_out_of_reach(Offer.of(invitation), by=by)
    lock_place(invitation.department, invitation.company)
    row = Invitation.objects.select_for_update(of=("self",), no_key=True).get(pk=invitation.pk)
    if not row.is_open:
        raise WrongState(["Cette invitation est déjà acceptée ou annulée\u00a0: rien n’a changé."])
    return row


def _send(invitation: Invitation, offer: Offer, *, at: datetime, by: User) -> Invitation:
    """Write and mail an invitation, unless this person has too many in the air or sent too many today."""
    # Again, under the locks: whoever closed the account or the place meanwhile took back what was sent, not this.
    refuse_out_of_reach(offer, by=by)
    others = Invitation.objects.pending(at).filter(invited_by=by).exclude(pk=invitation.pk)
    if others.count() >= MOST_PENDING:
        raise InvitationRefused(
            [f"Vous avez déjà {MOST_PENDING} invitations en attente\u00a0: annulez celles qui ne servent plus."]
        )
    spend(Purpose.INVITATION, str(by.pk), at=at)
    _write(invitation, offer, at=at, by=by)
    return invitation


def _write(invitation: Invitation, offer: Offer, *, at: datetime, by: User | None) -> str:
    """Save it with a new token and queue its mail; the path of its link."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    invitation.role, invitation.company_role = offer.seat.role, offer.seat.company_role or ""
    invitation.department, invitation.company = offer.department, offer.company
    invitation.token_digest = digest_of(token)
    invitation.invited_by, invitation.invited_at, invitation.expires_at = by, at, at + VALID_FOR
    try:
        with transaction.atomic():
            invitation.save()
    except IntegrityError as error:
        raise InvitationRefused(["Cette adresse vient d’être invitée\u00a0: rechargez la page."]) from error
    invitation.portfolio.set(offer.portfolio)
    path = reverse("invitation_accept", args=[token])
    invitation_sent(invitation, path=path)
    return path
