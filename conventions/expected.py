"""What a target expects up to a date. A flux is prorated by days, a stock is the target of the current year."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import TypeVar

YEARS = (1, 2, 3)
"""A convention is triennial (circulaire, annexe 2 §2)."""

PARTS = 100 * 365 * 366
"""What a flux expects is a whole number of these parts of one: a target has two decimals, a year 365 or 366 days."""

Weights = tuple[tuple[int, int], ...]
"""For some days, each convention year that they meet, and how many PARTS a target of 0,01 a year is worth there."""


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

    def meets(self, other: "Period") -> bool:
        """Whether a day is in both."""
        return self.intersection(other).days > 0


def anniversary(starts_on: date, years: int) -> date:
    """The same day `years` later; what starts on a 29 February turns a year on the 1st of March."""
    try:
        return starts_on.replace(year=starts_on.year + years)
    except ValueError:
        return date(starts_on.year + years, 3, 1)


def last_day(starts_on: date) -> date:
    """The last day of a triennial convention: 8 February 2019 gives 7 February 2022."""
    return anniversary(starts_on, 3) - timedelta(days=1)


@lru_cache(maxsize=20_000)
def convention_year(starts_on: date, year: int) -> Period:
    """Year 1, 2 or 3 of a convention, from its own start, not from January."""
    return Period(anniversary(starts_on, year - 1), anniversary(starts_on, year) - timedelta(days=1))


def year_of(starts_on: date, day: date) -> int:
    """The convention year in which `day` falls; 1 before the start and 3 after the end."""
    return next((year for year in YEARS if day <= convention_year(starts_on, year).end), 3)


@dataclass(frozen=True)
class DatedTargets:
    """What one set says of one indicator: a figure by convention year, and the days on which this set counts.

    It counts from `since`, or from the start when None, until the day before `until`, when an avenant supersedes it.
    """

    by_year: Mapping[int, Decimal]
    since: date | None = None
    until: date | None = None

    @cached_property
    def cents(self) -> Mapping[int, int]:
        """The figures in hundredths, which they are whole numbers of."""
        return {year: int(value * 100) for year, value in self.by_year.items()}

    @property
    def days(self) -> Period:
        """The days on which it counts."""
        last = date.max if self.until is None else self.until - timedelta(days=1)
        return Period(self.since or date.min, last)

    def counts_on(self, day: date) -> bool:
        """Whether it is in effect that day."""
        return self.days.start <= day <= self.days.end

    def as_known(self, on: date) -> "DatedTargets":
        """The same before anybody knew of an avenant that takes effect after that day."""
        return self if self.until is None or self.until <= on else DatedTargets(self.by_year, self.since)


Key = TypeVar("Key", bound=Hashable)


def sets_of(rows: Iterable[tuple[Key, date | None, date | None, int, Decimal]]) -> dict[Key, list[DatedTargets]]:
    """The sets of each key, from rows of the database: key, since, until, convention year, figure."""
    years: dict[Key, dict[tuple[date | None, date | None], dict[int, Decimal]]] = {}
    for key, since, until, year, value in rows:
        years.setdefault(key, {}).setdefault((since, until), {})[year] = value
    return {key: [DatedTargets(by_year, *days) for days, by_year in found.items()] for key, found in years.items()}


def flux_expected(sets: Iterable[DatedTargets], *, starts_on: date, ends_on: date, within: Period) -> Fraction:
    """The part of the yearly targets that falls within a period, by days: each day uses the set in effect that day.

    `ends_on` is the last day, earlier than the third anniversary when the convention was terminated.
    8 February to 30 June 2019 is 143/365 of year 1.
    """
    running = Period(starts_on, ends_on).intersection(within)
    return Fraction(sum(expected_parts(one, starts_on, running) or 0 for one in sets), PARTS)


def expected_parts(targets: DatedTargets, starts_on: date, running: Period) -> int | None:
    """What one set expects of the days of a convention in PARTS; None when it has no figure for any of them."""
    return parts_of(targets.cents, weights_of(targets, starts_on, running))


def parts_of(cents: Mapping[int, int], weights: Weights) -> int | None:
    """The same from figures in hundredths, and from weights that several indicators of one set share."""
    parts = None
    for year, weight in weights:
        if year in cents:
            parts = (parts or 0) + cents[year] * weight
    return parts


def weights_of(targets: DatedTargets, starts_on: date, running: Period) -> Weights:
    """The convention years that a set meets in the days of a convention, and what each of its days is worth."""
    days = targets.days.intersection(running)
    return _weights(starts_on, days.start, days.end)


@lru_cache(maxsize=20_000)
def _weights(starts_on: date, first: date, last: date) -> Weights:
    """For some days, each convention year that they meet, and how many PARTS a target of 0,01 a year is worth."""
    days = Period(first, last)
    years = ((number, convention_year(starts_on, number)) for number in YEARS)
    met = ((number, year, year.intersection(days).days) for number, year in years)
    return tuple((number, how_many * (PARTS // 100 // year.days)) for number, year, how_many in met if how_many)


def target_on(sets: Iterable[DatedTargets], *, starts_on: date, on: date) -> Decimal | None:
    """The target of the convention year of that day, in the set in effect that day; None without one."""
    year = year_of(starts_on, on)
    found = [one.by_year[year] for one in sets if year in one.by_year and one.counts_on(on)]
    return sum(found, Decimal(0)) if found else None


def last_target(sets: Iterable[DatedTargets], *, starts_on: date, ends_on: date, on: date) -> Decimal | None:
    """The same of a convention that may have ended before that day: it keeps the year, and the set, of its end.

    What is expected of a stock or of a yes/no (1 for a promised yes), which no days prorate.
    """
    return target_on(sets, starts_on=starts_on, on=min(on, ends_on))
