"""The agency sees who transmitted and the sum of what was sent, each with how many answered; nobody else does."""

from datetime import date

import pytest

from territories.semester import Semester
from tests.cast import Cast
from tests.factories import S1_2019, S2_2019, CampaignFactory, ConventionFactory, DepartmentFactory, SubmissionFactory
from tests.pages import signed_in, text
from tests.reporting.pages import sent
from tests.reporting.reading import lines_of_csv, measures_of, tree_of


@pytest.fixture(autouse=True)
def _day(settings) -> None:
    settings.PAQTE_TODAY = date(2019, 9, 16)


@pytest.mark.parametrize("address", ["/national/", "/national/2019-S1/", "/national/2019-S1.csv"])
def test_the_nation_is_for_the_agency(cast: Cast, address: str):
    for actor in ("referent", "lecteur", "member", "animateur"):
        assert signed_in(getattr(cast, actor)).get(address).status_code == 403


def test_the_nation_adds_up_what_was_sent(cast: Cast):
    CampaignFactory()
    nord = DepartmentFactory(nord=True)
    signed = ConventionFactory(axes=["sensibiliser", "recruter"], targets={("SEN-08", 1): 10})
    SubmissionFactory(convention=signed, validated=True, answers={"REC-01": 3, "SEN-08": 4})
    ConventionFactory(company__department=nord)
    sent(cast)
    client = signed_in(cast.cget)

    page = text(client.get("/national/2019-S1/"))
    cells = measures_of(client.get("/national/2019-S1.csv").content, "REC-01")
    lines = lines_of_csv(client.get("/national/2019-S1.csv").content)

    assert "1 département sur 2 a transmis" in page
    assert "les chiffres de 1 entreprise sur 2 sont comptés" in page
    assert "somme des entreprises, non dédoublonnée" in page
    assert "Il manque\u00a0: Nord (59)." in page
    told = ("Résultat du semestre", "Réponses", "Réponses attendues", "Semestre précédent", "Cumul depuis le lancement")
    assert [cells[header] for header in told] == ["3", "1", "1", "non renseigné", "3"]
    assert cells["Objectif"] == "sans valeur"
    assert lines[0][-2:] == ["Départements comptés", "Départements transmis"]
    assert {tuple(line[-2:]) for line in lines if line[2] == "REC-01"} == {("1", "1")}
    assert client.get("/national/").headers["Location"] == "/national/2019-S1/"
    assert client.get("/national/2019-S1.pdf").status_code == 404
    tree = tree_of(client.get("/national/2019-S1.json").content, "national")
    assert {item["line"]["code"]: item["line"]["semester"] for item in tree["figures"]}["REC-01"] == 3
    for fmt in ("xlsx", "ods"):
        assert client.get(f"/national/2019-S1.{fmt}").content.startswith(b"PK")


def test_the_list_of_the_agency(cast: Cast):
    CampaignFactory()
    CampaignFactory(semester=S2_2019, opens_on=date(2019, 9, 1), due_on=date(2019, 9, 30), locks_on=date(2019, 10, 1))
    ConventionFactory()
    ConventionFactory(company__department=DepartmentFactory(nord=True))
    sent(cast)

    page = text(signed_in(cast.cget).get(f"/bilans/?semestre={S1_2019}"))

    assert "1 bilan transmis sur 2 départements engagés au 1er semestre 2019." in page
    assert page.count("manquant") == 1


def test_a_renewal_inside_the_semester_is_one_company(cast: Cast, settings):
    settings.PAQTE_TODAY = date(2022, 9, 1)
    CampaignFactory(
        semester=Semester(2022, 1), opens_on=date(2022, 7, 1), due_on=date(2022, 7, 31), locks_on=date(2022, 8, 31)
    )
    old = ConventionFactory(company=cast.company, starts_on=date(2019, 4, 1), signed_on=date(2019, 4, 1))
    ConventionFactory(company=cast.company, starts_on=date(2022, 4, 1), signed_on=date(2022, 4, 1), renews=old)

    page = text(signed_in(cast.cget).get("/national/2022-S1/"))

    assert "1 entreprise attendue" in page
