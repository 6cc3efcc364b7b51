"""Where a second factor is mandatory: who has none reaches the page that sets it up, and no other."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from pytest_django.fixtures import Settings

from accounts.models import User
from tests.accounts.telephone import FIRST, FIRST_CODE, LATER, LATER_CODE, SECRET, STEP, give_telephone, telephones
from tests.accounts.test_door import CODE_PAGE, give, is_in, knock
from tests.factories import PASSWORD, UserFactory

SET_UP_PAGE = "/connexion/second-facteur/"


@pytest.fixture(autouse=True)
def _mandatory(settings: Settings) -> None:
    settings.PAQTE_SECOND_FACTOR = True


@pytest.mark.parametrize("kind", ["referent", "lecteur", "animateur", "cget"])
def test_an_agent_without_telephone_reaches_only_the_page_that_sets_it_up(client: Client, kind: str) -> None:
    agent = UserFactory(**{kind: True})

    assert knock(client, agent) == SET_UP_PAGE
    assert not is_in(client)
    assert client.get(SET_UP_PAGE).status_code == 200
    assert client.get(CODE_PAGE).status_code == 200
    assert give(client, "123456")[0] == 422
    assert client.get("/tableau-de-bord/").status_code == 302


def test_the_first_code_signs_the_agent_in_and_shows_the_recovery_codes_once(client: Client) -> None:
    agent = UserFactory(referent=True)
    with time_machine.travel(LATER, tick=False):
        knock(client, agent, to="/bilans/")
        telephones(agent).update(key=SECRET)
        wrong = client.post(SET_UP_PAGE, {"code": "111111"})
    with time_machine.travel(LATER + timedelta(seconds=1), tick=False):
        right = client.post(SET_UP_PAGE, {"code": LATER_CODE})
        shown = client.get("/mon-compte/second-facteur/codes/").content.decode()
        again = client.get("/mon-compte/second-facteur/codes/").content.decode()

    assert wrong.status_code == 422
    assert right.headers["Location"] == "/mon-compte/second-facteur/codes/"
    assert shown.count('<li class="portal-code">') == 10
    assert 'href="/bilans/">Continuer' in shown
    assert '<li class="portal-code">' not in again


def test_a_company_is_not_asked_for_a_telephone(client: Client) -> None:
    assert knock(client, UserFactory()) == "/tableau-de-bord/"


def test_staff_of_any_role_is_asked(client: Client) -> None:
    assert knock(client, User.objects.create_superuser("technique@example.org", PASSWORD)) == SET_UP_PAGE


def test_a_session_opened_before_the_rule_ends(client: Client, settings: Settings) -> None:
    settings.PAQTE_SECOND_FACTOR = False
    knock(client, UserFactory(referent=True))
    before = client.get("/mon-compte/").status_code
    settings.PAQTE_SECOND_FACTOR = True

    assert before == 200
    assert client.get("/mon-compte/").headers["Location"] == "/connexion/?next=/mon-compte/"


def test_a_session_of_two_proofs_goes_on(client: Client) -> None:
    user = UserFactory(referent=True)
    give_telephone(user)
    with time_machine.travel(FIRST, tick=False):
        knock(client, user)
        give(client, FIRST_CODE)
    with time_machine.travel(FIRST + STEP, tick=False):
        assert client.get("/mon-compte/").status_code == 200


def test_each_sign_in_draws_another_secret(client: Client) -> None:
    agent = UserFactory(referent=True)
    knock(client, agent)
    first = telephones(agent).get()
    knock(client, agent)

    assert telephones(agent).get().key != first.key


def test_a_secret_without_a_first_code_is_no_second_factor(client: Client, settings: Settings) -> None:
    agent = UserFactory(referent=True)
    knock(client, agent)
    settings.PAQTE_SECOND_FACTOR = False

    assert knock(client, agent) == "/tableau-de-bord/"
