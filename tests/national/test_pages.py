"""The agency sees who transmitted and the sum of what was sent, each with how many answered; nobody else does."""

from datetime import UTC, date, datetime

import pytest

from reporting import actions
from territories.semester import Semester
from tests.cast import Cast
from tests.factories import (
    S1_2019,
    S2_2019,
    BilanFactory,
    CampaignFactory,
    CompanyFactory,
    ConventionFactory,
    DepartmentFactory,
    SubmissionFactory,
)
from tests.national.cold import forget_sums
from tests.pages import signed_in, text
from tests.reporting.pages import plain, sent
from tests.reporting.reading import lines_of_csv, measures_of, tree_of, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


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
    assert "N’a pas transmis\u00a0: Nord (59)\u00a0; 1 entreprise y était attendue." in page
    told = ("Résultat du semestre", "Réponses", "Réponses attendues", "Semestre précédent", "Cumul depuis le lancement")
    assert [cells[header] for header in told] == ["3", "1", "1", "non renseigné", "3"]
    assert cells["Objectif"] == "sans valeur"
    assert lines[0][-3:] == ["Départements comptés", "Départements transmis", "Départements engagés"]
    assert {tuple(line[-3:]) for line in lines if line[3] == "REC-01"} == {("1", "1", "2")}
    assert client.get("/national/").headers["Location"] == "/national/2019-S1/"
    assert client.get("/national/2019-S1.doc").status_code == 404
    assert client.get("/national/2019-S1.pdf").content.startswith(b"%PDF")
    tree = tree_of(client.get("/national/2019-S1.json").content, "national")
    assert {item["line"]["code"]: item["line"]["semester"] for item in tree["total"]["figures"]}["REC-01"] == 3
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
    assert page.count("en retard") == 1


def test_a_renewal_inside_the_semester_is_one_company(cast: Cast, settings):
    settings.PAQTE_TODAY = date(2022, 9, 1)
    CampaignFactory(
        semester=Semester(2022, 1), opens_on=date(2022, 7, 1), due_on=date(2022, 7, 31), locks_on=date(2022, 8, 31)
    )
    old = ConventionFactory(company=cast.company, starts_on=date(2019, 4, 1), signed_on=date(2019, 4, 1))
    ConventionFactory(company=cast.company, starts_on=date(2022, 4, 1), signed_on=date(2022, 4, 1), renews=old)

    page = text(signed_in(cast.cget).get("/national/2022-S1/"))

    assert "1 entreprise attendue" in page


def test_a_part_of_the_country_is_chosen_in_the_address(cast: Cast):
    CampaignFactory()
    nord = DepartmentFactory(nord=True)
    ConventionFactory(company__department=nord)
    SubmissionFactory(convention=ConventionFactory(), validated=True, answers={"REC-01": 3})
    sent(cast)
    client = signed_in(cast.cget)

    region = words(text(client.get("/national/2019-S1/?region=32")))
    alone = client.get("/national/2019-S1/?departement=62&departement=59")
    without = words(text(client.get("/national/2019-S1/?departement=59")))
    file = client.get("/national/2019-S1.csv?departement=62")

    assert "Hauts-de-France 1er semestre 2019" in region
    assert "1 département sur 2 a transmis" in region
    assert "/national/2019-S1.csv?departement=59&amp;departement=62" in alone.content.decode()
    assert "Nord (59) 1er semestre 2019" in without
    assert "Le département engagé n’a pas encore transmis" in without
    assert "paqte-departements-62-2019-S1.csv" in file.headers["Content-Disposition"]
    assert {tuple(line[-3:]) for line in lines_of_csv(file.content) if line[3] == "REC-01"} == {("1", "1", "1")}


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("region=99", "une région qui n’existe pas"),
        ("region=%00", "une région qui n’existe pas"),
        ("departement=62&departement=2C", "un département qui n’existe pas"),
        ("departement=%00", "un département qui n’existe pas"),
        ("region=32&departement=62", "une région et des départements"),
    ],
)
@pytest.mark.parametrize("address", ["/national/2019-S1/", "/national/2019-S1.csv"])
def test_what_cannot_be_chosen_is_said_where_one_chooses(cast: Cast, address: str, query: str, sentence: str):
    CampaignFactory()

    refused = signed_in(cast.cget).get(f"{address}?{query}")

    assert refused.status_code == 422
    assert sentence in text(refused)
    assert "Toute la région Hauts-de-France" in text(refused)


def test_the_page_where_one_chooses_has_every_departement(cast: Cast):
    CampaignFactory()
    DepartmentFactory(nord=True)

    page = words(text(signed_in(cast.cget).get("/national/2019-S1/choisir/")))

    assert "Toute la région Hauts-de-France Nord (59) Pas-de-Calais (62)" in page


def test_the_page_costs_the_same_with_thirty_departements(cast: Cast, django_assert_num_queries):
    CampaignFactory()
    ConventionFactory()
    ConventionFactory(company__department=DepartmentFactory(nord=True))
    sent(cast)
    client = signed_in(cast.cget)
    client.get("/national/2019-S1/")
    forget_sums()

    with django_assert_num_queries(11):
        client.get("/national/2019-S1/")
    with django_assert_num_queries(9):
        client.get("/national/2019-S1/")
    for number in range(30):
        ConventionFactory(company__department=DepartmentFactory(code=f"{number:02d}", name=f"Département {number}"))
    forget_sums()
    with django_assert_num_queries(11):
        client.get("/national/2019-S1/")


def test_what_runs_since_the_launch_names_who_sent_before(cast: Cast, settings):
    settings.PAQTE_TODAY = date(2020, 2, 16)
    first, second = CampaignFactory(), CampaignFactory(semester=S2_2019)
    gone = ConventionFactory(terminated=True, terminated_on=date(2019, 6, 30))
    SubmissionFactory(convention=gone, campaign=first, validated=True, answers={"REC-01": 3})
    sent(cast)
    stays = ConventionFactory(company=CompanyFactory(department=cast.other_referent.department))
    SubmissionFactory(convention=stays, campaign=second, validated=True, answers={"REC-01": 5})
    actions.transmit(
        BilanFactory(department=cast.other_referent.department, semester=S2_2019),
        at=datetime(2020, 2, 15, 8, tzinfo=UTC),
        by=cast.other_referent,
        render=plain,
    )

    page = text(signed_in(cast.cget).get("/national/2019-S2/"))
    cells = measures_of(signed_in(cast.cget).get("/national/2019-S2.csv").content, "REC-01")

    # 3 of the Pas-de-Calais, where nobody is engaged any more, and 5 of the Nord, which never sent the first semester.
    assert "antérieur à ce semestre, de\u00a0: Pas-de-Calais." in page
    assert (cells["Résultat du semestre"], cells["Cumul depuis le lancement"]) == ("5", "8")
    assert (cells["Semestre précédent"], cells["Semestre précédent des départements sans bilan"]) == ("3", "3")
    assert "1 département sur 1 a transmis" in page
