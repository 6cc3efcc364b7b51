"""Who is engaged, who answered and who moved, counted company by company."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tests.method.days import ONE, days_in_force, end_of, engaged, engaged_on, last_day, semester_of, triennial_end
from tests.method.naive import figures_of
from tests.method.said import version_at
from tests.method.scenario import Company, Convention, Department


@dataclass(frozen=True)
class NaiveCounts:
    """Companies engaged in the semester, those still so on its last day, their conventions, and their answers."""

    engaged: int
    staying: int
    conventions: int
    received: int
    validated: int
    silent: frozenset[str]
    pending: frozenset[str]


def counts_of(department: Department, semester: str) -> NaiveCounts:
    """Received is sent, validated or not."""
    there = [company for company in department.companies if engaged(company, semester)]
    validated = [company for company in there if version_at(company, semester, semester) is not None]
    pending = [company for company in there if company not in validated and semester in company.received]
    return NaiveCounts(
        engaged=len(there),
        staying=sum(engaged_on(company, last_day(semester)) for company in there),
        conventions=sum(days_in_force(one, semester) > 0 for company in there for one in company.conventions),
        received=len(validated) + len(pending),
        validated=len(validated),
        silent=frozenset(company.name for company in there if company not in validated and company not in pending),
        pending=frozenset(company.name for company in pending),
    )


Move = tuple[str, str, date]
"""A company, what happens to it, the day."""


def movements_of(department: Department, semester: str) -> set[Move]:
    """What begins and what ends in the semester; what goes on the day after does not end."""
    found = set()
    for company in department.companies:
        for one in company.conventions:
            if semester_of(one.starts_on) == semester:
                renewed = any(end_of(other) + ONE == one.starts_on for other in company.conventions)
                found.add((company.name, "renouvelée" if renewed else "entrée", one.starts_on))
            if semester_of(end_of(one)) == semester and not _goes_on(company, one, semester):
                ended = end_of(one) == triennial_end(one)
                found.add((company.name, "échue" if ended else "résiliée", end_of(one)))
    return found


def _goes_on(company: Company, convention: Convention, semester: str) -> bool:
    """A bilan knows what begins by its last day."""
    morrow = end_of(convention) + ONE
    return morrow <= last_day(semester) and any(other.starts_on == morrow for other in company.conventions)


def brought(company: Company, code: str, semester: str) -> Decimal | None:
    """What a company alone gave of a flux since the launch."""
    return figures_of(Department((company,)), semester)[code].cumulative
