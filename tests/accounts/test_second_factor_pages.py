"""The second factor in one's account: set up with a first code, ten codes shown once, turned off by both proofs."""

import re
from collections.abc import Callable

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from pytest_django.fixtures import Settings

from accounts.actions.second_factor import FactorMandatory, renew_codes, turn_off
from accounts.models import OutgoingMail, User
from tests.accounts.reading import text_of, title_of
from tests.accounts.telephone import FIRST, FIRST_CODE, SECRET, STEP, give_telephone, telephones
from tests.factories import PASSWORD, UserFactory
from tests.pages import signed_in
from tests.racing import at_once

PAGE = "/mon-compte/second-facteur/"
CODES, RENEW, TURN_OFF = f"{PAGE}codes/", f"{PAGE}renouveler/", f"{PAGE}desactiver/"
BASE_32 = "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ"
"""The secret of the RFC in base 32, as RFC 4648 writes it."""


@pytest.fixture
def user() -> User:
    user: User = UserFactory(email="claire@example.org")
    return user


def printed(html: str) -> list[str]:
    """The recovery codes of a page."""
    return re.findall(r'<li class="portal-code">([^<]+)</li>', html)


def bodies() -> list[str]:
    return [" ".join(mail.body.split()) for mail in OutgoingMail.objects.order_by("created_at", "pk")]


@time_machine.travel(FIRST, tick=False)
def test_from_nothing_to_ten_codes(user: User) -> None:
    client, elsewhere = signed_in(user), signed_in(user)
    invited = client.get(PAGE).content.decode()
    begun = client.post(PAGE, {"begin": "oui"})
    telephones(user).update(key=SECRET)
    page = client.get(PAGE).content.decode()
    wrong = client.post(PAGE, {"code": "111111"})

    assert "Commencer" in invited
    assert "data:image/png" not in invited
    assert begun.headers["Location"] == PAGE
    assert 'src="data:image/png;base64,' in page
    assert BASE_32 in page
    assert (wrong.status_code, telephones(user).get().confirmed) == (422, False)
    assert elsewhere.get(PAGE).status_code == 200


def test_a_code_for_a_key_that_is_void_is_told_to_begin_again(user: User) -> None:
    response = signed_in(user).post(PAGE, {"code": "111111"})

    assert response.status_code == 422
    assert "La préparation n’est plus valable\u00a0: recommencez." in text_of(response.content.decode())


def begin_and_confirm(client: Client, user: User) -> None:
    client.post(PAGE, {"begin": "oui"})
    telephones(user).update(key=SECRET)
    assert client.post(PAGE, {"code": FIRST_CODE}).headers["Location"] == CODES


@time_machine.travel(FIRST, tick=False)
def test_the_first_code_puts_it_in_force_ends_other_sessions_and_is_told(user: User) -> None:
    client, elsewhere = signed_in(user), signed_in(user)

    begin_and_confirm(client, user)
    shown = printed(client.get(CODES).content.decode())
    again = client.get(CODES).content.decode()

    assert telephones(user).get().confirmed
    assert (len(shown), len(set(shown)), printed(again)) == (10, 10, [])
    assert "Les codes de secours ne s’affichent qu’une fois." in again
    assert elsewhere.get(PAGE).status_code == 302
    assert "Un second facteur protège maintenant votre compte." in bodies()[0]
    assert "Il vous en reste 10." in text_of(client.get(PAGE).content.decode())


@time_machine.travel(FIRST, tick=False)
def test_a_wrong_first_code_promises_no_recovery_code(user: User) -> None:
    client = signed_in(user)
    client.post(PAGE, {"begin": "oui"})

    page = client.post(PAGE, {"code": "111111"}).content.decode()

    assert "Attendez que l’application en affiche un autre." in page
    assert "prenez un code de secours" not in page


@time_machine.travel(FIRST, tick=False)
def test_the_database_keeps_no_recovery_code(user: User) -> None:
    client = signed_in(user)
    begin_and_confirm(client, user)
    shown = printed(client.get(CODES).content.decode())

    kept = set(StaticToken.objects.values_list("token", flat=True))

    assert kept & {code.replace("-", "") for code in shown} == set()
    assert {len(token) for token in kept} == {16}


@time_machine.travel(FIRST, tick=False)
def test_the_secret_is_not_shown_again(user: User) -> None:
    client = signed_in(user)
    begin_and_confirm(client, user)

    page = client.get(PAGE).content.decode()

    assert title_of(page) == "Second facteur – Portail PAQTE"
    assert "data:image" not in page
    assert BASE_32 not in page


