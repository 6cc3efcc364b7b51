"""Writes a scenario into the database as it stood when a bilan was made, through the factories and the real sending."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

from conventions.models import Convention as ConventionRow
from conventions.models import Submission
from reporting import actions
from reporting.bilan import BilanData
from reporting.models import Bilan
from reporting.selectors import bilan_for
from territories.models import Department as DepartmentRow
from territories.semester import Semester
from tests.factories import (
    BilanFactory,
    CampaignFactory,
    CompanyFactory,
    ConventionFactory,
    DepartmentFactory,
    SubmissionFactory,
    TargetSetFactory,
    UserFactory,
    answer_fields,
)
from tests.method.days import LAUNCH, before, current, semesters
from tests.method.said import asked_codes, version_at
from tests.method.scenario import Answer, Company, Convention, Department, Targets, Version
from tests.reporting.pages import plain

Row = int | str | Decimal | None
"""As the factories take an answer: a text is the reason of « sans objet », None is not answered."""
FIRST_SIGNATURES = date(2018, 7, 1)
LATER = datetime(2023, 3, 1, 9, tzinfo=UTC)


def write(department: Department, semester: str) -> Bilan:
    """The draft of that semester; the bilan before it was sent, if it was. Nothing later than the bilan is written."""
    place = DepartmentFactory()
    _open_campaigns(semester)
    signed = {company: _sign(company, place) for company in department.companies}
    if before(semester) in department.sent:
        _answer(signed, before(semester))
        send(BilanFactory(semester=Semester.parse(before(semester))))
    _answer(signed, semester)
    return BilanFactory(semester=Semester.parse(semester))


def write_sent(department: Department, place: DepartmentRow, until: str) -> None:
    """Every bilan that this département sent, each with what it knew, up to a semester."""
    _open_campaigns(until)
    signed = {company: _sign(company, place) for company in department.companies}
    for semester in semesters(LAUNCH, until):
        if semester in department.sent:
            _answer(signed, semester)
            send(BilanFactory(department=place, semester=Semester.parse(semester)))


def _open_campaigns(until: str) -> None:
    for semester in semesters(LAUNCH, until):
        CampaignFactory(semester=Semester.parse(semester))


def read(bilan: Bilan, *, provisional: bool = False) -> BilanData:
    """The value of a draft, once its campaign is locked or before."""
    campaign = CampaignFactory(semester=bilan.semester)
    return bilan_for(bilan, campaign.due_on if provisional else date(campaign.locks_on.year, 12, 31))


def send(bilan: Bilan) -> None:
    """As the référent does once the campaign is locked."""
    campaign = CampaignFactory(semester=bilan.semester)
    at = datetime.combine(date(campaign.locks_on.year, 12, 31), time(8), UTC)
    actions.transmit(
        bilan,
        at=at,
        by=UserFactory(referent=True, department=bilan.department),
        render=plain,
        sending_note="Relancées.",
    )


def _sign(company: Company, place: DepartmentRow) -> dict[Convention, ConventionRow]:
    """The company, and what it signed."""
    row = CompanyFactory(name=company.name, department=place)
    signed: dict[Convention, ConventionRow] = {}
    for convention in company.conventions:
        left = {"state": "terminated", "terminated_on": convention.terminated_on} if convention.terminated_on else {}
        signed[convention] = ConventionFactory(
            company=row,
            axes=list(convention.axes),
            starts_on=convention.starts_on,
            signed_on=max(convention.starts_on, FIRST_SIGNATURES),
            targets={},
            **left,
        )
        TargetSetFactory(convention=signed[convention], number=0, targets=_rows_of(convention.targets))
        for number, avenant in enumerate(convention.avenants, 1):
            TargetSetFactory(
                convention=signed[convention],
                number=number,
                effective_on=avenant.effective_on,
                reason="effectif",
                targets=_rows_of(avenant.targets),
            )
    return signed


def _rows_of(targets: Targets) -> dict[tuple[str, int], int | Decimal]:
    return {(code, year): value for code, years in targets.items() for year, value in years.items()}


def _answer(signed: dict[Company, dict[Convention, ConventionRow]], bilan: str) -> None:
    """Every submission as that bilan knows it, whatever an earlier one knew."""
    own = [convention for conventions in signed.values() for convention in conventions.values()]
    Submission.objects.filter(company__conventions__in=own).delete()
    for company, conventions in signed.items():
        for semester in semesters(LAUNCH, bilan):
            convention = current(company, semester)
            if convention:
                _submit(company, conventions[convention[0]], semester, bilan)


def _submit(company: Company, convention: ConventionRow, semester: str, bilan: str) -> None:
    """What counts, and over it what the bilan must not count: typed, sent, or corrected and not validated again."""
    known = version_at(company, semester, bilan)
    later = next((version for version in company.validated.get(semester, ()) if version.known_in > bilan), None)
    received = semester in company.received
    if known is None and later is None and not received:
        return
    said = known or later
    answers: dict[str, Row] = dict.fromkeys(asked_codes(company, semester))
    answers |= {code: _row_of(answer) for code, answer in said.answers.items()} if said else {}
    campaign = CampaignFactory(semester=Semester.parse(semester))
    state = {"validated": True} if known else {"transmitted": received}
    submission = SubmissionFactory(convention=convention, campaign=campaign, answers=answers, **state)
    if known and later:
        _correct(submission, later)


def _correct(submission: Submission, later: Version) -> None:
    """Opened again, with other answers that nobody validated."""
    Submission.objects.filter(pk=submission.pk).update(state="returned", validated_at=None, returned_at=LATER)
    for code, answer in later.answers.items():
        submission.results.filter(indicator__code=code).update(
            **{"value": None, "reason": ""} | answer_fields(_row_of(answer))
        )


def _row_of(answer: Answer) -> Row:
    return "Sans activité." if answer is None else answer
