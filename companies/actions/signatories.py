"""Register a company and note its charters: the office of its département does, and nobody else."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from accounts.models import User
from accounts.roles import Role
from companies.models import Charter, Company, LegalUnit
from territories.models import Department
from workflows.tables import WrongRole


class AlreadyRegistered(Exception):
    """Another company of the same département bears this SIRET; those of other départements are never looked at."""

    def __init__(self, other: Company) -> None:
        super().__init__(f"{other.name} porte déjà ce SIRET dans votre département.")
        self.other = other


@transaction.atomic
def register(company: Company, *, by: User) -> Company:
    """Save a company, tied to the legal unit of its SIREN (created under the company's name when unknown).

    Raises AlreadyRegistered, and WrongRole.
    """
    _refuse_others(company, by)
    Department.objects.select_for_update(of=("self",)).get(pk=company.department_id)
    other = Company.objects.filter(department=company.department_id, siret=company.siret).exclude(pk=company.pk).first()
    if other:
        raise AlreadyRegistered(other)
    unit, _ = LegalUnit.objects.get_or_create(siren=company.siret[:9], defaults={"name": company.name})
    company.legal_unit = unit
    company.save()
    return company


@transaction.atomic
def register_all(companies: Sequence[Company], *, by: User) -> None:
    """Save many companies at once, as `register` saves one: three statements, whatever their number.

    Who calls has looked for the same SIRET among those of the départements, locked here; the database holds it too.
    Raises WrongRole.
    """
    for company in companies:
        _refuse_others(company, by)
    places = Department.objects.filter(pk__in={company.department_id for company in companies})
    list(places.order_by("pk").select_for_update(of=("self",)))
    units = {
        company.siret[:9]: LegalUnit(siren=company.siret[:9], name=company.name) for company in reversed(companies)
    }
    LegalUnit.objects.bulk_create(units.values(), ignore_conflicts=True)
    for company in companies:
        company.legal_unit_id = company.siret[:9]
    # Not bulk_update, which is ten times as long and does not make the keys of order and search again.
    kept = [field.name for field in Company._meta.concrete_fields if not field.primary_key]
    Company.objects.bulk_create(companies, update_conflicts=True, unique_fields=["id"], update_fields=kept)


@transaction.atomic
def record_charter(company: Company, *, reference: str, signed_on: date, by: User) -> Charter:
    """Note the Charte Entreprises et Quartiers that the company signed; the same reference again corrects its date."""
    _refuse_others(company, by)
    charter, _ = Charter.objects.update_or_create(
        company=company, reference=reference, defaults={"signed_on": signed_on}
    )
    return charter


def _refuse_others(company: Company, by: User) -> None:
    """The référent of the département, or the technician who reads a file in for one."""
    if not company.is_visible_to(by) or not (by.role == Role.REFERENT or by.is_superuser):
        raise WrongRole(["Seul le référent PAQTE du département enregistre ses entreprises et leurs chartes."])
