"""Many companies written in bulk, and what a question costs the database: rows or steps, never seconds."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from companies.models import Company, LegalUnit
from conventions.actions.campaigns import plan
from conventions.expected import last_day
from conventions.models import Convention, ConventionAxis, Result, Submission, Target, TargetSet
from indicators.models import Indicator
from territories.models import Department
from tests.factories import (
    S1_2019,
    S1_2020,
    S2_2019,
    SIGNED_ON,
    DepartmentFactory,
    UserFactory,
    invented_siren,
    invented_siret,
)

SEMESTERS = (S1_2019, S2_2019, S1_2020)
AT = datetime(2020, 7, 20, 10, tzinfo=UTC)
RESULTS = "conventions_result"
STEP = 100
"""SQLite is asked to call back after so many instructions of its virtual machine."""


def populate(*, departments: int, companies: int) -> None:
    """So many more départements of so many companies each, with three validated semesters; the first is « 000 »."""
    sign_conventions(departments=departments, companies=companies)
    agent = UserFactory(cget=True)
    for semester in SEMESTERS:
        opens = semester.next.start
        due, locks = opens.replace(day=31), opens.replace(month=opens.month + 2)
        plan(semester, opens_on=opens, due_on=due, locks_on=locks, at=AT, by=agent)
    _validate()
    if connection.vendor == "postgresql":
        # What autovacuum does there after so many rows; nothing does it on SQLite.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def sign_conventions(*, departments: int, companies: int) -> None:
    """So many more départements of so many companies each (a hundred at most), each with its signed convention."""
    first = Department.objects.filter(name__startswith="Terril").count()
    ranks = range(first, first + departments)
    places = [DepartmentFactory(code=f"{rank:03d}", name=f"Terril {rank}") for rank in ranks]
    rows = [_company(place, number) for place in places for number in range(companies)]
    units = [LegalUnit(siren=row.legal_unit_id, name=row.name) for row in rows]
    LegalUnit.objects.bulk_create(units, ignore_conflicts=True)
    _sign(Company.objects.bulk_create(rows))


def _company(department: Department, number: int) -> Company:
    rank = int(department.code) * 100 + number
    return Company(
        department=department,
        # The series has ten thousand numbers: beyond, a company is a further establishment.
        siret=invented_siret(rank % 10_000, 1 + rank // 10_000),
        legal_unit_id=invented_siren(rank % 10_000),
        name=f"Ateliers Terril {rank:05d}",
        category="PME",
        town="Arras",
    )


def _sign(companies: list[Company]) -> None:
    conventions = Convention.objects.bulk_create(
        Convention(
            company=company,
            reference=f"PAQTE-{company.siret}",
            catalogue_id="paqte-2018",
            state="signed",
            starts_on=SIGNED_ON,
            ends_on=last_day(SIGNED_ON),
            signed_on=SIGNED_ON,
            signed_at="Arras",
            created_at=AT,
        )
        for company in companies
    )
    ConventionAxis.objects.bulk_create(
        ConventionAxis(convention=row, axis=axis) for row in conventions for axis in ("former", "recruter")
    )
    promised = Indicator.objects.get(code="REC-02")
    sets = TargetSet.objects.bulk_create(TargetSet(convention=row) for row in conventions)
    Target.objects.bulk_create(Target(target_set=row, indicator=promised, year=1, value=12) for row in sets)


def _validate() -> None:
    """Every submission, through the states that the database insists on; every answer is 1."""
    Result.objects.filter(status="unanswered").update(status="value", value=1)
    drafts = Submission.objects.filter(state="draft")
    drafts.update(state="transmitted", transmitted_at=AT, first_transmitted_on=date(2020, 7, 20))
    Submission.objects.filter(state="transmitted").update(state="validated", validated_at=AT, counted_at=AT)
    Result.objects.all().count_in()


def effort(question: Callable[[], object]) -> int:
    """What a question costs: the rows of results that PostgreSQL reads, or the steps of SQLite's virtual machine."""
    return _rows_read(question) if connection.vendor == "postgresql" else _steps(question)


def _steps(question: Callable[[], object]) -> int:
    calls = 0

    def count() -> int:
        nonlocal calls
        calls += 1
        return 0

    connection.ensure_connection()
    connection.connection.set_progress_handler(count, STEP)
    try:
        question()
    finally:
        connection.connection.set_progress_handler(None, STEP)
    return calls * STEP


def _rows_read(question: Callable[[], object]) -> int:
    return sum(rows_read_by_query(question))


def rows_read_by_query(question: Callable[[], object]) -> list[int]:
    """The rows of results that each query of a question reads on PostgreSQL, kept or thrown away."""
    with CaptureQueriesContext(connection) as captured:
        question()
    selects = [query["sql"] for query in captured if query["sql"].startswith("SELECT")]
    return [sum(_read(node) for node in _nodes(_plan(sql))) for sql in selects]


Node = Mapping[str, Any]
"""A node of a plan, as PostgreSQL writes it in JSON: Any is its own values."""


def _plan(sql: str) -> Node:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}")
        plan: Node = cursor.fetchone()[0][0]["Plan"]
    return plan


def _nodes(node: Node) -> Iterator[Node]:
    yield node
    for child in node.get("Plans", ()):
        yield from _nodes(child)


def _read(node: Node) -> int:
    if node.get("Relation Name") != RESULTS:
        return 0
    counts = ("Actual Rows", "Rows Removed by Filter", "Rows Removed by Index Recheck")
    per_loop: float = sum(node.get(name, 0) for name in counts)
    loops: int = node["Actual Loops"]
    return round(per_loop * loops)
