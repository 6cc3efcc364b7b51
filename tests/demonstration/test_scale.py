"""The set of measures: its size, its coherence, and that it stays away from the demonstration."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from accounts.models import User
from conventions.models import Convention, Result, Submission, SubmissionLog, Target
from indicators.actions.catalogues import sync_catalogues
from indicators.catalogue import load_catalogue
from reporting.models import Bilan
from reporting.selectors import bilan_for
from territories.loading import load_territories
from territories.semester import Semester
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _references(db: None, settings: Settings) -> None:
    settings.PAQTE_DEMO_PASSWORD = "terril-beffroi-vanille"
    load_territories()
    sync_catalogues([load_catalogue("paqte-2018")])


def run(*options: str) -> str:
    out = StringIO()
    call_command("seed_demo", *options, stdout=out)
    return out.getvalue()


def test_two_departements_of_three_companies() -> None:
    printed = run("--departements", "62, 2a", "--companies", "3")

    assert printed.startswith("Jeu de mesure\u00a0: 2 départements écrits, 0 déjà là, 6 entreprises,")
    assert sorted(Convention.objects.values_list("reference", flat=True)) == [
        "PAQTE-2A-2018-001",
        "PAQTE-2A-2018-002",
        "PAQTE-2A-2018-003",
        "PAQTE-62-2018-001",
        "PAQTE-62-2018-002",
        "PAQTE-62-2018-003",
    ]
    assert Submission.objects.count() == 36
    assert Result.objects.count() > 36 * 20
    assert Target.objects.count() > 6 * 3 * 12


def test_its_journals_lead_to_its_states_and_a_bilan_reads_it() -> None:
    run("--departements", "62", "--companies", "3")

    last = {log.submission_id: log.to_state for log in SubmissionLog.objects.order_by("pk")}
    data = bilan_for(Bilan(department_id="62", semester=Semester(2019, 2)), on=date(2020, 7, 10))

    assert all(last.get(row.pk, "draft") == row.state for row in Submission.objects.all())
    assert (data.completeness.expected, data.completeness.validated) == (3, 2)
    assert {axis.axis for axis in data.axes if axis.figures} == {"sensibiliser", "former", "recruter", "acheter"}


def test_two_bilans_have_left_and_the_last_campaign_waits_for_somebody(settings: Settings) -> None:
    run("--departements", "62", "--companies", "5")

    sent = Bilan.objects.filter(state="transmitted", document__isnull=False)
    assert sorted(str(bilan.semester) for bilan in sent) == ["2019-S2", "2020-S1"]
    settings.PAQTE_TODAY = date(2021, 1, 20)
    member = User.objects.get(email="entreprise.62@demo.example")
    form = Submission.objects.visible_to(member).get(semester="2020-S2")
    assert form.refusal_to_edit(acting_as=form.acting_as(member), on=date(2021, 1, 20)) == ""
    states = Submission.objects.filter(semester="2020-S2").order_by("convention__reference")
    assert [row.state for row in states] == ["draft", "transmitted", "validated", "validated", "draft"]
    assert not Result.objects.exclude(submission__state="validated").exclude(counted_status="").exists()
    assert set(Result.objects.filter(submission__state="validated").values_list("counted_status", flat=True)) == {
        "value",
        "not_applicable",
    }


def test_a_second_run_only_adds_what_is_missing() -> None:
    run("--departements", "62", "--companies", "2")

    printed = run("--departements", "62,59", "--companies", "2")

    assert "1 département écrit, 1 déjà là, 2 entreprises" in printed
    assert Convention.objects.count() == 4


def test_it_does_not_mix_with_the_demonstration() -> None:
    UserFactory(lecteur=True, email="lecteur.62@demo.example")

    with pytest.raises(CommandError, match="donnez-en une autre"):
        run("--companies", "3")


def test_an_unknown_departement_is_named() -> None:
    with pytest.raises(CommandError, match="n’existent pas\u00a0: 20"):
        run("--departements", "20,62", "--companies", "3")
