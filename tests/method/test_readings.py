"""What the method says in a word and no worked example shows, typed by hand, against each implementation of it."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from tests.method import examples
from tests.method.engines import Engine
from tests.method.examples import FLUX, STOCK, YES_NO
from tests.method.scenario import Avenant, Convention


def test_a_stock_is_carried_over_a_renewal_and_not_over_a_break(engine: Engine):
    renewed, broken = (engine(examples.returned(days=days), "2020-S2").figures[STOCK] for days in (1, 2))

    assert (renewed.last_known, renewed.carried, renewed.carried_companies) == (6, 6, 1)
    assert (broken.last_known, broken.carried, broken.carried_companies) == (None, None, 0)


def test_an_overlap_not_applicable_is_none_and_a_silent_one_is_not_known(engine: Engine):
    for overlap, top in ((5, Decimal(45)), (None, Decimal(50)), ("silent", None)):
        found = engine(examples.purchases(overlap), "2019-S1").ratios["RAT-09"]

        assert (found.numerator, found.asked, found.respondents) == (top, 1, int(top is not None))
        assert found.denominator == (None if top is None else 100)


def test_an_avenant_of_the_last_day_counts_on_it_alone(engine: Engine):
    avenant = Avenant(date(2019, 12, 31), examples.a_year(730, 0, 0))
    scenario = examples.alone(Convention(date(2019, 1, 1), examples.a_year(365, 0, 0), avenants=(avenant,)))

    assert engine(scenario, "2019-S1").figures[FLUX].expected == 181
    assert engine(scenario, "2019-S2").figures[FLUX].expected == 364 + 2
    assert engine(scenario, "2019-S2").figures[FLUX].objective == 364 + 2


def test_a_termination_stops_the_expectation_and_not_the_objective_of_its_last_day(engine: Engine):
    ended = examples.alone(Convention(date(2019, 1, 1), examples.a_year(365, 0, 0), terminated_on=date(2019, 6, 30)))

    first, then = (engine(ended, semester).figures[FLUX] for semester in ("2019-S1", "2019-S2"))

    assert (first.expected, first.objective, first.objective_conventions) == (181, 365, 1)
    assert (then.expected, then.objective, then.objective_conventions, then.asked) == (181, None, 0, 0)


@pytest.mark.parametrize(
    ("yes", "promised", "kept"),
    [
        # Its second year begins on 1 April 2020: both semesters of 2019 are of the first.
        ((), 1, 0),
        (("2019-S1", "2019-S2"), 1, 0),
        (("2020-S1",), 1, 1),
        (("2020-S2",), 1, 1),
    ],
)
def test_a_yes_counts_for_its_convention_year(engine: Engine, yes: tuple[str, ...], promised: int, kept: int):
    found = engine(examples.testing(*yes), "2020-S2").figures[YES_NO]

    assert (found.expected, found.expected_companies, found.tracked) == (Fraction(promised), promised, kept)
    assert (found.semester, found.respondents, found.constant) == (int("2020-S2" in yes), 1, None)


def test_a_complement_that_nobody_is_asked_any_more_says_what_is_lost(engine: Engine):
    found = engine(examples.complement(), "2020-S2").figures["SEN-08"]

    assert (found.semester, found.asked, found.previous, found.previous_respondents) == (None, 0, 5, 1)
    assert (found.constant, found.arrivals, found.departures) == (None, 0, 5)
