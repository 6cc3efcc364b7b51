"""What a company's save costs, and opening a campaign for the whole country."""

import time
from datetime import date
from decimal import Decimal
from itertools import count

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from conventions.actions.campaigns import plan
from conventions.actions.entry import Saving, save_results
from conventions.answers import Answer
from conventions.models import Result, Submission
from territories.semester import Semester
from tests.benchmark.measures import against, peak_memory, timed, within
from tests.benchmark.nation import OPEN, TODAY, Nation, account, greeting
from tests.pages import signed_in

pytestmark = [pytest.mark.benchmark, pytest.mark.django_db]
S1_2021 = Semester(2021, 1)
GREETINGS = 6
"""So many times a signed-in greeting is what a save may cost."""


@pytest.fixture
def member(nation: Nation) -> User:
    return account("entreprise", nation.home)


@pytest.fixture
def form(member: User) -> Submission:
    """Open, and empty."""
    found: Submission = Submission.objects.visible_to(member).select_related("company").get(semester=OPEN)
    return found


def test_saving_the_longest_step(nation: Nation, member: User, form: Submission) -> None:
    client, values = signed_in(member), count(1)
    results = list(form.results.filter(indicator__axis="sensibiliser"))
    address = reverse("submission_step", args=[form.pk, "sensibiliser"])

    found = timed(lambda: save(client, address, form, results, next(values)))

    floor = greeting(nation).median
    against(f"enregistrer une page de {len(results)} champs", found.median, floor, of="bonjour", budget=GREETINGS)
    within("la même : p95", found.p95, 0.2)


def save(client: Client, address: str, form: Submission, results: list[Result], value: int) -> None:
    version = Submission.objects.values_list("version", flat=True).get(pk=form.pk)
    fields = {f"r{row.pk}-value": str(value % 2) for row in results}
    answer = client.post(address, {"version": str(version), **fields})
    assert answer.status_code == 302


def test_saving_the_whole_form(nation: Nation, member: User, form: Submission) -> None:
    results, values = list(form.results.all()), count(1)

    def save_all() -> None:
        said = Answer(Result.Status.VALUE, Decimal(next(values) % 2))
        save_results([Saving(form, dict.fromkeys((row.pk for row in results), said))], by=member, on=TODAY)

    found = timed(save_all)

    floor = greeting(nation).median
    against(f"enregistrer {len(results)} réponses à la fois", found.median, floor, of="bonjour", budget=GREETINGS)


def test_opening_a_campaign(nation: Nation) -> None:
    agent = account("cget")
    start = time.perf_counter()

    with peak_memory() as grown, CaptureQueriesContext(connection) as queries:
        plan(
            S1_2021,
            opens_on=date(2021, 7, 1),
            due_on=date(2021, 7, 31),
            locks_on=date(2021, 9, 30),
            at=timezone.now(),
            by=agent,
        )

    spent = time.perf_counter() - start
    rows = Result.objects.filter(semester=S1_2021).count()
    within(f"ouvrir une campagne, {rows} résultats", spent, 60)
    within("la même : requêtes", len(queries), 60, "requêtes")
    for megabytes in grown:
        within("la même : mémoire", megabytes, 150, "Mo")
