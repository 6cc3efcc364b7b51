"""On PostgreSQL, a semester that opens for many conventions is planned for the rows that are there."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection

from conventions.actions.campaigns import plan
from conventions.models import Convention, Submission
from tests.factories import S1_2019, UserFactory
from tests.nation import sign_conventions


def believed(table: str) -> int:
    """How many rows the planner believes this table to hold."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = %s::regclass", [table])
        rows: float = cursor.fetchone()[0]
    return round(rows)


@pytest.mark.django_db
@pytest.mark.usefixtures("catalogue")
def test_the_planner_knows_the_rows_that_this_very_transaction_wrote() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE conventions_convention, conventions_submission")
    sign_conventions(departments=15, companies=8)
    assert (believed("conventions_convention"), believed("conventions_submission")) == (0, 0)

    opens, due, locks = date(2019, 7, 1), date(2019, 7, 31), date(2019, 9, 30)
    at = datetime(2019, 7, 1, 9, tzinfo=UTC)
    plan(S1_2019, opens_on=opens, due_on=due, locks_on=locks, at=at, by=UserFactory(cget=True))

    assert (believed("conventions_convention"), believed("conventions_submission")) == (120, 120)
    assert (Convention.objects.count(), Submission.objects.count()) == (120, 120)
