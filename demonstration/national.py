"""A set of the size of the nation, for measures: many départements and companies, written in bulk.

Unlike the demonstration it does not go through the actions: numbered versions, mails and bilans are left out.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from functools import cache
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
    Result,
    Submission,
    SubmissionLog,
    Target,
    TargetSet,
)
from conventions.transitions import ConventionState, SubmissionState
from demonstration.figures import Answered, Profile, answers_of, targets_of
from demonstration.people import DOMAIN
from demonstration.signing import CATALOGUE
from demonstration.sources import invented_siret
from indicators.catalogue import load_catalogue
from indicators.models import Indicator
from indicators.specs import Axis
from territories.models import Department
from territories.semester import Semester
from workflows.tables import CREATION

Row = TypeVar("Row")

STARTS_ON = date(2018, 1, 1)
SEMESTERS = tuple(Semester.parse(code) for code in ("2018-S1", "2018-S2", "2019-S1", "2019-S2", "2020-S1", "2020-S2"))
CATEGORIES = ("TPE", "PME", "ETI", "GE")
POOL = 40
"""So many different companies: their figures come back in every département."""

SERIES = 9000
"""Numbers of the SIREN series left to this set; beyond, companies are further establishments."""

BATCH = 2000
SILENT_ONE_IN = 12


@dataclass(frozen=True)
class National:
    """How many rows were written, and how many départements were there already."""

    departments: int
    known: int
    companies: int
    results: int


def seed_national(*, departments: Sequence[Department], companies: int, password: str) -> National:
    """Write so many companies per département, each département in one transaction; known ones are left alone."""
    campaigns = [_campaign(semester) for semester in SEMESTERS]
    hashed = _agent(password).password
    written = results = 0
    for index, department in enumerate(departments):
        if Company.objects.filter(department=department).exists():
            continue
        written += 1
        results += _Batch(department, index * companies, companies, campaigns, hashed).write()
    return National(written, len(departments) - written, written * companies, results)


def _campaign(semester: Semester) -> Campaign:
    opens = semester.next.start
    dates = {"opens_on": opens, "due_on": opens.replace(day=31), "locks_on": opens + timedelta(days=90)}
    return Campaign.objects.get_or_create(semester=semester, defaults=dates)[0]


def _agent(password: str) -> User:
    """The account of the agency, whose hash serves all the others: a hash is slow on purpose."""
    known = User.objects.filter(email=f"cget@{DOMAIN}").first()
    return known or User.objects.create_user(f"cget@{DOMAIN}", password, role=Role.CGET, last_name="Hexagone")


@cache
def _profile(rank: int) -> Profile:
    category = CATEGORIES[rank % len(CATEGORIES)]
    return Profile(rank + 1, category, {"TPE": 8, "PME": 120, "ETI": 600, "GE": 1500}[category], tuple(Axis))


@cache
def _codes(rank: int) -> tuple[str, ...]:
    """What a company of this kind is asked."""
    targeted = {code for code, _ in targets_of(_profile(rank))}
    return tuple(spec.code for spec in load_catalogue(CATALOGUE).required(tuple(Axis), targeted))


@cache
def _answers(rank: int, semester: Semester) -> Mapping[str, Answered]:
    return answers_of(_profile(rank), semester=str(semester), share=Fraction(1, 2), asked=_codes(rank))


class _Batch:
    """Everything of one département."""

    def __init__(
        self, department: Department, first: int, how_many: int, campaigns: Sequence[Campaign], hashed: str
    ) -> None:
        self.department, self.first, self.how_many, self.campaigns = department, first, how_many, campaigns
        self.hashed = hashed
        self.zone = department.zone
        self.indicators = {row.code: row for row in Indicator.objects.filter(version=CATALOGUE)}

    @transaction.atomic
    def write(self) -> int:
        """Returns the number of results."""
        self.referent = self._account("referent", Role.REFERENT)
        companies = self._companies()
        CompanyLog.objects.bulk_create(self._registered(companies), batch_size=BATCH)
        Membership.objects.create(
            user=self._account("entreprise", Role.ENTREPRISE), company=companies[0], role=CompanyRole.ADMINISTRATOR
        )
        conventions = self._conventions(companies)
        return sum(self._collect(campaign, conventions) for campaign in self.campaigns)

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
                category=_profile(number % POOL).category,
                headcount=_profile(number % POOL).headcount,
                town=self.department.prefecture,
            )
            for number in numbers
        ]
        units = [LegalUnit(siren=row.siret[:9], name=row.name) for row in rows]
        LegalUnit.objects.bulk_create(units, batch_size=BATCH, ignore_conflicts=True)
        for row in rows:
            row.legal_unit_id = row.siret[:9]
        return Company.objects.bulk_create(rows, batch_size=BATCH)

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
            batch_size=BATCH,
        )
        axes = (ConventionAxis(convention=row, axis=axis.value) for row in rows for axis in Axis)
        ConventionAxis.objects.bulk_create(axes, batch_size=BATCH)
        sets = TargetSet.objects.bulk_create((TargetSet(convention=row) for row in rows), batch_size=BATCH)
        Target.objects.bulk_create(self._targets(sets), batch_size=BATCH)
        ConventionLog.objects.bulk_create(self._signatures(rows), batch_size=BATCH)
        return rows

    def _targets(self, sets: Sequence[TargetSet]) -> Iterator[Target]:
        for rank, target_set in self._ranked(sets):
            for (code, year), value in targets_of(_profile(rank)).items():
                yield Target(target_set=target_set, indicator=self.indicators[code], year=year, value=value)

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

    def _collect(self, campaign: Campaign, conventions: Sequence[Convention]) -> int:
        rows = Submission.objects.bulk_create(
            (
                self._submission(campaign, convention, silent=rank % SILENT_ONE_IN == campaign.semester.half)
                for rank, convention in self._ranked(conventions)
            ),
            batch_size=BATCH,
        )
        SubmissionLog.objects.bulk_create(self._decisions(rows), batch_size=BATCH)
        return len(Result.objects.bulk_create(self._results(rows, campaign.semester), batch_size=BATCH))

    def _submission(self, campaign: Campaign, convention: Convention, *, silent: bool) -> Submission:
        place = {
            "company_id": convention.company_id,
            "semester": campaign.semester,
            "convention": convention,
            "campaign": campaign,
        }
        if silent:
            return Submission(**place)
        sent = campaign.opens_on + timedelta(days=8)
        return Submission(
            **place,
            state=SubmissionState.VALIDATED,
            version=1,
            transmitted_at=self._at(sent),
            first_transmitted_on=sent,
            validated_at=self._at(sent + timedelta(days=5)),
            counted_at=self._at(sent + timedelta(days=5)),
        )

    def _decisions(self, submissions: Sequence[Submission]) -> Iterator[SubmissionLog]:
        arrows = (
            ("transmettre", SubmissionState.DRAFT, SubmissionState.TRANSMITTED),
            ("valider", SubmissionState.TRANSMITTED, SubmissionState.VALIDATED),
        )
        for submission in submissions:
            moments = (submission.transmitted_at, submission.validated_at)
            for (name, before, after), at in zip(arrows, moments, strict=True):
                if at is not None:
                    yield SubmissionLog(
                        submission=submission,
                        at=at,
                        by=self.referent,
                        transition=name,
                        from_state=before,
                        to_state=after,
                    )

    def _results(self, submissions: Sequence[Submission], semester: Semester) -> Iterator[Result]:
        for rank, submission in enumerate(submissions, start=self.first):
            silent = submission.is_draft
            for code, answer in _answers(rank % POOL, semester).items():
                status = Result.Status.VALUE if answer.value is not None else Result.Status.NOT_APPLICABLE
                yield Result(
                    submission=submission,
                    company_id=submission.company_id,
                    department=self.department,
                    semester=semester,
                    indicator=self.indicators[code],
                    status=Result.Status.UNANSWERED if silent else status,
                    value=None if silent else answer.value,
                    counted_status="" if silent else status,
                    counted_value=None if silent else answer.value,
                    reason="" if silent else answer.reason,
                )

    def _ranked(self, rows: Sequence[Row]) -> Iterator[tuple[int, Row]]:
        """Each convention, or its targets, with its place in the pool of profiles."""
        return ((rank % POOL, row) for rank, row in enumerate(rows, start=self.first))

    def _at(self, day: date) -> datetime:
        return datetime.combine(day, time(10), self.zone)
