"""The home of the agency: who sent, who is waited for, what it adds up to."""

from datetime import date

import pytest
from django.test import Client

from conventions.actions.campaigns import plan
from national.home import national_home
from tests.cast import Cast
from tests.factories import S1_2019, BilanFactory, ConventionFactory

PAGE = "/tableau-de-bord/"
LATER = date(2019, 9, 15)


@pytest.fixture
def story(cast: Cast, catalogue: str) -> None:
    """One convention per company of the cast, and the campaign of the first semester."""
    for company in (cast.company, cast.rival_company, cast.other_company):
        ConventionFactory(company=company)
    plan(S1_2019, opens_on=date(2019, 7, 1), due_on=date(2019, 7, 31), locks_on=date(2019, 9, 30), by=cast.cget)


def test_the_agency_sees_who_transmitted_and_who_is_late(cast: Cast, story: None) -> None:
    BilanFactory(department=cast.company.department)

    home = national_home(cast.cget, LATER)

    assert [(line.department.pk, line.signatories, line.state, line.url) for line in home.lines] == [
        ("59", 1, "manquant", ""),
        ("62", 2, "en préparation", ""),
    ]
    assert (home.transmitted, home.value, home.covered, home.companies) == (0, "0 sur 2", 0, 3)
    assert [(line.department.pk, str(line.semester)) for line in home.late] == [("59", "2019-S1"), ("62", "2019-S1")]


def test_before_the_first_campaign_the_agency_is_told_what_to_do(client: Client, cast: Cast) -> None:
    client.force_login(cast.cget)

    assert "Ouvrez une campagne" in client.get(PAGE).content.decode()
