"""Days and convention years, counted one day after the other: on purpose nothing of the portal's own arithmetic."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from tests.method.scenario import Company, Convention, Targets

LAUNCH = "2019-S1"
ONE = timedelta(days=1)


def after(semester: str) -> str:
    year, half = int(semester[:4]), semester[6]
    return f"{year}-S2" if half == "1" else f"{year + 1}-S1"


def before(semester: str) -> str:
    year, half = int(semester[:4]), semester[6]
    return f"{year}-S1" if half == "2" else f"{year - 1}-S2"


def first_day(semester: str) -> date:
    return date(int(semester[:4]), 1 if semester[6] == "1" else 7, 1)


def last_day(semester: str) -> date:
    return first_day(after(semester)) - ONE


def semester_of(day: date) -> str:
    return f"{day.year}-S{1 if day.month <= 6 else 2}"


def semesters(first: str, last: str) -> list[str]:
    """Both included; empty when the last is before the first."""
    found = []
    while first <= last:
        found.append(first)
        first = after(first)
    return found


def each_day(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += ONE


@lru_cache(maxsize=4096)
def years_later(day: date, years: int) -> date:
    """29 February is followed by 1 March, so that a year that starts on it ends on 28 February."""
    if (day.month, day.day) == (2, 29) and years:
        return date(day.year + years, 3, 1)
    return date(day.year + years, day.month, day.day)


def days_of_year(convention: Convention, year: int) -> int:
    return (years_later(convention.starts_on, year) - years_later(convention.starts_on, year - 1)).days


def triennial_end(convention: Convention) -> date:
    return years_later(convention.starts_on, 3) - ONE


def end_of(convention: Convention) -> date:
    """The last day in force."""
    end = triennial_end(convention)
    return min(end, convention.terminated_on) if convention.terminated_on else end


def in_force(convention: Convention, day: date) -> bool:
    return convention.starts_on <= day <= end_of(convention)


def year_on(convention: Convention, day: date) -> int:
    """The convention year of a day between the start and the triennial end."""
    return next(year for year in (1, 2, 3) if day < years_later(convention.starts_on, year))


def set_on(convention: Convention, day: date, known_on: date) -> Targets:
    """The set in effect that day, for who only knows those that have taken effect by `known_on`."""
    found = convention.targets
    for avenant in convention.avenants:
        if avenant.effective_on <= min(day, known_on):
            found = avenant.targets
    return found


Tally = tuple[tuple[Targets, int, int], ...]
"""Set in effect, convention year, how many days of it."""


@lru_cache(maxsize=4096)
def tally(convention: Convention, first: date, last: date, known_on: date) -> Tally:
    """The days between two days, both included, by set in effect and convention year."""
    counts: dict[tuple[int, int], int] = {}
    sets: dict[int, Targets] = {}
    for day in each_day(max(first, convention.starts_on), last):
        found = set_on(convention, day, known_on)
        sets[id(found)] = found
        key = (id(found), year_on(convention, day))
        counts[key] = counts.get(key, 0) + 1
    return tuple((sets[one], year, days) for (one, year), days in counts.items())


@lru_cache(maxsize=4096)
def days_in_force(convention: Convention, semester: str) -> int:
    """How many days of the semester it is in force."""
    return sum(in_force(convention, day) for day in each_day(first_day(semester), last_day(semester)))


def engaged(company: Company, semester: str) -> bool:
    """In force at least one day of the semester."""
    return any(
        convention.starts_on <= last_day(semester) and end_of(convention) >= first_day(semester)
        for convention in company.conventions
    )


def engaged_on(company: Company, day: date) -> bool:
    return any(in_force(convention, day) for convention in company.conventions)


@lru_cache(maxsize=4096)
def current(company: Company, semester: str) -> tuple[Convention, int] | None:
    """The convention and its year in force on the last engaged day of a semester; None without one."""
    for day in reversed(list(each_day(first_day(semester), last_day(semester)))):
        for convention in company.conventions:
            if in_force(convention, day):
                return convention, year_on(convention, day)
    return None
