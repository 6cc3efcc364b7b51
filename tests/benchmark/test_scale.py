"""What a hundred companies a département cost: the figures of a bilan, and the opening of a national campaign."""

import resource
import time
import tracemalloc
from datetime import date

import pytest
from django.db import connection
from django.db.models import Sum
from django.test.utils import CaptureQueriesContext

from conventions.actions.campaigns import plan
from conventions.models import Result, Submission
from demonstration.national import seed_national
from reporting.models import Bilan
from reporting.selectors import bilan_for
from tests.benchmark.measures import cpu, told, weighed
from tests.factories import PASSWORD, S1_2019, S1_2020, DepartmentFactory, UserFactory
from tests.nation import sign_conventions

pytestmark = [pytest.mark.benchmark, pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
MEGABYTE = 1024 * 1024


def test_figures_of_a_hundred_companies() -> None:
    places = [DepartmentFactory(), DepartmentFactory(nord=True), DepartmentFactory(reunion=True)]
    seed_national(departments=places, companies=100, password=PASSWORD)

    told(
        "chiffres d’un bilan, 3 × 100 entreprises",
        cpu(lambda: bilan_for(Bilan(department_id="62", semester=S1_2020), date(2020, 7, 10))),
        cpu(lambda: Result.objects.aggregate(Sum("value"))),
        0.3,
    )


def test_campaign_of_the_nation() -> None:
    sign_conventions(departments=101, companies=100)
    agent = UserFactory(cget=True)
    resident = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    tracemalloc.start()
    start = time.perf_counter()

    with CaptureQueriesContext(connection) as queries:
        plan(S1_2019, opens_on=date(2019, 7, 1), due_on=date(2019, 7, 31), locks_on=date(2019, 9, 30), by=agent)

    seconds = time.perf_counter() - start
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - resident) / 1024
    rows = Submission.objects.count(), Result.objects.count()
    floor = cpu(lambda: Result.objects.update(confirmed=False), times=1)
    told(f"campagne, {rows[0]} remontées, {rows[1]} résultats", seconds, floor, 30)
    weighed("la même", len(queries), 60, "requêtes")
    weighed("la même, mémoire de Python", peak / MEGABYTE, 150, "Mo")
    weighed("la même, mémoire du processus en plus", grown, 150, "Mo")
