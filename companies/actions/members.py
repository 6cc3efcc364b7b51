"""Give an account a place in a company, change it, take it away."""

from django.db import transaction

from accounts.models import User
from accounts.roles import CompanyRole
from companies.models import Company, Membership


class LastAdministrator(Exception):
    """The company would be left without an administrator; the message is a French sentence."""

    def __init__(self) -> None:
        super().__init__("C’est le dernier administrateur de l’entreprise\u00a0: nommez-en un autre d’abord.")


@transaction.atomic
def add_member(*, company: Company, user: User, role: CompanyRole) -> Membership:
    """Give an account a place in the company, or change the place it has."""
    Company.objects.select_for_update(of=("self",)).get(pk=company.pk)
    membership = Membership.objects.filter(company=company, user=user).first() or Membership(company=company, user=user)
    if membership.role == CompanyRole.ADMINISTRATOR and role != CompanyRole.ADMINISTRATOR and membership.pk:
        _refuse_last_administrator(membership)
    membership.role = role
    membership.save()
    return membership


@transaction.atomic
def remove_member(membership: Membership) -> None:
    """Take an account out of its company; effective at its next request. Raises LastAdministrator."""
    Company.objects.select_for_update(of=("self",)).get(pk=membership.company_id)
    _refuse_last_administrator(membership)
    membership.delete()


def _refuse_last_administrator(membership: Membership) -> None:
    others = Membership.objects.administrators().filter(company=membership.company_id).exclude(pk=membership.pk)
    if membership.role == CompanyRole.ADMINISTRATOR and not others.exists():
        raise LastAdministrator
