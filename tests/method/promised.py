"""Expectations and objectives, cell by cell, in fractions."""

from datetime import date
from fractions import Fraction

from tests.method.days import (
    LAUNCH,
    current,
    days_in_force,
    days_of_year,
    end_of,
    first_day,
    in_force,
    last_day,
    semesters,
    set_on,
    tally,
    triennial_end,
    year_on,
)
from tests.method.said import value
from tests.method.scenario import Company, Convention, Number


def pace(convention: Convention, code: str, first: date, last: date, known_on: date) -> Fraction | None:
    """Σ target × days ÷ days of the year between two days; None when no day of them has a number."""
    parts = [
        Fraction(targets[code][year]) * days / days_of_year(convention, year)
        for targets, year, days in tally(convention, first, last, known_on)
        if year in targets.get(code, {})
    ]
    return sum(parts, Fraction(0)) if parts else None


def part(convention: Convention, code: str, semester: str) -> Fraction | None:
    """What one convention expects of the cell of a semester; None when it does not target it."""
    last = min(last_day(semester), end_of(convention))
    return pace(convention, code, first_day(semester), last, last_day(semester))


def expectation(company: Company, code: str, semester: str) -> Fraction | None:
    """Of a cell; None when it is not targeted."""
    parts = [found for one in company.conventions if (found := part(one, code, semester)) is not None]
    return sum(parts, Fraction(0)) if parts else None


def objective(convention: Convention, code: str, semester: str) -> Fraction | None:
    """The triennial sum since the launch, with the sets in effect on the last day of the semester."""
    return pace(convention, code, first_day(LAUNCH), triennial_end(convention), last_day(semester))


def progress(company: Company, convention: Convention, code: str, semester: str) -> Fraction:
    """The values of the cells that this convention targets; a shared one by days in force."""
    total = Fraction(0)
    for one in semesters(LAUNCH, semester):
        given = value(company, code, one, semester)
        if given is not None and part(convention, code, one) is not None:
            whole = sum(days_in_force(other, one) for other in company.conventions)
            total += Fraction(given) * days_in_force(convention, one) / whole
    return total


def target_on(company: Company, code: str, day: date) -> Number | None:
    """The target of the convention year of that day, in the set in effect; None when nothing in force gives one."""
    for convention in company.conventions:
        if in_force(convention, day):
            return set_on(convention, day, day).get(code, {}).get(year_on(convention, day))
    return None


def said_yes_this_year(company: Company, code: str, semester: str) -> bool:
    """In a semester of the convention year in force on the last day of this one, up to this one."""
    return any(
        current(company, one) == current(company, semester) and value(company, code, one, semester) == 1
        for one in semesters(LAUNCH, semester)
    )
