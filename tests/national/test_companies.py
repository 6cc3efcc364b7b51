"""From the country down to a company, in what was sent: narrowed by the address, by the agency only, nothing live."""

import re
from datetime import UTC, date, datetime

import pytest

from companies.actions.signatories import register
from reporting import actions
from reporting.models import Bilan
from tests.cast import Cast
from tests.factories import CampaignFactory, CompanyFactory, ConventionFactory, DepartmentFactory, SubmissionFactory
from tests.pages import page, queries, text
from tests.reporting.pages import plain, sent
from tests.reporting.reading import lines_of_csv

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

AT = datetime(2019, 9, 20, 9, tzinfo=UTC)
PLACE = ("62", "2019-S1")


@pytest.fixture(autouse=True)
def _day(settings) -> None:
    settings.PAQTE_TODAY = date(2019, 9, 20)


@pytest.fixture
def told(cast: Cast) -> str:
    """A PME that recruits and answered, a large firm that did not; sent, then the PME renamed. Gives its SIRET."""
    CampaignFactory()
    small = CompanyFactory(
        name="Verrerie du Terril",
        category="PME",
        sector="artisanat",
        naf="23.11Z",
        department=cast.company.department,
    )
    convention = ConventionFactory(company=small, axes=["recruter"])
    SubmissionFactory(convention=convention, validated=True, answers={"REC-01": 98765})
    large = CompanyFactory(name="Fonderie du Beffroi", category="GE", department=cast.company.department)
    ConventionFactory(company=large, axes=["former"])
    sent(cast)
    small.name = "Verrerie renommée"
    register(small, at=AT, by=cast.referent)
    siret: str = small.siret
    return siret


def rectified(cast: Cast) -> None:
    """A second version is sent, with what changed since."""
    again = actions.rectify(Bilan.objects.get(), at=AT, by=cast.referent, reason="Une raison sociale.")
    actions.transmit(again, at=AT, by=cast.referent, render=plain, sending_note="Relancées.")


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({}, ["Fonderie du Beffroi", "Verrerie du Terril"]),
        ({"categorie": "PME"}, ["Verrerie du Terril"]),
        ({"axe": "Former"}, ["Fonderie du Beffroi"]),
        ({"reponse": "silencieuse"}, ["Fonderie du Beffroi"]),
        ({"secteur": "artisanat"}, ["Verrerie du Terril"]),
        ({"section": "C"}, ["Verrerie du Terril"]),
        ({"section": "G"}, []),
        ({"categorie": "PME", "reponse": "silencieuse"}, []),
        ({"categorie": "inconnue"}, ["Fonderie du Beffroi", "Verrerie du Terril"]),
    ],
)
def test_the_companies_of_a_bilan_are_narrowed_in_page_and_file(
    cast: Cast, told: str, query: dict[str, str], names: list[str]
) -> None:
    shown = page(cast.cget, "sent_companies", *PLACE, **query)
    file = page(cast.cget, "sent_companies_download", *PLACE, "csv", **query)

    assert [one.line.company for one in shown.context["companies"]] == names
    assert [line[4] for line in lines_of_csv(file.content)[1:]] == names
    assert page(cast.cget, "sent_companies_download", *PLACE, "xlsx", **query).content.startswith(b"PK")


def test_a_company_is_what_each_version_says_and_never_what_it_is_today(cast: Cast, told: str) -> None:
    rectified(cast)

    said = text(page(cast.cget, "sent_company", *PLACE, told))

    versions = said.partition('id="version-2"')[2].partition('id="version-1"')
    assert "Version 2, transmise le 20 septembre 2019" in versions[0]
    assert ["Verrerie renommée" in said, "réponse validée" in versions[0], "Recruter" in versions[2]] == [True] * 3
    assert "98765" not in re.sub(r"\s", "", said)


def test_of_two_companies_of_one_name_nothing_is_told_that_may_be_the_other_s(cast: Cast, told: str) -> None:
    """Two sites of one firm, as there are many: one answered, the bilan only says that one « Forge » is silent."""
    for place in ("Lens", "Arras"):
        site = CompanyFactory(name="Forge", town=place, department=cast.company.department)
        convention = ConventionFactory(company=site, axes=["recruter"])
        if place == "Lens":
            SubmissionFactory(convention=convention, validated=True, answers={"REC-01": 1})
    rectified(cast)

    shown = page(cast.cget, "sent_companies", *PLACE).context["companies"]

    assert [(one.line.company, one.answer) for one in shown] == [
        ("Fonderie du Beffroi", "silencieuse"),
        ("Forge", "non distinguée d’une entreprise du même nom"),
        ("Forge", "non distinguée d’une entreprise du même nom"),
        ("Verrerie renommée", "réponse validée"),
    ]


def test_the_semesters_that_have_it_are_linked(cast: Cast, told: str) -> None:
    said = text(page(cast.cget, "sent_company", *PLACE, told))

    assert f'href="/national/transmis/62/2019-S1/entreprises/{told}/" aria-current="page"' in said


@pytest.mark.parametrize("actor", ["referent", "lecteur", "member"])
def test_it_is_for_the_agency(cast: Cast, told: str, actor: str) -> None:
    assert page(getattr(cast, actor), "sent_companies", *PLACE).status_code == 403


def test_what_was_not_sent_is_not_there(cast: Cast, told: str) -> None:
    DepartmentFactory(nord=True)

    assert page(cast.cget, "sent_companies", "59", "2019-S1").status_code == 404
    assert page(cast.cget, "sent_company", *PLACE, "00000000000000").status_code == 404
    assert page(cast.cget, "sent_companies_download", *PLACE, "pdf").status_code == 404


def test_the_total_leads_down(cast: Cast, told: str) -> None:
    assert 'href="/national/transmis/62/2019-S1/entreprises/"' in text(page(cast.cget, "national_detail", "2019-S1"))


def test_a_list_costs_the_same_whatever_it_holds(cast: Cast, told: str) -> None:
    before = queries(cast.cget, "sent_companies", *PLACE), queries(cast.cget, "sent_company", *PLACE, told)
    for _ in range(5):
        ConventionFactory(company=CompanyFactory(department=cast.company.department))
    rectified(cast)

    assert len(page(cast.cget, "sent_companies", *PLACE).context["companies"]) == 7
    assert before == (queries(cast.cget, "sent_companies", *PLACE), queries(cast.cget, "sent_company", *PLACE, told))
