"""The files of a consolidated bilan are made by the worker, once for what was sent."""

from datetime import date

import pytest
from django.test import Client
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from documents.models import StoredFile
from tests.cast import Cast
from tests.factories import CampaignFactory, ConventionFactory, DepartmentFactory
from tests.pages import signed_in
from tests.reporting.pages import sent
from tests.reporting.test_tasks import LATER, run

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
PAGE = "/national/2019-S1"


@pytest.fixture
def agency(cast: Cast, settings: Settings) -> Client:
    """One département sent its bilan; the list of the worker is in the database, as people have it."""
    settings.PAQTE_TODAY = date(2019, 9, 16)
    CampaignFactory()
    ConventionFactory()
    sent(cast)
    settings.TASKS = LATER
    return signed_in(cast.cget)


def test_a_file_is_asked_for_once_and_made_once(agency: Client) -> None:
    kept = StoredFile.objects.count()
    first, second = (agency.get(f"{PAGE}.ods?region=32") for _ in range(2))
    asked = DBTaskResult.objects.count()
    run()
    ready, file = (agency.get(f"{PAGE}.ods?region=32{more}") for more in ("&attente=1", ""))

    assert [first.status_code, second.status_code, asked] == [202, 202, 1]
    assert first.headers["Refresh"] == f"3; url={PAGE}.ods?region=32&attente=1"
    assert "Bilan consolidé, Hauts-de-France, 1er semestre 2019" in first.content.decode()
    assert ready.headers["Refresh"] == f"0; url={PAGE}.ods?region=32"
    assert file.content.startswith(b"PK")
    assert StoredFile.objects.count() == kept + 1


def test_who_is_waited_for_is_another_file(agency: Client) -> None:
    agency.get(f"{PAGE}.json")
    run()
    before = agency.get(f"{PAGE}.json").content
    ConventionFactory(company__department=DepartmentFactory(nord=True), company__name="Filature")

    again = agency.get(f"{PAGE}.json")
    run()

    assert again.status_code == 202
    assert b"Filature" not in before
    assert b"Filature" in agency.get(f"{PAGE}.json").content


def test_the_file_of_the_sums_is_made_at_once(agency: Client) -> None:
    before = agency.get(f"{PAGE}.csv")
    ConventionFactory(company__department=DepartmentFactory(nord=True), company__name="Filature")

    assert before.status_code == 200
    assert "Filature;missing_company" in agency.get(f"{PAGE}.csv").content.decode()
    assert "Filature" not in before.content.decode()
    assert not DBTaskResult.objects.exists()
