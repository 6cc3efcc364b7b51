"""What the homes of an animateur and of a company offer is what can be done that day, by that person."""

from datetime import date

import pytest
from django.test import Client
from pytest_django import Settings

from conventions.models import Campaign, Submission
from reporting.dashboards import company_home, portfolio_home
from tests.cast import Cast
from tests.factories import (
    S2_2019,
    CampaignFactory,
    CompanyFactory,
    ConventionFactory,
    PortfolioFactory,
    SubmissionFactory,
)
from tests.pages import rows, text

PAGE = "/tableau-de-bord/"
TODAY = date(2019, 7, 10)


@pytest.fixture
def story(cast: Cast, catalogue: str) -> Submission:
    """The form of the first semester of 2019, of a company that began nothing."""
    row: Submission = SubmissionFactory(convention=ConventionFactory(company=cast.company), answers={"REC-02": None})
    return row


CLOSED = date(2020, 1, 10)
"""The first campaign is closed since 30 September 2019, the second one open."""


@pytest.fixture
def portfolio(cast: Cast, story: Submission) -> dict[str, Submission]:
    """One of each that an animateur may see, on the day when the second campaign is open."""
    first, second = story.campaign, CampaignFactory(semester=S2_2019)

    def asked(name: str, campaign: Campaign, **fields: object) -> Submission:
        company = CompanyFactory(department=cast.company.department, name=name)
        PortfolioFactory(user=cast.animateur, company=company)
        row: Submission = SubmissionFactory(
            convention=ConventionFactory(company=company), campaign=campaign, answers={"REC-02": None}, **fields
        )
        return row

    delay = {"extended_until": date(2020, 1, 20), "extension_reason": "Changement de logiciel."}
    return {
        "closed": story,
        "closed too": asked("Fermée", first),
        "extended": asked("Avec un délai", first, **delay),
        "open": asked("Ouverte", second),
        "returned": asked("À corriger", first, returned=True),
        "sent": asked("Transmise", second, transmitted=True),
    }


def test_an_animateur_can_do_what_stands_under_to_do(
    client: Client, cast: Cast, portfolio: dict[str, Submission], settings: Settings
) -> None:
    settings.PAQTE_TODAY = CLOSED
    client.force_login(cast.animateur)

    home = portfolio_home(cast.animateur, CLOSED)
    opened = {task.url: rows(client.get(task.url)) for task in home.tasks}

    assert [(task.sentence, task.url, task.when) for task in home.tasks] == [
        ("1 remontée à corriger", "/resultats/?etat=a-corriger", ""),
        ("2 remontées à compléter", "/resultats/?etat=a-saisir", "la première à transmettre avant le 20 janvier 2020"),
    ]
    assert list(map(set, opened.values())) == [{portfolio["returned"]}, {portfolio["extended"], portfolio["open"]}]
    for found in opened.values():
        for row in found:
            assert row.refusal_to_edit(acting_as="animateur", on=CLOSED) == ""


def test_what_is_closed_is_not_to_do(
    client: Client, cast: Cast, portfolio: dict[str, Submission], settings: Settings
) -> None:
    settings.PAQTE_TODAY = CLOSED
    client.force_login(cast.animateur)

    home = portfolio_home(cast.animateur, CLOSED)
    shown = text(client.get(PAGE))

    assert set(home.silent) == {portfolio["closed"], portfolio["closed too"]}
    assert set(rows(client.get("/resultats/?etat=fermees"))) == set(home.silent)
    assert {card.submission for card in home.cards} == set(portfolio.values()) - set(home.silent)
    assert "Jamais transmises, saisie fermée" in shown
    assert f'<a href="mailto:{cast.referent.email}">' in shown


def test_the_buttons_of_a_home_are_what_one_can_do(cast: Cast, portfolio: dict[str, Submission]) -> None:
    cards = {card.submission: card.action for card in portfolio_home(cast.animateur, CLOSED).cards}

    assert cards == {
        portfolio["extended"]: "Commencer la saisie",
        portfolio["open"]: "Commencer la saisie",
        portfolio["returned"]: "Corriger la saisie",
        portfolio["sent"]: "Relire la remontée",
    }


def test_between_two_campaigns_a_closed_form_is_not_offered(
    client: Client, cast: Cast, story: Submission, settings: Settings
) -> None:
    settings.PAQTE_TODAY = date(2019, 11, 4)
    client.force_login(cast.member)

    card = company_home(cast.member, date(2019, 11, 4)).cards[0]
    shown = text(client.get(PAGE))

    assert (card.action, card.url, card.is_open) == ("Voir cette remontée", f"/resultats/{story.pk}/", False)
    assert "Elle n’a pas été transmise, et la saisie est fermée." in shown
    assert "Il vous reste" not in shown


def test_a_contributor_is_not_told_to_transmit(
    client: Client, cast: Cast, story: Submission, settings: Settings
) -> None:
    settings.PAQTE_TODAY = TODAY
    story.results.update(status="value", value=0)
    client.force_login(cast.contributor)

    shown = text(client.get(PAGE))

    assert company_home(cast.contributor, TODAY).cards[0].action == "Relire ma saisie"
    assert company_home(cast.member, TODAY).cards[0].action == "Relire et transmettre"
    assert "un administrateur de votre entreprise relit et transmet" in shown
