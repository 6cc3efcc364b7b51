"""A list as an address asks for it: its order, its page, its title, what its links keep."""

from datetime import date

import pytest
from django.http import QueryDict

from companies.models import Charter
from conventions.lists.conventions import convention_list_on
from conventions.models import Convention
from lists.listing import Asked
from tests.cast import Cast
from tests.factories import CompanyFactory, ConventionFactory

ON = date(2020, 7, 10)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def asked(query: str = "") -> Asked[Convention]:
    return Asked(convention_list_on(ON), Convention.objects.all(), QueryDict(query))


def companies(query: str) -> list[str]:
    """The companies of the list, in its order."""
    return [line.row.company.name for line in asked(query).lines]


@pytest.fixture
def _three(catalogue: str, cast: Cast) -> None:
    for name, town, category, begins in (
        ("Épicerie Terril", "", "GE", date(2019, 3, 1)),
        ("Zinc Terril", "Écourt", "TPE", date(2020, 1, 1)),
        ("Eaux Terril", "Étaples", "PME", date(2018, 12, 1)),
    ):
        company = CompanyFactory(name=name, town=town, category=category, department=cast.company.department)
        ConventionFactory(company=company, starts_on=begins, signed_on=date(2018, 12, 1))


@pytest.mark.usefixtures("_three")
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Zinc Terril", "Épicerie Terril", "Eaux Terril"]),
        ("tri=entreprise", ["Eaux Terril", "Épicerie Terril", "Zinc Terril"]),
        ("tri=-entreprise", ["Zinc Terril", "Épicerie Terril", "Eaux Terril"]),
        ("tri=categorie", ["Zinc Terril", "Eaux Terril", "Épicerie Terril"]),
        ("tri=debut", ["Eaux Terril", "Épicerie Terril", "Zinc Terril"]),
        ("tri=nawak", ["Zinc Terril", "Épicerie Terril", "Eaux Terril"]),
        ("categorie=PME", ["Eaux Terril"]),
        ("categorie=inconnue", ["Zinc Terril", "Épicerie Terril", "Eaux Terril"]),
        ("q=etaples", ["Eaux Terril"]),
        ("q=terril&categorie=GE", ["Épicerie Terril"]),
        ("echeance=6-mois", []),
        ("page=99", ["Zinc Terril", "Épicerie Terril", "Eaux Terril"]),
    ],
)
def test_an_address_narrows_and_sorts(query: str, expected: list[str]) -> None:
    assert companies(query) == expected


@pytest.mark.usefixtures("_three")
def test_every_column_that_says_so_sorts_both_ways(cast: Cast) -> None:
    ConventionFactory(company=cast.company, draft=True)
    for column in asked().listing.columns:
        if column.order:
            up, down = companies(f"tri={column.name}"), companies(f"tri=-{column.name}")
            assert sorted(up) == sorted(down) == sorted(companies("")), column.name


@pytest.mark.usefixtures("_three")
def test_who_says_nothing_comes_last_either_way(cast: Cast) -> None:
    ConventionFactory(company=cast.company, draft=True)

    assert companies("tri=signature")[-1] == companies("tri=-signature")[-1] == "Ateliers Terril"


def test_no_row_is_lost_or_seen_twice_between_pages(cast: Cast) -> None:
    for _ in range(30):
        ConventionFactory(company=CompanyFactory(name="Ateliers Terril", department=cast.company.department))

    seen = [line.row.pk for number in (1, 2) for line in asked(f"tri=entreprise&page={number}").lines]

    assert len(seen) == len(set(seen)) == 30


@pytest.mark.usefixtures("_three")
def test_a_title_says_what_narrows_the_list() -> None:
    assert asked("categorie=PME&q=eaux&echeance=faux").words == "PME (moins de 250 salariés), «\u00a0eaux\u00a0»"
    assert asked("categorie=PME").sentence == "1 convention\u00a0: PME (moins de 250 salariés)"
    assert asked().sentence == "3 conventions"


def test_a_heading_leads_to_the_other_order_and_keeps_the_filters() -> None:
    found = {heading.title: heading for heading in asked("q=zinc&tri=entreprise&page=2").headings}

    assert (found["Entreprise"].url, found["Entreprise"].sorted) == ("?q=zinc&tri=-entreprise", "ascending")
    assert (found["Du"].url, found["Du"].sorted) == ("?q=zinc&tri=debut", "")


def test_origins_are_told_apart(cast: Cast) -> None:
    charter = Charter.objects.create(company=cast.company, reference="CEQ-1", signed_on=date(2015, 5, 1))
    former = ConventionFactory(company=cast.company, charter=charter, starts_on=date(2018, 1, 1))
    ConventionFactory(company=cast.rival_company)
    ConventionFactory(company=cast.company, renews=former, starts_on=date(2021, 1, 1), draft=True)

    assert companies("origine=charte") == ["Ateliers Terril"]
    assert companies("origine=nouvelle") == ["Fonderie Terril"]
    assert [line.row.renews for line in asked("origine=renouvellement").lines] == [former]
