"""One indicator wherever it was sent, and an axis side by side: the numbers of the total, named, linked, in files."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.test import Client

from conventions.models import Campaign
from national.grid import documents_of, lines_of, numbers, sum_of
from national.looks import uneven
from national.selection import WHOLE, Selection
from national.selectors.looking import spread
from national.selectors.total import nation
from reporting import actions
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
    UserFactory,
)
from tests.national.cold import forget_sums
from tests.pages import queries, signed_in, text
from tests.reporting.pages import plain
from tests.reporting.reading import lines_of_csv, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

AT = datetime(2020, 2, 15, 8, tzinfo=UTC)
SAID: Mapping[str, tuple[Mapping[str, int], ...]] = {
    "62": ({"REC-01": 10, "REC-02": 4}, {"REC-01": 12, "REC-02": 3}),
    "59": ({"REC-01": 20, "REC-02": 1}, {"REC-01": 8}),
}
"""By département, what its company gave in each of the two semesters."""


@pytest.fixture(autouse=True)
def _day(settings) -> None:
    settings.PAQTE_TODAY = date(2020, 2, 16)


@pytest.fixture
def client(cast: Cast) -> Client:
    """The agency, once two départements sent two semesters, and a third is waited for."""
    campaigns = [CampaignFactory(semester=S1_2019), CampaignFactory(semester=S2_2019)]
    for referent in (cast.referent, cast.other_referent):
        place = referent.department
        assert place is not None
        convention = ConventionFactory(company=CompanyFactory(department=place))
        for campaign, answers in zip(campaigns, SAID[place.code], strict=True):
            SubmissionFactory(convention=convention, campaign=campaign, validated=True, answers=answers)
            bilan = BilanFactory(department=place, semester=campaign.semester)
            actions.transmit(bilan, at=AT, by=referent, render=plain)
    ConventionFactory(company__department=DepartmentFactory(code="13", name="Bouches-du-Rhône"))
    return signed_in(cast.cget)


def rows(said: str, table: str) -> list[list[str]]:
    """The cells of a table of a page, as words."""
    body = said.partition(f'<table id="{table}">')[2].partition("</table>")[0].partition("<tbody>")[2]
    return [
        [words(cell.partition(">")[2]).strip() for cell in row.replace("<th ", "<td ").split("<td")[1:]]
        for row in body.split("<tr>")[1:]
    ]


def test_one_indicator_is_told_over_time_and_place_by_place(client: Client) -> None:
    said = client.get("/national/2019-S2/indicateurs/REC-01/").content.decode()

    assert rows(said, "semestres") == [
        ["1er semestre 2019", "30", "2/2", "–", "–", "2"],
        # 12 − 10 and 8 − 20.
        ["2e semestre 2019", "20", "2/2", "30 (2)", "−10 (2)", "2"],
    ]
    assert [row[1:] for row in rows(said, "departements")] == [
        ["8", "1/1", "20 (1)", "−12 (1)", "bilan Nord"],
        ["12", "1/1", "10 (1)", "+2 (1)", "bilan Pas-de-Calais"],
    ]
    assert 'href="/national/2019-S2/indicateurs/REC-01/?departement=59"' in said
    assert 'href="/bilans/62/2019-S2/"' in said
    assert "Bouches-du-Rhône (13)" in said


def test_a_ratio_is_the_sum_of_its_terms(client: Client) -> None:
    found = spread("RAT-05", WHOLE)

    assert found is not None
    first = found.over_time[S1_2019]
    # 4 + 1 recruitments from the quartiers, of 10 + 20.
    assert (first.numerator, first.denominator, first.percent) == (Decimal(5), Decimal(30), Decimal("16.7"))
    said = words(client.get("/national/2019-S1/indicateurs/RAT-05/").content.decode())
    assert "16,7" in said


@pytest.mark.parametrize("selection", [WHOLE, Selection("Nord", departments=("59",), within=frozenset({"59"}))])
def test_the_numbers_are_those_of_the_total(client: Client, selection: Selection) -> None:
    for semester in (S1_2019, S2_2019):
        whole = nation(semester, selection)
        by_place = numbers(lines_of(documents_of(selection, semester)), "code", "department")
        summed = {code: sum_of(one for (own, _), one in by_place.items() if own == code) for code, _ in by_place}
        for item in whole.figures:
            number = summed[item.line.code]
            assert (number.value, number.answers, number.departments) == (
                item.line.semester,
                item.line.answers,
                item.departments,
            )
        for ratio in whole.ratios:
            number = summed[ratio.line.code]
            assert (number.numerator, number.denominator) == (ratio.line.numerator, ratio.line.denominator)


def test_places_and_semesters_stand_side_by_side(client: Client) -> None:
    chosen = "departement=62&departement=59"
    places = client.get(f"/national/2019-S1/comparer/?axe=recruter&{chosen}").content.decode()
    over_time = client.get("/national/2019-S1/comparer/?axe=recruter&par=semestres&departement=62").content.decode()

    headers = places.partition("<thead>")[2].partition("</thead>")[0].split('<th scope="col"')[2:]
    assert [words(cell.partition(">")[2]).strip() for cell in headers] == ["Nord (59)", "Pas-de-Calais (62)"]
    assert recruited(places) == ["20 1/1", "10 1/1"]
    assert recruited(over_time) == ["10 1/1", "12 1/1"]


def recruited(said: str) -> list[str]:
    """The line of REC-01 in a comparison."""
    return next(row[1:] for row in rows(said, "comparaison") if row[0].startswith("Recrutements"))


def test_the_files_say_the_same_and_who_is_missing(client: Client) -> None:
    one = lines_of_csv(client.get("/national/2019-S2/indicateurs/REC-01.csv").content)
    side = lines_of_csv(client.get("/national/2019-S2/comparer.csv?axe=recruter").content)

    assert [line[-2:] for line in one[:3]] == [
        ["Variation à périmètre constant", "Entreprises comparées"],
        ["", ""],
        ["-10", "2"],
    ]
    assert [line[:4] + line[6:8] for line in one[1:]] == [
        ["ensemble", "", "France", "2019-S1", "30", "nombre"],
        ["ensemble", "", "France", "2019-S2", "20", "nombre"],
        ["région", "32", "Hauts-de-France", "2019-S1", "30", "nombre"],
        ["région", "32", "Hauts-de-France", "2019-S2", "20", "nombre"],
        ["département", "59", "Nord", "2019-S1", "20", "nombre"],
        ["département", "59", "Nord", "2019-S2", "8", "nombre"],
        ["département", "62", "Pas-de-Calais", "2019-S1", "10", "nombre"],
        ["département", "62", "Pas-de-Calais", "2019-S2", "12", "nombre"],
        ["département sans bilan", "13", "Bouches-du-Rhône", "2019-S1", "", ""],
        ["département sans bilan", "13", "Bouches-du-Rhône", "2019-S2", "", ""],
    ]
    assert {line[0]: line[3:] for line in side}["REC-01"] == ["20", "2/2", "20", "2/2"]
    assert side[-1][1] == "Départements sans bilan, 2e semestre 2019\u00a0: Bouches-du-Rhône (13)"
    for address in ("/national/2019-S2/indicateurs/REC-01.xlsx", "/national/2019-S2/comparer.ods?par=semestres"):
        assert client.get(address).content.startswith(b"PK")


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/national/2019-S2/indicateurs/REC-99/", 404),
        ("/national/2019-S2/indicateurs/REC-01.pdf", 404),
        ("/national/2031-S1/indicateurs/REC-01/", 404),
        ("/national/2019-S2/comparer.json", 404),
        ("/national/2019-S2/indicateurs/REC-01/?region=99", 422),
        ("/national/2019-S2/comparer/?departement=%00", 422),
        ("/national/2019-S2/comparer/?axe=inconnu&par=inconnu", 200),
    ],
)
def test_what_is_not_there(client: Client, address: str, status: int) -> None:
    assert client.get(address).status_code == status


def test_a_place_that_never_sent_an_indicator_is_told_so(client: Client) -> None:
    page = client.get("/national/2019-S2/indicateurs/REC-01/?departement=13")
    file = lines_of_csv(client.get("/national/2019-S2/indicateurs/REC-01.csv?departement=13").content)

    assert page.status_code == 200
    assert "Rien n’a été transmis Aucun bilan de ce territoire n’en parle" in words(text(page))
    assert rows(page.content.decode(), "departements") == []
    assert [line[:4] for line in file[1:]] == [
        ["département sans bilan", "13", "Bouches-du-Rhône", "2019-S2"],
    ]


def test_régions_stand_beside_the_country(client: Client) -> None:
    side = client.get("/national/2019-S1/comparer/?axe=recruter").content.decode()

    assert recruited(side) == ["30 2/2", "30 2/2"]
    assert '<a href="/national/2019-S1/">France</a>' in side


def test_the_total_leads_to_its_indicators(client: Client) -> None:
    said = text(client.get("/national/2019-S2/?departement=62"))

    assert 'href="/national/2019-S2/indicateurs/REC-01/?departement=62"' in said
    assert 'href="/national/2019-S2/comparer/?departement=62"' in said


def test_a_page_costs_the_same_whatever_was_sent(cast: Cast, client: Client) -> None:
    forget_sums()
    before = [
        queries(cast.cget, "indicator_detail", S2_2019, "REC-01"),
        queries(cast.cget, "national_compare", S2_2019),
    ]
    for code in ("02", "60", "80"):
        place = DepartmentFactory(code=code, name=f"Terril {code}")
        convention = ConventionFactory(company=CompanyFactory(department=place))
        SubmissionFactory(convention=convention, validated=True, answers={"REC-01": 3})
    forget_sums()
    after = [
        queries(cast.cget, "indicator_detail", S2_2019, "REC-01"),
        queries(cast.cget, "national_compare", S2_2019),
    ]

    assert after == before


def test_a_comparison_over_time_says_who_is_missing_of_each_semester(cast: Cast, client: Client) -> None:
    late = ConventionFactory(company__department=DepartmentFactory(code="80", name="Somme"), starts_on=date(2019, 7, 1))
    over_time = client.get("/national/2019-S1/comparer/?axe=recruter&par=semestres").content.decode()
    file = lines_of_csv(client.get("/national/2019-S1/comparer.csv?axe=recruter&par=semestres").content)

    said = [
        "Départements sans bilan, 1er semestre 2019\u00a0: Bouches-du-Rhône (13)",
        "Départements sans bilan, 2e semestre 2019\u00a0: Bouches-du-Rhône (13), Somme (80)",
    ]
    assert late.company.department.code == "80"
    assert [one in over_time for one in said] == [True, True]
    assert [line[1] for line in file[-2:]] == said
    assert "tous les semestres" in over_time


def test_régions_and_collectivities_make_the_country(cast: Cast, client: Client) -> None:
    place = DepartmentFactory(code="978", name="Saint-Martin", region=None)
    convention = ConventionFactory(company=CompanyFactory(department=place))
    SubmissionFactory(
        convention=convention, campaign=Campaign.objects.get(semester=S2_2019), validated=True, answers={"REC-01": 5}
    )
    referent = UserFactory(referent=True, department=place)
    actions.transmit(BilanFactory(department=place, semester=S2_2019), at=AT, by=referent, render=plain)

    page = client.get("/national/2019-S2/indicateurs/REC-01/").content.decode()
    side = client.get("/national/2019-S2/comparer/?axe=recruter").content.decode()
    file = lines_of_csv(client.get("/national/2019-S2/indicateurs/REC-01.csv").content)

    assert [row[:3] for row in rows(page, "regions")] == [
        ["Hauts-de-France", "20", "2/2"],
        ["Collectivités d’outre-mer", "5", "1/1"],
    ]
    assert 'href="/national/2019-S2/indicateurs/REC-01/?departement=978"' in page
    assert recruited(side) == ["25 3/3", "20 2/2", "5 1/1"]
    assert ["collectivités", "", "Collectivités d’outre-mer", "2019-S2"] in [line[:4] for line in file]


@pytest.mark.parametrize(
    ("respondents", "is_warned"),
    # A fifth of 10 is 2.
    [([8, 10], False), ([7, 10], True), ([3], False), ([], False), ([0, 0], False)],
)
def test_bars_of_other_companies_are_not_left_alone(respondents: list[int], is_warned: bool) -> None:
    said = [uneven(respondents, is_summed=is_summed) for is_summed in (True, False)]

    assert [bool(one) for one in said] == [is_warned, is_warned]
    assert ["variation" in one for one in said] == [is_warned, False]


def test_a_bar_of_percentages_is_a_share_of_a_hundred(client: Client) -> None:
    shares = client.get("/national/2019-S2/indicateurs/RAT-05/").content.decode()
    numbers_of_it = client.get("/national/2019-S2/indicateurs/REC-01/").content.decode()

    # 5 of 30 in the first semester; in the second 3 of the 12 of the only one that gave both.
    assert drawn(shares)[:2] == ["17", "25"]
    assert drawn(numbers_of_it)[:2] == ["100", "67"]


def drawn(said: str) -> list[str]:
    """How long each bar is."""
    return [part.partition('width="')[2].partition('"')[0] for part in said.split('class="portal-bar__fill"')[1:]]
