"""The list of all contacts: one's own perimeter, found by person or by company, sorted as the French do."""

import pytest

from tests.cast import Cast
from tests.factories import ContactFactory
from tests.pages import page, queries, rows, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


@pytest.fixture
def _three(cast: Cast) -> None:
    ContactFactory(company=cast.company, name="Émile Zola", email="zola@example.org")
    ContactFactory(company=cast.rival_company, name="Anne Dubois", email="")
    ContactFactory(company=cast.other_company, name="Ailleurs Beffroi")


@pytest.mark.usefixtures("_three")
@pytest.mark.parametrize(
    ("actor", "query", "expected"),
    [
        ("referent", {"tri": "nom"}, ["Anne Dubois", "Émile Zola"]),
        ("referent", {"tri": "-nom"}, ["Émile Zola", "Anne Dubois"]),
        ("referent", {"q": "zola@"}, ["Émile Zola"]),
        ("referent", {"q": "emile"}, ["Émile Zola"]),
        ("referent", {"q": "fonderie"}, ["Anne Dubois"]),
        ("referent", {"q": "beffroi"}, []),
        ("animateur", {}, ["Émile Zola"]),
    ],
)
def test_it_is_found(cast: Cast, actor: str, query: dict[str, str], expected: list[str]) -> None:
    assert [contact.name for contact in rows(page(getattr(cast, actor), "contact_list", **query))] == expected


def test_the_list_of_companies_leads_to_it(cast: Cast) -> None:
    assert 'href="/entreprises/contacts/"' in text(page(cast.lecteur, "company_list"))


def test_it_costs_the_same_with_thirty(cast: Cast) -> None:
    ContactFactory(company=cast.company)
    few = queries(cast.referent, "contact_list")

    ContactFactory.create_batch(30, company=cast.company)

    assert queries(cast.referent, "contact_list") == few == 8
