"""Accept an invitation: an account takes the seat that was offered to its address, once."""

from datetime import datetime

from django.db import IntegrityError, transaction

from accounts.models import AccountAct, User
from accounts.roles import DEPARTMENTAL, CompanyRole
from companies.actions.invitations import InvitationRefused, lock_place
from companies.actions.members import add_member, entrust
from companies.models import Invitation

OTHER_ADDRESS = "Cette invitation est adressée à quelqu’un d’autre."


class InvitationGone(Exception):
    """Accepted, revoked or expired meanwhile: the link leads nowhere any more."""


@transaction.atomic
def accept(invitation: Invitation, *, at: datetime, by: User) -> Invitation:
    """Give the seat to the account that has the address. Raises InvitationGone and InvitationRefused."""
    account = User.objects.select_for_update(of=("self",), no_key=True).get(pk=by.pk)
    row = _locked_pending(invitation, at=at)
    if account.email != row.email:
        raise InvitationRefused([OTHER_ADDRESS])
    if refusal := row.refusal_for(account):
        raise InvitationRefused([refusal])
    return _seat(row, account, at=at)


@transaction.atomic
def accept_as_newcomer(invitation: Invitation, *, account: User, at: datetime) -> User:
    """Create the account that the person described and give it the seat. Raises as `accept` does."""
    row = _locked_pending(invitation, at=at)
    account.email = row.email
    _take_role(account, row)
    try:
        with transaction.atomic():
            account.save()
    except IntegrityError as error:
        raise InvitationRefused(["Un compte a déjà cette adresse\u00a0: connectez-vous, puis acceptez."]) from error
    _seat(row, account, at=at)
    return account


def _locked_pending(invitation: Invitation, *, at: datetime) -> Invitation:
    """The invitation as the database has it now, when its link still works at this hour."""
    lock_place(invitation.department, invitation.company)
    row = Invitation.objects.pending(at).select_for_update(of=("self",), no_key=True).filter(pk=invitation.pk).first()
    # Sent again meanwhile: the link that was opened is not the one that works.
    if row is None or row.token_digest != invitation.token_digest:
        raise InvitationGone
    return row


def _take_role(account: User, invitation: Invitation) -> None:
    account.role = invitation.role
    account.department = invitation.department if invitation.role in DEPARTMENTAL else None


def _seat(row: Invitation, account: User, *, at: datetime) -> Invitation:
    """Give what the invitation gives, no more, and mark it accepted."""
    if not account.role:
        _take_role(account, row)
        account.save(update_fields=["role", "department"])
    if row.company:
        add_member(row.company, user=account, role=CompanyRole(row.company_role), at=at)
    else:
        AccountAct.objects.create(account=account, kind=AccountAct.Kind.JOIN, at=at, by=account, reason=row.seat.label)
    for company in row.portfolio.filter(department=row.department_id):
        entrust(company, user=account, at=at)
    row.accepted_at, row.accepted_by = at, account
    row.save(update_fields=["accepted_at", "accepted_by"])
    return row
