"""On PostgreSQL, no query of a bilan reads the results of the nation: counted in the plans, with the real planner."""

from datetime import date

import pytest

from conventions.models import Result
from reporting.models import Bilan
from reporting.selectors import bilan_for
from tests.factories import S1_2020
from tests.nation import populate, rows_read_by_query


@pytest.mark.django_db
@pytest.mark.usefixtures("catalogue")
def test_each_query_of_a_bilan_reads_its_own_rows() -> None:
    populate(departments=30, companies=8)
    own = Result.objects.filter(department="000").count()

    read = rows_read_by_query(lambda: bilan_for(Bilan(department_id="000", semester=S1_2020), date(2020, 7, 20)))

    assert (Result.objects.count(), own) == (30 * own, 8 * 3 * 10)
    assert 0 < max(read) <= 3 * own
