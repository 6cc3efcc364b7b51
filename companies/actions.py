"""What changes companies and their people; each function is one transaction and returns the object."""

from datetime import date

from django.db import transaction

from accounts.models import User
from accounts.roles import CompanyRole
from companies.models import Charter, Company, LegalUnit, Membership
from territories.models import Department


class LastAdministrator(Exception):
    """The company would be left without an administrator; the message is a French sentence."""

    def __init__(self) -> None:
        super().__init__("C’est le dernier administrateur de l’entreprise\u00a0: nommez-en un autre d’abord.")


class AlreadyRegistered(Exception):
    """Another company of the same département bears this SIRET; those of other départements are never looked at."""

    def __init__(self, other: Company) -> None:
        super().__init__(f"{other.name} porte déjà ce SIRET dans votre département.")
        self.other = other


@transaction.atomic
def register(company: Company) -> Company:
    """Save a company, tied to the legal unit of its SIREN (created under the company's name when unknown).

    Raises AlreadyRegistered.
    """
    Department.objects.select_for_update(of=("self",)).get(pk=company.department_id)
    other = Company.objects.filter(department=company.department_id, siret=company.siret).exclude(pk=company.pk).first()
    if other:
        raise AlreadyRegistered(other)
    unit, _ = LegalUnit.objects.get_or_create(siren=company.siret[:9], defaults={"name": company.name})
    company.legal_unit = unit
    company.save()
    return company


@transaction.atomic
def record_charter(company: Company, *, reference: str, signed_on: date) -> Charter:
    """Note the Charte Entreprises et Quartiers that the company signed; the same reference again corrects its date."""
    charter, _ = Charter.objects.update_or_create(
        company=company, reference=reference, defaults={"signed_on": signed_on}
    )
    return charter


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
