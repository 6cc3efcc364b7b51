"""A scenario as the pure core reads it: a translation, nothing is counted here."""

from decimal import Decimal

from conventions.expected import DatedTargets
from reporting.method import Ground, Term
from reporting.method.ground import Company
from territories.semester import Semester
from tests.method.days import LAUNCH, before, end_of, engaged, last_day, semesters
from tests.method.naive import figures_of
from tests.method.said import asked_codes, is_pending, version_at
from tests.method.scenario import Convention, Department


def ground_of(department: Department, semester: str, *, provisional: bool = False) -> Ground:
    """What the bilan of a semester stands on."""
    there = [company for company in department.companies if engaged(company, semester)]
    return Ground(
        semester=Semester.parse(semester),
        launch=Semester.parse(LAUNCH),
        terms=tuple(
            _term(company.name, convention)
            for company in department.companies
            for convention in company.conventions
            if convention.starts_on <= last_day(semester)
        ),
        answers={Semester.parse(one): _said(department, one, semester) for one in semesters(LAUNCH, semester)},
        asked={company.name: asked_codes(company, semester) for company in there},
        pending=frozenset(company.name for company in there if is_pending(company, semester, semester)),
        provisional=provisional,
        sent_before=_sent_before(department, semester),
    )


def _term(company: str, convention: Convention) -> Term:
    return Term(
        key=f"{company} {convention.starts_on}",
        company=company,
        starts_on=convention.starts_on,
        ends_on=end_of(convention),
        sets=_sets(convention),
    )


def _sets(convention: Convention) -> dict[str, tuple[DatedTargets, ...]]:
    dated = [(None, convention.targets), *((one.effective_on, one.targets) for one in convention.avenants)]
    ends = [since for since, _ in dated[1:]] + [None]
    found: dict[str, list[DatedTargets]] = {}
    for (since, targets), until in zip(dated, ends, strict=True):
        for code, by_year in targets.items():
            years = {year: Decimal(value) for year, value in by_year.items()}
            found.setdefault(code, []).append(DatedTargets(years, since, until))
    return {code: tuple(sets) for code, sets in found.items()}


def _said(department: Department, semester: str, bilan: str) -> dict[Company, dict[str, Decimal | None]]:
    versions = {company.name: version_at(company, semester, bilan) for company in department.companies}
    return {
        name: {code: None if answer is None else Decimal(answer) for code, answer in version.answers.items()}
        for name, version in versions.items()
        if version is not None
    }


def _sent_before(department: Department, semester: str) -> dict[str, Decimal | None] | None:
    if before(semester) not in department.sent:
        return None
    return {code: figure.semester for code, figure in figures_of(department, before(semester)).items()}
