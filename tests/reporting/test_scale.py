"""What a bilan costs follows its own companies, not the nation, and not their square: counted, never timed."""

from datetime import date

from django.db.models import Sum

from conventions.models import Result
from reporting.models import Bilan
from reporting.selectors import bilan_for
from tests.factories import S1_2020
from tests.nation import effort, populate

ON = date(2020, 7, 20)


def bilan() -> object:
    """Of the first département."""
    return bilan_for(Bilan(department_id="000", semester=S1_2020), ON)


def test_a_bilan_costs_no_more_in_a_larger_nation() -> None:
    populate(departments=1, companies=8)
    alone = effort(bilan)

    populate(departments=29, companies=8)

    assert effort(bilan) <= 1.5 * alone


def test_what_reads_the_nation_is_seen() -> None:
    """The negative control of the test above."""

    def nation() -> object:
        return Result.objects.aggregate(Sum("value"))

    populate(departments=1, companies=8)
    alone = effort(nation)

    populate(departments=9, companies=8)

    assert effort(nation) > 8 * alone


def test_four_times_the_companies_do_not_cost_sixteen_times_as_much() -> None:
    populate(departments=1, companies=10)
    few = effort(bilan)

    populate(departments=1, companies=40)

    many = effort(lambda: bilan_for(Bilan(department_id="001", semester=S1_2020), ON))
    assert many <= 8 * few