def test_codes_are_replaced_by_password(user: User) -> None:
    give_telephone(user)
    old = renew_codes(by=user)
    client = signed_in(user)

    refused = client.post(RENEW, {"current_password": "faux"})
    accepted = client.post(RENEW, {"current_password": PASSWORD})
    new = printed(client.get(CODES).content.decode())

    assert (refused.status_code, accepted.headers["Location"]) == (422, CODES)
    assert len(new) == 10
    assert set(old) & set(new) == set()
    assert "les anciens ne valent plus rien" in bodies()[-1]


@pytest.mark.parametrize(
    ("password", "code", "sentence"),
    [
        ("faux", FIRST_CODE, "Ce n’est pas votre mot de passe actuel."),
        (PASSWORD, "111111", "Ce code n’est pas le bon"),
        (PASSWORD, "", "« Code » est à renseigner."),
    ],
)
@time_machine.travel(FIRST, tick=False)
def test_turning_off_asks_both(user: User, password: str, code: str, sentence: str) -> None:
    give_telephone(user)

    response = signed_in(user).post(TURN_OFF, {"current_password": password, "code": code})

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert telephones(user).count() == 1


@time_machine.travel(FIRST, tick=False)
def test_turning_off_forgets_everything_and_is_told(user: User) -> None:
    give_telephone(user)
    renew_codes(by=user)

    response = signed_in(user).post(TURN_OFF, {"current_password": PASSWORD, "code": FIRST_CODE})

    assert response.headers["Location"] == PAGE
    assert (telephones(user).count(), StaticDevice.objects.count(), StaticToken.objects.count()) == (0, 0, 0)
    assert "Le second facteur de votre compte est désactivé." in " ".join(bodies())


def test_where_it_is_mandatory_it_cannot_be_turned_off(settings: Settings) -> None:
    agent = UserFactory(referent=True)
    give_telephone(agent)
    client = Client()
    settings.PAQTE_SECOND_FACTOR = True
    with time_machine.travel(FIRST, tick=False):
        client.post("/connexion/", {"username": agent.email, "password": PASSWORD})
        client.post("/connexion/code/", {"code": FIRST_CODE})
        page = client.get(PAGE).content.decode()
    with time_machine.travel(FIRST + STEP, tick=False):
        response = client.post(TURN_OFF, {"current_password": PASSWORD, "code": "123456"})

    assert TURN_OFF not in page
    assert "Votre compte doit garder un second facteur." in page
    assert response.headers["Location"] == PAGE
    with pytest.raises(FactorMandatory, match="Votre compte doit garder un second facteur"):
        turn_off(code="123456", by=agent)
    assert telephones(agent).count() == 1


def test_a_lost_telephone_is_taken_away_by_command(user: User, capsys: pytest.CaptureFixture[str]) -> None:
    give_telephone(user)

    call_command("remove_second_factor", " Claire@Example.org ")

    assert "Le second facteur de claire@example.org est retiré" in capsys.readouterr().out
    assert telephones(user).count() == 0
    assert "Le second facteur de votre compte est désactivé." in bodies()[-1]


@pytest.mark.parametrize("address", ["claire@example.org", "inconnu@example.org"])
def test_there_must_be_one_to_take_away(user: User, address: str) -> None:
    with pytest.raises(CommandError, match="Aucun compte à cette adresse n’a de second facteur"):
        call_command("remove_second_factor", address)


@pytest.mark.parametrize("path", [PAGE, CODES, RENEW, TURN_OFF])
def test_pages_are_for_their_person(path: str) -> None:
    assert Client().get(path).headers["Location"] == f"/connexion/?next={path}"


@pytest.mark.django_db(transaction=True)
def test_eight_uses_of_a_recovery_code_at_once_make_one_sign_in() -> None:
    user = UserFactory(email="claire@example.org")
    give_telephone(user)
    code = renew_codes(by=user)[0]
    clients = [Client() for _ in range(8)]
    for client in clients:
        client.post("/connexion/", {"username": user.email, "password": PASSWORD})

    def give(client: Client) -> Callable[[], int]:
        return lambda: client.post("/connexion/code/", {"code": code}).status_code

    statuses = at_once([give(client) for client in clients])

    assert statuses.count(302) == 1
    assert set(statuses) <= {302, 422, 429}
    assert StaticToken.objects.count() == 9
