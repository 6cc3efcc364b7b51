"""Give an account a place in a company, change it, take it away."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from accounts.roles import CompanyRole
from companies.models import Company, Invitation, Membership
from companies.seats import MANAGERS
from workflows.tables import WrongRole

NOT_A_MANAGER = "Seuls le référent et les administrateurs de l’entreprise gèrent ses membres et ses contacts."


class LastAdministrator(Exception):
    """The company would be left without an administrator; the message is a French sentence."""

    def __init__(self) -> None:
        super().__init__("C’est le dernier administrateur de l’entreprise\u00a0: nommez-en un autre d’abord.")


@transaction.atomic
def add_member(*, company: Company, user: User, role: CompanyRole) -> Membership:
    """Give an account a place in the company, or change the place it has. Who may is for the caller to know."""
    Company.objects.select_for_update(of=("self",)).get(pk=company.pk)
    membership = Membership.objects.filter(company=company, user=user).first() or Membership(company=company, user=user)
    if role != CompanyRole.ADMINISTRATOR and membership.pk and membership.is_last_administrator():
        raise LastAdministrator
    membership.role = role
    membership.save()
    return membership


@transaction.atomic
def change_role(membership: Membership, *, role: CompanyRole, at: datetime, by: User) -> Membership:
    """Promote or demote a member. Raises LastAdministrator, and WrongRole."""
    _refuse_others(membership.company, by)
    changed = add_member(company=membership.company, user=membership.user, role=role)
    if role != CompanyRole.ADMINISTRATOR:
        _revoke_invitations_of(membership, at=at, by=by)
    return changed


@transaction.atomic
def remove_member(membership: Membership, *, at: datetime, by: User) -> None:
    """Take an account out of its company; effective at its next request. Raises LastAdministrator, and WrongRole."""
    _refuse_others(membership.company, by)
    Company.objects.select_for_update(of=("self",)).get(pk=membership.company_id)
    # As it is under the lock: somebody may have promoted or removed this member since the page was shown.
    for row in Membership.objects.filter(pk=membership.pk):
        if row.is_last_administrator():
            raise LastAdministrator
        _revoke_invitations_of(row, at=at, by=by)
        row.delete()


def _refuse_others(company: Company, by: User) -> None:
    if company.acting_as(by) not in MANAGERS:
        raise WrongRole([NOT_A_MANAGER])


def _revoke_invitations_of(membership: Membership, *, at: datetime, by: User) -> None:
    """Whoever manages the members no more invites nobody to the company any more either."""
    sent = Invitation.objects.filter(company=membership.company_id, invited_by=membership.user_id)
    sent.take_back(at=at, by=by)
