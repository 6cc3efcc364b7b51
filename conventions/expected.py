"""What a target expects up to a date. A flux is prorated by days, a stock is the target of the current year."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

YEARS = (1, 2, 3)
"""A convention is triennial (circulaire, annexe 2 §2)."""


@dataclass(frozen=True)
class Period:
    """A span of days, both ends included."""

    start: date
    end: date

    @property
    def days(self) -> int:
        """How many days; 0 when the end comes before the start."""
        return max((self.end - self.start).days + 1, 0)

    def intersection(self, other: "Period") -> "Period":
        """The days in both; may be empty."""
        return Period(max(self.start, other.start), min(self.end, other.end))


def anniversary(starts_on: date, years: int) -> date:
    """The same day `years` later; what starts on a 29 February turns a year on the 1st of March."""
    try:
        return starts_on.replace(year=starts_on.year + years)
    except ValueError:
        return date(starts_on.year + years, 3, 1)


def last_day(starts_on: date) -> date:
    """The last day of a triennial convention: 8 February 2019 gives 7 February 2022."""
    return anniversary(starts_on, 3) - timedelta(days=1)


def convention_year(starts_on: date, year: int) -> Period:
    """Year 1, 2 or 3 of a convention, from its own start, not from January."""
    return Period(anniversary(starts_on, year - 1), anniversary(starts_on, year) - timedelta(days=1))


def year_of(starts_on: date, day: date) -> int:
    """The convention year in which `day` falls; 1 before the start and 3 after the end."""
    return next((year for year in YEARS if day <= convention_year(starts_on, year).end), 3)


def flux_expected(targets: Mapping[int, Decimal], *, starts_on: date, ends_on: date, within: Period) -> Fraction:
    """The part of the yearly targets that falls within a period, by days.

    `targets` maps a convention year to its target; `ends_on` is the last day, earlier than the third
    anniversary when the convention was terminated. 8 February to 30 June 2019 is 143/365 of year 1.
    """
    running = Period(starts_on, ends_on)
    expected = Fraction(0)
    for year, target in targets.items():
        whole = convention_year(starts_on, year)
        part = whole.intersection(within).intersection(running)
        expected += Fraction(target) * Fraction(part.days, whole.days)
    return expected


def stock_expected(targets: Mapping[int, Decimal], *, starts_on: date, ends_on: date, on: date) -> Fraction | None:
    """The target of the convention year in which the semester ends; None when that year has no target.

    The same rule serves yes/no indicators (1 for a promised yes). A terminated convention keeps the year of its end.
    """
    target = targets.get(year_of(starts_on, min(on, ends_on)))
    return None if target is None else Fraction(target)


def rounded(value: Fraction, step: Decimal = Decimal("0.01")) -> Decimal:
    """A fraction as a decimal, rounded half up to `step`: the one place where an expectation is rounded."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(step, rounding=ROUND_HALF_UP)
