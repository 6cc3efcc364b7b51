"""Register a company and note its charters."""

from datetime import date

from django.db import transaction

from companies.models import Charter, Company, LegalUnit
from territories.models import Department


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
