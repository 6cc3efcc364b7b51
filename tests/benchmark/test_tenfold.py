"""What the pages of the agency cost when ten times as many figures were sent: ten years of them."""

import pytest
from django.db import connection

from reporting.models import Bilan, BilanDocument, SentLine
from tests.benchmark.measures import against, timed
from tests.benchmark.nation import LAST, OF_THE_AGENCY, Nation, account, of_the_agency, opened
from tests.pages import signed_in

pytestmark = [pytest.mark.benchmark, pytest.mark.django_db]

COPIES = """
    CREATE TEMPORARY TABLE copies ON COMMIT DROP AS
        SELECT bilan.id AS old, gen_random_uuid() AS new,
               (left(bilan.semester, 4)::int - years)::text || substr(bilan.semester, 5) AS semester
        FROM reporting_bilan AS bilan, generate_series(2, 10) AS years
        WHERE bilan.state = 'transmitted' AND bilan.semester <= %s;
"""
"""The same bilans, two years before and up to ten: the set has a year of them, without the one that is open."""


def copied(model: type[Bilan] | type[BilanDocument] | type[SentLine], *, source: str, **columns: str) -> str:
    """The statement that copies the rows of a table, these columns aside."""
    table = model._meta.db_table
    others = [str(field.column) for field in model._meta.concrete_fields if field.column not in {"id", *columns}]
    into = ", ".join([*columns, *others])
    read = ", ".join([*columns.values(), *(f"{table}.{name}" for name in others)])
    return f"INSERT INTO {table} ({into}) SELECT {read} FROM {source};"  # noqa: S608  # names of our own


STATEMENTS = (
    copied(
        Bilan,
        source="copies JOIN reporting_bilan ON reporting_bilan.id = copies.old",
        id="copies.new",
        semester="copies.semester",
    ),
    copied(
        BilanDocument,
        source="copies JOIN reporting_bilandocument ON reporting_bilandocument.bilan_id = copies.old",
        bilan_id="copies.new",
        snapshot="'{}'",
    ),
    copied(
        SentLine,
        source="copies JOIN reporting_bilandocument AS was ON was.bilan_id = copies.old"
        " JOIN reporting_bilandocument AS own ON own.bilan_id = copies.new"
        " JOIN reporting_sentline ON reporting_sentline.document_id = was.id",
        document_id="own.id",
        semester="copies.semester",
    ),
)


def test_ten_times_as_many_figures(nation: Nation) -> None:
    client, few = signed_in(account("cget")), SentLine.objects.filter(semester__lte=LAST).count()
    before = {name: timed(opened(client, address)) for name, address in of_the_agency().items()}

    with connection.cursor() as cursor:
        cursor.execute(COPIES, [str(LAST)])
        for statement in STATEMENTS:
            cursor.execute(statement)
        cursor.execute("ANALYZE reporting_bilan, reporting_bilandocument, reporting_sentline")

    assert SentLine.objects.filter(semester__lte=LAST).count() == 10 * few
    for name, address in of_the_agency().items():
        found = timed(opened(client, address)).median
        against(
            f"{OF_THE_AGENCY[name]} : dix fois plus de chiffres", found, before[name].median, of="dixième", budget=2
        )
