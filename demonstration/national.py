"""A set of the size of the nation, for measures: many départements and companies, written in bulk.

Unlike the demonstration it goes through the actions for its bilans alone: numbered versions and mails are left out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from django.db import transaction

from accounts.models import User
from accounts.roles import CompanyRole, Role
from companies.models import Company, CompanyLog, LegalUnit, Membership
from conventions.expected import last_day
from conventions.models import (
    Campaign,
    Convention,
    ConventionAxis,
    ConventionLog,
    Target,
    TargetSet,
)
from conventions.transitions import ConventionState
from demonstration import bulk
from demonstration.answering import POOL, SEMESTERS, Collection, campaign_of, profile
from demonstration.figures import targets_of
from demonstration.people import DOMAIN
from demonstration.sending import send_bilans
from demonstration.signing import CATALOGUE
from demonstration.sources import invented_siret
from indicators.models import Indicator
from indicators.specs import Axis
from territories.models import Department
from workflows.tables import CREATION

Row = TypeVar("Row")

STARTS_ON = date(2018, 3, 1)
"""In force from the first semester until after the last one: its campaign finds them running."""
SERIES = 9000
"""Numbers of the SIREN series left to this set; beyond, companies are further establishments."""


@dataclass(frozen=True)
class National:
    """How many rows were written, and how many départements were there already."""

    departments: int
    known: int
    companies: int
    results: int


def seed_national(*, departments: Sequence[Department], companies: int, password: str) -> National:
    """Write so many companies per département, each département in one transaction; known ones are left alone."""
    campaigns = [campaign_of(semester) for semester in SEMESTERS]
    hashed = _agent(password).password
    written = results = 0
    for index, department in enumerate(departments):
        if Company.objects.filter(department=department).exists():
            continue
        written += 1
        batch = _Batch(department, index * companies, companies, campaigns, hashed)
        results += batch.write()
        send_bilans(department, batch.referent)
    return National(written, len(departments) - written, written * companies, results)


def _agent(password: str) -> User:
    """The account of the agency, whose hash serves all the others: a hash is slow on purpose."""
    known = User.objects.filter(email=f"cget@{DOMAIN}").first()
    return known or User.objects.create_user(f"cget@{DOMAIN}", password, role=Role.CGET, last_name="Hexagone")


class _Batch:
    """Everything of one département."""

    def __init__(
        self, department: Department, first: int, how_many: int, campaigns: Sequence[Campaign], hashed: str
    ) -> None:
        self.department, self.first, self.how_many, self.campaigns = department, first, how_many, campaigns
        self.hashed = hashed
        self.zone = department.zone
        self.indicators = dict(Indicator.objects.filter(version=CATALOGUE).values_list("code", "pk"))

    @transaction.atomic
    def write(self) -> int:
        """Returns the number of results."""
        self.referent = self._account("referent", Role.REFERENT)
        companies = self._companies()
        CompanyLog.objects.bulk_create(self._registered(companies), batch_size=bulk.BATCH)
        Membership.objects.create(
            user=self._account("entreprise", Role.ENTREPRISE), company=companies[0], role=CompanyRole.ADMINISTRATOR
        )
        conventions = self._conventions(companies)
        collection = Collection(conventions, self.first, self.referent, self.indicators)
        return sum(collection.collect(campaign) for campaign in self.campaigns)

    def _account(self, name: str, role: Role) -> User:
        department = self.department if role == Role.REFERENT else None
        user = User(
            email=f"{name}.{self.department.pk.lower()}@{DOMAIN}",
            role=role,
            department=department,
            password=self.hashed,
        )
        user.save()
        return user

    def _companies(self) -> list[Company]:
        numbers = range(self.first, self.first + self.how_many)
        rows = [
            Company(
                siret=invented_siret(1000 + number % SERIES, establishment=1 + number // SERIES),
                department=self.department,
                name=f"Entreprise {self.department.pk}-{number - self.first + 1:03d}",
                category=profile(number % POOL).category,
                headcount=profile(number % POOL).headcount,
                town=self.department.prefecture,
            )
            for number in numbers
        ]
        units = [LegalUnit(siren=row.siret[:9], name=row.name) for row in rows]
        LegalUnit.objects.bulk_create(units, batch_size=bulk.BATCH, ignore_conflicts=True)
        for row in rows:
            row.legal_unit_id = row.siret[:9]
        return Company.objects.bulk_create(rows, batch_size=bulk.BATCH)

    def _registered(self, companies: Sequence[Company]) -> Iterator[CompanyLog]:
        at = self._at(STARTS_ON - timedelta(days=40))
        return (CompanyLog(company=row, at=at, by=self.referent, transition=CREATION) for row in companies)

    def _conventions(self, companies: Sequence[Company]) -> list[Convention]:
        rows = Convention.objects.bulk_create(
            (
                Convention(
                    company=company,
                    reference=f"PAQTE-{self.department.pk}-{STARTS_ON.year}-{rank + 1:03d}",
                    catalogue_id=CATALOGUE,
                    state=ConventionState.SIGNED,
                    starts_on=STARTS_ON,
                    ends_on=last_day(STARTS_ON),
                    signed_on=STARTS_ON,
                    signed_at=self.department.prefecture or self.department.name,
                    created_at=self._at(STARTS_ON - timedelta(days=30)),
                )
                for rank, company in enumerate(companies)
            ),
            batch_size=bulk.BATCH,
        )
        axes = (ConventionAxis(convention=row, axis=axis.value) for row in rows for axis in Axis)
        ConventionAxis.objects.bulk_create(axes, batch_size=bulk.BATCH)
        sets = TargetSet.objects.bulk_create((TargetSet(convention=row) for row in rows), batch_size=bulk.BATCH)
        bulk.write(Target, ("target_set_id", "indicator_id", "year", "value"), self._targets(sets))
        ConventionLog.objects.bulk_create(self._signatures(rows), batch_size=bulk.BATCH)
        return rows

    def _targets(self, sets: Sequence[TargetSet]) -> Iterator[bulk.Row]:
        for rank, target_set in self._ranked(sets):
            for (code, year), value in targets_of(profile(rank)).items():
                yield target_set.pk, self.indicators[code], year, value

    def _signatures(self, conventions: Sequence[Convention]) -> Iterator[ConventionLog]:
        arrows = (
            ("creer", "", ConventionState.DRAFT, 30),
            ("preparer", ConventionState.DRAFT, ConventionState.READY, 9),
            ("signer", ConventionState.READY, ConventionState.SIGNED, 0),
        )
        for convention in conventions:
            for name, before, after, days in arrows:
                yield ConventionLog(
                    convention=convention,
                    at=self._at(STARTS_ON - timedelta(days=days)),
                    by=self.referent,
                    transition=name,
                    from_state=before,
                    to_state=after,
                )

    def _ranked(self, rows: Sequence[Row]) -> Iterator[tuple[int, Row]]:
        """Each convention, or its targets, with its place in the pool of profiles."""
        return ((rank % POOL, row) for rank, row in enumerate(rows, start=self.first))

    def _at(self, day: date) -> datetime:
        return datetime.combine(day, time(10), self.zone)
