"""The list of submissions: what each role sees, its filters, its count, its queries."""

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from conventions.models import Submission
from tests.cast import Cast
from tests.conventions.entry_helpers import ON
from tests.factories import S2_2019, CampaignFactory, CompanyFactory, ConventionFactory, SubmissionFactory
from tests.pages import rows, signed_in

pytestmark = pytest.mark.usefixtures("_open")
LIST = "/resultats/"


@pytest.fixture
def _open(settings: Settings) -> None:
    settings.PAQTE_TODAY = ON


def submission(name: str, cast: Cast, **fields: object) -> Submission:
    """The submission of another company of the Pas-de-Calais."""
    company = CompanyFactory(name=name, department=cast.company.department)
    return SubmissionFactory(convention=ConventionFactory(company=company), answers={"REC-01": 1}, **fields)


def names(cast: Cast, query: str = "", actor: str = "referent") -> list[str]:
    """The companies listed, in their order."""
    return [row.company.name for row in rows(signed_in(getattr(cast, actor)).get(LIST + query))]


@pytest.fixture
def _four(catalogue: str, cast: Cast) -> None:
    submission("Alpha Terril", cast, version=1)
    submission("Bravo Terril", cast, transmitted=True)
    submission("Delta Terril", cast, validated=True)
    submission("Echo Terril", cast, returned=True)


@pytest.mark.usefixtures("_four")
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Alpha Terril", "Bravo Terril", "Delta Terril", "Echo Terril"]),
        ("?etat=a-valider", ["Bravo Terril"]),
        ("?etat=a-corriger", ["Echo Terril"]),
        ("?etat=validees", ["Delta Terril"]),
        ("?etat=recues", ["Bravo Terril", "Delta Terril", "Echo Terril"]),
        ("?etat=en-attente", ["Bravo Terril", "Echo Terril"]),
        ("?etat=silencieuses", ["Alpha Terril"]),
        ("?etat=vides", []),
        ("?etat=commencees", ["Alpha Terril"]),
        ("?etat=en-retard", []),
        ("?etat=delai-depasse", []),
        ("?etat=inconnu&semestre=3019-S9", ["Alpha Terril", "Bravo Terril", "Delta Terril", "Echo Terril"]),
        ("?semestre=2019-S1&q=bravo", ["Bravo Terril"]),
        ("?q=%25", []),
        ("?page=zut", ["Alpha Terril", "Bravo Terril", "Delta Terril", "Echo Terril"]),
    ],
)
def test_filters(cast: Cast, query: str, expected: list[str]) -> None:
    assert names(cast, query) == expected


@pytest.mark.usefixtures("_four")
def test_late_is_counted_with_the_delay_granted(cast: Cast, settings: Settings) -> None:
    settings.PAQTE_TODAY = date(2019, 8, 1)
    submission("Foxtrot Terril", cast, extended_until=date(2019, 8, 1), extension_reason="Déménagement")

    late = names(cast, "?etat=delai-depasse")
    settings.PAQTE_TODAY = date(2019, 8, 2)

    assert late == ["Alpha Terril"]
    assert names(cast, "?etat=delai-depasse") == ["Alpha Terril", "Foxtrot Terril"]


@pytest.mark.usefixtures("_four")
def test_count_and_late_mark(cast: Cast, settings: Settings) -> None:
    settings.PAQTE_TODAY = date(2019, 8, 1)

    page = signed_in(cast.referent).get(LIST).content.decode()

    assert ">4 remontées</caption>" in page
    assert page.count(">délai dépassé</p>") == 1
    assert "1 sur 1" in page


@pytest.mark.parametrize(
    ("actor", "expected"),
    [
        ("referent", ["Ateliers Terril", "Fonderie Terril"]),
        ("lecteur", ["Ateliers Terril", "Fonderie Terril"]),
        ("animateur", ["Ateliers Terril"]),
        ("member", ["Ateliers Terril"]),
        ("contributor", ["Ateliers Terril"]),
        ("rival", ["Fonderie Terril"]),
        ("other_referent", ["Brasserie Beffroi"]),
        ("other_member", ["Brasserie Beffroi"]),
    ],
)
def test_everyone_sees_their_own(cast: Cast, actor: str, expected: list[str]) -> None:
    for company in (cast.company, cast.rival_company, cast.other_company):
        SubmissionFactory(convention=ConventionFactory(company=company), answers={"REC-01": 1})

    assert names(cast, actor=actor) == expected


@pytest.mark.parametrize("actor", ["cget", "no_role", "technician"])
def test_others_are_told_no(cast: Cast, actor: str) -> None:
    assert signed_in(getattr(cast, actor)).get(LIST).status_code == 403


def test_campaign_to_come_is_not_listed(cast: Cast) -> None:
    SubmissionFactory(
        convention=ConventionFactory(company=cast.company),
        campaign=CampaignFactory(semester=S2_2019, opens_on=date(2020, 1, 1)),
    )

    page = signed_in(cast.member).get(LIST).content.decode()

    assert "Aucune remontée n’est attendue pour l’instant" in page
    assert "2e semestre 2019" not in page


def test_empty_after_filters_says_what_to_do(cast: Cast) -> None:
    page = signed_in(cast.referent).get(LIST + "?etat=validees").content.decode()

    assert "Aucune remontée ne correspond à ces filtres" in page
    assert "Élargissez le semestre ou l’état" in page


@pytest.mark.parametrize("rows", [1, 30])
def test_list_makes_a_constant_number_of_queries(
    cast: Cast, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        submission(f"Maison Terril {number}", cast)
    referent = signed_in(cast.referent)
    referent.get(LIST)

    with django_assert_num_queries(9):
        referent.get(LIST)
