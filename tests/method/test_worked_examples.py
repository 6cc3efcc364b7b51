"""The worked examples of the method, typed by hand, against each implementation of it."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from national.value import NationalTotal
from tests.method import examples
from tests.method.bilans import national, national_by_database
from tests.method.engines import Engine
from tests.method.examples import FLUX, STOCK
from tests.method.nation import nation_of
from tests.method.scenario import Convention

PLACES = Fraction(1, 20_000)
"""The method gives four places."""


def is_near(found: Fraction | None, typed: str) -> bool:
    return found is not None and abs(found - Fraction(typed)) <= PLACES


def numbers(figure: Any, *names: str) -> tuple[Any, ...]:  # Any: a figure of any implementation, its numbers
    return tuple(getattr(figure, name) for name in names)


COUNTS = ("semester", "respondents", "not_applicable", "silent", "asked")
CHANGES = ("previous", "constant", "constant_companies", "arrivals", "departures")
FLUX_TABLE = {
    "2019-S2": ((8, 3, 0, 0, 3), (7, -1, 2, 2, 0), 15, "14.0219", 11, "78.4", (11, 84), "13.1"),
    "2020-S1": ((14, 2, 0, 1, 3), (8, 8, 2, 0, 2), 29, "27.9454", 23, "82.3", (23, 84), "27.4"),
    "2020-S2": ((13, 2, 0, 0, 2), (17, -2, 2, 0, 2), 45, "42.0329", 39, "92.8", (39, 84), "46.4"),
}


@pytest.mark.parametrize("semester", FLUX_TABLE)
def test_a_flux_semester_after_semester(engine: Engine, semester: str):
    counts, changes, cumul, expected, tracked, rate, progress, overall = FLUX_TABLE[semester]

    found = engine(examples.flux(), semester).figures[FLUX]

    assert numbers(found, *COUNTS) == counts
    assert numbers(found, *CHANGES) == changes
    assert found.semester - found.previous == found.constant + found.arrivals - found.departures
    assert numbers(found, "cumulative", "cumulative_companies", "tracked") == (cumul, 3, tracked)
    assert is_near(found.expected, expected)
    assert found.expected_companies == 2
    assert abs(Fraction(found.tracked) * 100 / found.expected - Fraction(rate)) <= Fraction(1, 20)
    assert numbers(found, "progress", "objective", "objective_conventions") == (*progress, 2)
    assert abs(found.progress * 100 / found.objective - Fraction(overall)) <= Fraction(1, 20)


def test_a_silent_company_stays_in_the_expectation_and_the_answered_cells_are_told(engine: Engine):
    found = engine(examples.flux(), "2020-S1").figures[FLUX]

    assert found.holes == 1
    assert is_near(found.expected_answered, "23.9672")


def test_what_comes_after_the_sending_is_told(engine: Engine):
    assert engine(examples.flux(), "2020-S2").figures[FLUX].revised == 3
    assert not engine(examples.flux(), "2020-S1").figures[FLUX].revised


def test_a_draft_counts_the_cells_answered_and_says_no_variation(engine: Engine):
    found = engine(examples.flux(c_known_in="2020-S2"), "2020-S1", provisional=True).figures[FLUX]

    assert (found.tracked, found.holes) == (23, 0)
    assert is_near(found.expected, "23.9672")
    assert numbers(found, "constant", "constant_companies", "arrivals", "departures") == (None, 0, None, None)


def test_a_draft_with_four_fifths_validated_says_its_variation(engine: Engine):
    late = engine(examples.flux(late="2020-S1"), "2020-S1", provisional=True).figures[FLUX]

    assert numbers(late, "constant", "constant_companies") == (9, 3)


def test_the_nation_adds_what_was_sent_and_names_what_is_missing():
    found = nation_of([examples.flux(), examples.another()], "2020-S2")[FLUX]

    assert numbers(found, "previous", "revised", "missing") == (21, 3, 7)
    assert numbers(found.line, "semester", "constant", "arrivals", "departures") == (13, -2, 0, 2)
    assert found.line.cumulative == 45 + 12


def test_the_fold_adds_up_the_nation_as_the_example_does():
    assert_nation(national([examples.flux(), examples.another()], "2020-S2"))


@pytest.mark.django_db
@pytest.mark.usefixtures("catalogue")
def test_the_database_adds_up_the_nation_as_the_example_does():
    assert_nation(national_by_database([examples.flux(), examples.another()], "2020-S2"))


def assert_nation(total: NationalTotal) -> None:
    """13 − 21 = −2 + 0 − 2 + 3 − 7, and 45 + 12."""
    found = next(one for one in total.figures if one.line.code == FLUX)
    assert numbers(found.line, "semester", *CHANGES) == (13, 21, -2, 2, 0, 2)
    assert numbers(found.line, "revised", "cumulative") == (3, 57)
    assert found.missing == Decimal(7)
    assert total.older == ("Département 02",)


def test_a_stock_is_carried_once(engine: Engine):
    first, then, last = (engine(examples.stock(), code).figures[STOCK] for code in ("2019-S2", "2020-S1", "2020-S2"))

    assert numbers(first, "semester", "respondents", "asked", "last_known", "carried_companies") == (35, 3, 3, 35, 0)
    assert numbers(then, "semester", "respondents", "asked") == (12, 1, 2)
    assert numbers(then, "last_known", "carried", "carried_companies") == (32, 20, 1)
    assert numbers(then, *CHANGES) == (35, 2, 1, 0, 25)
    assert numbers(last, "semester", "respondents", "not_applicable", "silent", "asked") == (11, 1, 1, 1, 3)
    assert numbers(last, "last_known", "carried_companies") == (11, 0)
    assert not last.carried


def test_a_renewal_shares_its_semester(engine: Engine):
    before = engine(examples.renewal(), "2021-S2").figures[FLUX]
    found = engine(examples.renewal(), "2022-S1").figures[FLUX]

    assert found.asked == 1
    assert is_near(found.expected - before.expected, "8.9425")
    assert is_near(found.progress, "4.5249")
    assert numbers(found, "objective", "objective_conventions", "tracked") == (72, 1, 9)


@pytest.mark.parametrize("signed", [False, True])
def test_a_later_avenant_changes_no_earlier_bilan(engine: Engine, signed: bool):
    before, found = (engine(examples.amended(signed=signed), code).figures[FLUX] for code in ("2020-S2", "2021-S1"))

    assert is_near(found.expected - before.expected, "5.9507")
    assert found.objective == 36


def test_an_avenant_counts_from_its_day(engine: Engine):
    first, second, third = (
        engine(examples.amended(), code).figures[FLUX] for code in ("2020-S2", "2021-S1", "2021-S2")
    )

    assert is_near(third.expected - second.expected, "12.0986")
    assert is_near(third.expected - first.expected, "18.0493")
    assert is_near(third.objective, "66.0493")
    assert is_near(engine(examples.amended(), "2022-S2").figures[FLUX].expected, "66.0493")


def test_a_year_without_a_target_is_outside_the_objective(engine: Engine):
    scenario = examples.alone(Convention(date(2019, 1, 1), examples.a_year(None, 20, 20)), S1_2019=6)

    found = engine(scenario, "2019-S1").figures[FLUX]

    assert numbers(found, "cumulative", "expected") == (6, None)
    assert not found.tracked


def test_days_before_the_launch_promise_nothing(engine: Engine):
    found = engine(examples.alone(Convention(date(2018, 10, 1), examples.a_year(12, 12, 12))), "2019-S1").figures[FLUX]

    assert is_near(found.objective, "32.9753")
    assert found.expected == Fraction(12 * 181, 365)


def test_a_year_counts_its_own_days(engine: Engine):
    february = examples.alone(Convention(date(2019, 2, 8), examples.a_year(365)))
    leap = examples.alone(Convention(date(2020, 2, 29), examples.a_year(366)))

    assert engine(february, "2019-S1").figures[FLUX].expected == 143
    assert engine(february, "2020-S1").figures[FLUX].expected == 365
    assert engine(leap, "2020-S1").figures[FLUX].expected == 123
    assert engine(leap, "2021-S1").figures[FLUX].expected == 366


def test_zero_is_a_number(engine: Engine):
    found = engine(
        examples.alone(Convention(date(2019, 1, 1), examples.a_year(0, 0, 0)), S1_2019=0), "2019-S1"
    ).figures[FLUX]

    assert (found.semester, found.cumulative, found.tracked, found.expected) == (Decimal(0), 0, 0, 0)
    assert found.expected_companies == 1
