"""The files of the agency's lists say what its pages say."""

import csv
from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from reporting.models import PrefectureExample
from tests.cast import Cast
from tests.factories import S1_2019, CampaignFactory, ConventionFactory, DepartmentFactory, UserFactory
from tests.reporting.pages import sent


@pytest.fixture(autouse=True)
def _story(cast: Cast, catalogue: str, settings: Settings, client: Client) -> None:
    """The Pas-de-Calais sent its bilan, with an example; the Nord is late; the Creuse has nobody."""
    settings.PAQTE_TODAY = date(2019, 9, 20)
    CampaignFactory()
    for company in (cast.company, cast.other_company):
        ConventionFactory(company=company)
    PrefectureExample.objects.create(
        department_id="62", semester=S1_2019, axis="former", title="=Un forum", text="Trente.", publishable=True
    )
    PrefectureExample.objects.create(department_id="62", semester=S1_2019, axis="acheter", title="Tu", text="Tu.")
    sent(cast)
    DepartmentFactory(code="23", name="Creuse")
    DepartmentFactory(code="978", name="Saint-Martin", region=None)
    User.objects.filter(department="62").update(created_at=datetime(2019, 2, 11, 9, tzinfo=UTC))
    User.objects.filter(pk=cast.referent.pk).update(last_name="Terril", phone="03 21 00 00 00", job_title="Sous-préfet")
    User.objects.filter(pk=cast.staff_referent.pk).update(is_active=False)
    client.force_login(cast.cget)


def rows(client: Client, url: str) -> list[list[str]]:
    response = client.get(url)
    assert response.status_code == 200
    return list(csv.reader(StringIO(response.content.decode("utf-8-sig")), delimiter=";"))


def test_how_far_each_bilan_is(client: Client, cast: Cast) -> None:
    assert rows(client, "/national/2019-S1/etat-des-bilans.csv") == [
        ["Code département", "Département", "Région", "Entreprises engagées à ce jour", "Bilan", "Précision"],
        ["23", "Creuse", "Hauts-de-France", "0", "sans PAQTE", ""],
        ["59", "Nord", "Hauts-de-France", "1", "en retard", "depuis le 14 septembre 2019"],
        ["62", "Pas-de-Calais", "Hauts-de-France", "1", "transmis", "le 15 septembre 2019"],
    ]


def test_who_the_referents_are(client: Client, cast: Cast) -> None:
    found = rows(client, "/national/referents.csv")

    assert found[0][3:] == ["Référent", "Fonction", "Téléphone", "Courriel", "Coordonnées reçues le", "Doit un bilan"]
    assert found[1] == ["23", "Creuse", "Hauts-de-France", "", "", "", "", "", "non"]
    assert [line[0] for line in found[1:]] == ["23", "59", "62"]
    assert found[3][3:] == [
        *("Camille Terril", "Sous-préfet", "03 21 00 00 00", "referent@example.org", "11/02/2019", "non"),
    ]
    assert [line[0] for line in rows(client, "/national/referents.csv?situation=en-retard")[1:]] == ["59"]


def test_two_referents_are_two_lines(client: Client, cast: Cast) -> None:
    UserFactory(referent=True, department=cast.other_company.department)

    assert [line[0] for line in rows(client, "/national/referents.csv")[1:]] == ["23", "59", "59", "62"]


def test_what_is_told_runs_no_formula(client: Client, cast: Cast) -> None:
    assert rows(client, "/national/bonnes-pratiques.csv?axe=former")[1:] == [
        ["2019-S1", "Former", "62", "Pas-de-Calais", "Hauts-de-France", "", "'=Un forum", "Trente."]
    ]
    assert rows(client, "/national/bonnes-pratiques.csv?axe=acheter")[1:] == []


@pytest.mark.parametrize("name", ["referents", "bonnes-pratiques", "2019-S1/etat-des-bilans"])
@pytest.mark.parametrize(("fmt", "begins"), [("xlsx", b"PK"), ("ods", b"PK"), ("csv", b"\xef\xbb\xbf")])
def test_each_format(client: Client, cast: Cast, name: str, fmt: str, begins: bytes) -> None:
    assert client.get(f"/national/{name}.{fmt}").content.startswith(begins)


@pytest.mark.parametrize(
    "url", ["/national/referents.pdf", "/national/bonnes-pratiques.x", "/national/2020-S1/etat-des-bilans.csv"]
)
def test_what_does_not_exist_is_not_found(client: Client, cast: Cast, url: str) -> None:
    assert client.get(url).status_code == 404
