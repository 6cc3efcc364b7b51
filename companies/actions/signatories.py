"""Register a company and note its charters: the office of its département does, and nobody else."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from accounts.models import User
from companies.models import Charter, Company, LegalUnit
from companies.selectors import bearer_of
from territories.locks import lock_departments
from workflows.actions import Told, locked, record, record_all
from workflows.changes import changes_between
from workflows.tables import CREATION, TransitionRefused, WrongState


class AlreadyRegistered(TransitionRefused):
    """Another company of the same département bears this SIRET; those of other départements are never looked at."""

    def __init__(self, other: Company) -> None:
        super().__init__([f"{other.name} porte déjà ce SIRET dans votre département."])
        self.other = other


@transaction.atomic
def register(company: Company, *, at: datetime, by: User) -> Company:
    """Save a company, tied to the legal unit of its SIREN (created under the company's name when unknown).

    Raises AlreadyRegistered, and WrongRole.
    """
    _admit([company], by=by)
    if other := bearer_of(company.siret, beside=company):
        raise AlreadyRegistered(other)
    _save([company], at=at, by=by)
    return company


@transaction.atomic
def register_all(companies: Sequence[Company], *, at: datetime, by: User) -> None:
    """Save many companies at once, as `register` saves one, in as many statements whatever their number.

    Who calls has looked for the same SIRET among those of the départements, locked here; the database holds it too.
    Raises WrongRole.
    """
    _admit(companies, by=by)
    _save(companies, at=at, by=by)


@transaction.atomic
def record_charter(company: Company, *, reference: str, signed_on: date, at: datetime, by: User) -> Charter:
    """Note the Charte Entreprises et Quartiers that the company signed; the same reference again corrects its date.

    What is noted already is not told again. Raises WrongRole.
    """
    row = locked(company, by=by)
    row.workflow.check_act("charte", acting_as=row.acting_as(by))
    charter = row.charters.filter(reference=reference).first() or Charter(company=row, reference=reference)
    former, charter.signed_on = copy(charter), signed_on
    if fields := changes_between(former, charter, ["signed_on"]):
        record(row, "charte", at=at, by=by, facts={"reference": reference, "fields": fields})
        charter.save()
    return charter


@transaction.atomic
def forget_charter(charter: Charter, *, at: datetime, by: User) -> None:
    """Take away a charte that was noted by mistake. Raises TransitionRefused once a convention comes from it."""
    company = locked(charter.company, by=by)
    row = company.charters.select_related("convention").filter(pk=charter.pk).first()
    record(company, "retirer-charte", at=at, by=by, facts={"reference": charter.reference})
    if row is None:
        raise WrongState(["Cette charte vient d’être retirée par quelqu’un d’autre\u00a0: rien n’a changé."])
    if hasattr(row, "convention"):
        raise TransitionRefused([f"La convention {row.convention.reference} en vient\u00a0: elle ne se retire plus."])
    row.delete()


def _admit(companies: Sequence[Company], *, by: User) -> None:
    """Refuse who may not, before anything is looked at; then lock the départements, whose sheets change one by one."""
    for company in companies:
        company.workflow.check_act(CREATION, acting_as=company.acting_as(by))
    lock_departments({company.department_id for company in companies})


def _save(companies: Sequence[Company], *, at: datetime, by: User) -> None:
    """Five statements, whatever the number."""
    known = {row.pk: row for row in Company.objects.filter(pk__in=[company.pk for company in companies])}
    units = {
        company.siret[:9]: LegalUnit(siren=company.siret[:9], name=company.name) for company in reversed(companies)
    }
    for company in companies:
        company.legal_unit_id = company.siret[:9]
    # Not bulk_update, which is ten times as long and does not make the keys of order and search again.
    kept = [field.name for field in Company._meta.concrete_fields if not field.primary_key]
    Company.objects.bulk_create(companies, update_conflicts=True, unique_fields=["id"], update_fields=kept)
    record_all(_what_changes(companies, known), at=at, by=by)
    # Last, since references are looked at when all is written, and in one order: from here to the end, another
    # département that brings one of these waits.
    LegalUnit.objects.bulk_create((units[siren] for siren in sorted(units)), ignore_conflicts=True)


def _what_changes(companies: Iterable[Company], known: Mapping[UUID, Company]) -> Iterator[Told]:
    """What the journals are told: each new company, and each other that is not as it was."""
    for company in companies:
        before = known.get(company.pk)
        if before is None:
            yield Told(company, CREATION, {})
        elif fields := company.changes_since(before):
            yield Told(company, "corriger", {"facts": {"fields": fields}})
