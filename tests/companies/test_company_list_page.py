"""The list of companies: who sees what, filters, queries."""

import pytest

from companies.models import Company
from tests.factories import CompanyFactory, ConventionFactory
from tests.pages import page, queries, rows, text


@pytest.mark.parametrize(
    ("actor", "status"),
    [("referent", 200), ("lecteur", 200), ("animateur", 200), ("cget", 403), ("no_role", 403), ("technician", 403)],
)
def test_list_opens_to_whom_it_may(cast, actor, status):
    assert page(getattr(cast, actor), "company_list").status_code == status


def test_list_shows_one_s_own_departement_only(cast):
    seen = text(page(cast.referent, "company_list"))

    assert "Ateliers Terril" in seen
    assert "Fonderie Terril" in seen
    assert "Brasserie Beffroi" not in seen
    assert "2 entreprises</caption>" in seen


def test_list_of_an_animateur_is_its_portfolio(cast):
    seen = text(page(cast.animateur, "company_list"))

    assert "Ateliers Terril" in seen
    assert "Fonderie Terril" not in seen


def test_list_takes_the_member_of_one_company_to_it(cast):
    response = page(cast.contributor, "company_list")

    assert response.status_code == 302
    assert response.url == cast.company.get_absolute_url()


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"q": "fonderie"}, ["Fonderie Terril"]),
        ({"categorie": "GE"}, ["Groupe Terril"]),
        ({"categorie": "inconnue"}, ["Ateliers Terril", "Fonderie Terril", "Groupe Terril"]),
        ({"q": "Beffroi"}, []),
    ],
)
def test_list_filters(cast, query, names):
    CompanyFactory(name="Groupe Terril", category="GE")

    response = page(cast.referent, "company_list", **query)

    assert [row.name for row in rows(response)] == names


def test_list_finds_a_siret_by_its_first_digits(cast):
    response = page(cast.referent, "company_list", q=f"{cast.company.siret[:9]} {cast.company.siret[9:11]}")

    assert rows(response) == [cast.company]


def test_an_empty_list_says_what_to_do(cast):
    Company.objects.exclude(department="59").delete()

    assert "Enregistrez l’entreprise avec laquelle vous préparez une convention" in text(
        page(cast.referent, "company_list")
    )


def test_list_makes_as_many_queries_for_one_as_for_thirty(cast, catalogue):
    Company.objects.filter(pk=cast.rival_company.pk).delete()
    ConventionFactory(company=cast.company)
    assert queries(cast.lecteur, "company_list") == 11

    for _ in range(30):
        ConventionFactory()
    assert queries(cast.lecteur, "company_list") == 11
