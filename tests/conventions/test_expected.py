"""Expected to date: figures typed by hand, then laws on any start day."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conventions.expected import (
    DatedTargets,
    Period,
    anniversary,
    convention_year,
    flux_expected,
    last_day,
    last_target,
    year_of,
)
from french.numbers import rounded
from territories.semester import Semester

START = date(2019, 2, 8)
END = date(2022, 2, 7)
TARGETS = [DatedTargets({1: Decimal(12), 2: Decimal(24), 3: Decimal(36)})]
STARTS = st.dates(date(2018, 1, 1), date(2040, 12, 31))
AMOUNTS = st.decimals(0, 10**9, places=2)


def span(code):
    semester = Semester.parse(code)
    return Period(semester.start, semester.end)


def test_a_convention_lasts_three_years_to_the_day():
    assert last_day(START) == END
    assert last_day(date(2020, 2, 29)) == date(2023, 2, 28)
    assert anniversary(date(2020, 2, 29), 1) == date(2021, 3, 1)
    assert anniversary(date(2020, 2, 29), 4) == date(2024, 2, 29)


def test_years_run_from_the_start_not_from_january():
    assert convention_year(START, 1) == Period(date(2019, 2, 8), date(2020, 2, 7))
    assert convention_year(START, 2) == Period(date(2020, 2, 8), date(2021, 2, 7))
    assert convention_year(START, 3) == Period(date(2021, 2, 8), date(2022, 2, 7))


def test_year_of_a_day():
    assert year_of(START, date(2018, 12, 31)) == 1
    assert year_of(START, date(2020, 2, 7)) == 1
    assert year_of(START, date(2020, 2, 8)) == 2
    assert year_of(START, date(2022, 2, 7)) == 3
    assert year_of(START, date(2030, 1, 1)) == 3


def test_an_empty_period_has_no_day():
    assert Period(date(2019, 2, 2), date(2019, 2, 1)).days == 0
    assert Period(date(2019, 1, 1), date(2019, 1, 31)).intersection(Period(START, END)).days == 0


def test_periods_meet_on_a_day_that_is_in_both():
    january = Period(date(2019, 1, 1), date(2019, 1, 31))

    assert january.meets(Period(date(2019, 1, 31), date(2019, 2, 28)))
    assert not january.meets(Period(date(2019, 2, 1), date(2019, 2, 28)))
    assert not january.meets(Period(date(2019, 1, 10), date(2019, 1, 9)))


def test_first_semester_of_a_convention_of_8_february_2019():
    # 8 February to 30 June 2019: 21 + 31 + 30 + 31 + 30 = 143 days of the 365 of year 1.
    expected = flux_expected([DatedTargets({1: Decimal(365)})], starts_on=START, ends_on=END, within=span("2019-S1"))

    assert expected == 143


def test_first_semester_of_a_target_of_12():
    expected = flux_expected(TARGETS, starts_on=START, ends_on=END, within=span("2019-S1"))

    assert expected == Fraction(12 * 143, 365)
    assert rounded(expected) == Decimal("4.70")


def test_a_semester_astride_two_years_adds_both_parts():
    # 1 January to 7 February 2020: 38 of 365 days of year 1; 8 February to 30 June 2020: 144 of 366 days of year 2.
    expected = flux_expected(TARGETS, starts_on=START, ends_on=END, within=span("2020-S1"))

    assert expected == Fraction(12 * 38, 365) + Fraction(24 * 144, 366)


def test_termination_stops_the_expectation():
    # Terminated on 31 July 2019: 31 days of 2019-S2 remain.
    expected = flux_expected(TARGETS, starts_on=START, ends_on=date(2019, 7, 31), within=span("2019-S2"))

    assert expected == Fraction(12 * 31, 365)


def test_nothing_is_expected_before_the_start():
    assert flux_expected(TARGETS, starts_on=START, ends_on=END, within=span("2018-S2")) == 0


def test_a_stock_is_that_of_the_year_in_which_the_semester_ends():
    assert last_target(TARGETS, starts_on=START, ends_on=END, on=date(2019, 12, 31)) == 12
    assert last_target(TARGETS, starts_on=START, ends_on=END, on=date(2020, 6, 30)) == 24
    assert last_target([DatedTargets({1: Decimal(5)})], starts_on=START, ends_on=END, on=date(2020, 6, 30)) is None


def test_a_terminated_convention_keeps_the_stock_of_its_last_year():
    assert last_target(TARGETS, starts_on=START, ends_on=date(2019, 12, 1), on=date(2021, 6, 30)) == 12


def test_zero_is_a_target():
    zero = [DatedTargets({1: Decimal(0)})]

    assert last_target(zero, starts_on=START, ends_on=END, on=date(2019, 6, 30)) == 0
    assert flux_expected(zero, starts_on=START, ends_on=END, within=span("2019-S1")) == 0


# METHOD §9: 12 a year, then from 1 July 2021 an avenant: 24 in year 2, 36 in year 3.
AMENDED_FROM = date(2020, 1, 1)
AMENDED = [
    DatedTargets({1: Decimal(12), 2: Decimal(12), 3: Decimal(12)}, until=date(2021, 7, 1)),
    DatedTargets({1: Decimal(12), 2: Decimal(24), 3: Decimal(36)}, since=date(2021, 7, 1)),
]


@pytest.mark.parametrize(
    ("semester", "share"),
    [
        ("2020-S2", Fraction(12 * 184, 366)),
        ("2021-S1", Fraction(12 * 181, 365)),
        ("2021-S2", Fraction(24 * 184, 365)),
        ("2022-S1", Fraction(36 * 181, 365)),
    ],
)
def test_each_day_uses_the_set_in_effect_that_day(semester, share):
    within = span(semester)

    assert flux_expected(AMENDED, starts_on=AMENDED_FROM, ends_on=date(2022, 12, 31), within=within) == share


def test_the_figures_of_an_avenant_as_they_are_printed():
    end = date(2022, 12, 31)
    share = flux_expected(AMENDED, starts_on=AMENDED_FROM, ends_on=end, within=span("2021-S2"))
    whole = flux_expected(AMENDED, starts_on=AMENDED_FROM, ends_on=end, within=Period(AMENDED_FROM, end))

    assert rounded(share, Decimal("0.0001")) == Decimal("12.0986")
    assert rounded(whole, Decimal("0.0001")) == Decimal("66.0493")


def test_a_stock_takes_the_set_in_effect_on_the_last_day():
    def on(day):
        return last_target(AMENDED, starts_on=AMENDED_FROM, ends_on=date(2022, 12, 31), on=day)

    assert [on(date(2021, 6, 30)), on(date(2021, 7, 1)), on(date(2022, 6, 30))] == [12, 24, 36]


def test_a_promise_lifted_by_an_avenant_expects_nothing_from_that_day():
    lifted = [DatedTargets({1: Decimal(12), 2: Decimal(12)}, until=date(2020, 7, 1))]

    assert flux_expected(lifted, starts_on=AMENDED_FROM, ends_on=date(2022, 12, 31), within=span("2020-S2")) == 0
    assert last_target(lifted, starts_on=AMENDED_FROM, ends_on=date(2022, 12, 31), on=date(2020, 12, 31)) is None


def test_rounding_is_half_up():
    assert rounded(Fraction(1, 8)) == Decimal("0.13")
    assert rounded(Fraction(5, 2), Decimal(1)) == Decimal(3)


@given(STARTS)
def test_the_three_years_partition_the_convention(start):
    years = [convention_year(start, year) for year in (1, 2, 3)]

    assert years[0].start == start
    assert years[2].end == last_day(start)
    assert years[1].start == years[0].end + timedelta(days=1)
    assert years[2].start == years[1].end + timedelta(days=1)
    assert all(year.days in (365, 366) for year in years)
    assert sum(year.days for year in years) == Period(start, last_day(start)).days


@given(STARTS, AMOUNTS, AMOUNTS, AMOUNTS)
def test_the_semesters_of_a_flux_sum_to_its_targets(start, first, second, third):
    targets = [DatedTargets({1: first, 2: second, 3: third})]
    end = last_day(start)
    semester, total = Semester.containing(start), Fraction(0)

    while semester.start <= end:
        total += flux_expected(targets, starts_on=start, ends_on=end, within=Period(semester.start, semester.end))
        semester = semester.next

    assert total == Fraction(first) + Fraction(second) + Fraction(third)


@given(STARTS, st.integers(0, 1200))
def test_year_of_is_the_year_that_contains_the_day(start, offset):
    day = min(start + timedelta(days=offset), last_day(start))
    year = convention_year(start, year_of(start, day))

    assert year.start <= day <= year.end
