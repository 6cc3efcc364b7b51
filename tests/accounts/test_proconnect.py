"""ProConnect opens accounts that exist, to the person it vouches for, and believes nothing else it is told."""

import http.client
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from accounts.models import User
from paqte_portal.proconnect import proconnect
from tests.accounts.reading import text_of, title_of
from tests.accounts.telephone import give_telephone
from tests.factories import CompanyFactory, UserFactory
from tests.identity_provider import (
    CLIENT_ID,
    CLIENT_SECRET,
    STRANGER_S_KEY,
    Answers,
    Provider,
    provider_on_loopback,
)

ADDRESS = "claire@prefecture.example"
LEAVE = "/connexion/proconnect/"
UNREADABLE = "La réponse de ProConnect n’est pas recevable."


@pytest.fixture
def provider(settings: Settings) -> Iterator[Provider]:
    with provider_on_loopback() as provider:
        settings.PROCONNECT = proconnect(provider.issuer, client_id=CLIENT_ID, client_secret=CLIENT_SECRET)
        yield provider


@pytest.fixture
def claire() -> User:
    user: User = UserFactory(referent=True, email=ADDRESS)
    return user


def way_back(client: Client, *, to: str = "") -> str:
    """Leave for the provider as a browser does; the address that it sends back to."""
    leaving = client.post(f"{LEAVE}?next={to}" if to else LEAVE).headers["Location"]
    address = urlsplit(leaving)
    assert address.hostname == "127.0.0.1"
    link = http.client.HTTPConnection("127.0.0.1", address.port, timeout=5)
    try:
        link.request("GET", f"{address.path}?{address.query}")
        back = urlsplit(str(link.getresponse().headers["Location"]))
    finally:
        link.close()
    return f"{back.path}?{back.query}"


def come_back(client: Client, *, to: str = "") -> Any:  # Any: the test client's own response
    """The whole journey; the answer of the portal."""
    return client.get(way_back(client, to=to))


def refusal_of(response: Any) -> str:  # Any: as above
    """The sentence of the page, which must be one in French."""
    html = response.content.decode()
    assert response.status_code == 403
    assert title_of(html) == "Connexion refusée – Portail PAQTE"
    assert 'lang="fr"' in html
    return text_of(html)


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_a_verified_address_opens_its_account_and_binds_the_identity(
    client: Client, provider: Provider, claire: User
) -> None:
    response = come_back(client, to="/bilans/")

    claire.refresh_from_db()
    assert response.headers["Location"] == "/bilans/"
    assert (client.session["_auth_user_id"], claire.proconnect_sub) == (str(claire.pk), "sub-1")


def test_an_identity_that_is_bound_needs_no_address(client: Client, provider: Provider) -> None:
    user = UserFactory(email="ancienne@adresse.example", proconnect_sub="sub-1")
    UserFactory(referent=True, email=ADDRESS)
    provider.answers.person = {"email_verified": False}

    come_back(client)

    assert client.session["_auth_user_id"] == str(user.pk)


def test_the_provider_is_asked_how_the_person_signed_in(client: Client, provider: Provider) -> None:
    leaving = client.post(LEAVE).headers["Location"]

    assert leaving.startswith(f"{provider.issuer}/authorize?")
    assert "scope=openid+email+given_name+usual_name" in leaving
    assert "amr" in leaving
    assert "nonce=" in leaving


def test_it_leads_nowhere_else(client: Client, provider: Provider, claire: User) -> None:
    assert come_back(client, to="https://ailleurs.example/").headers["Location"] == "/tableau-de-bord/"


LIES: dict[str, tuple[Answers, str]] = {
    "nonce": (Answers(identity={"nonce": "un autre"}), UNREADABLE),
    "no nonce": (Answers(identity={"nonce": None}), UNREADABLE),
    "audience": (Answers(identity={"aud": "un autre service"}), UNREADABLE),
    "no audience": (Answers(identity={"aud": None}), UNREADABLE),
    "issuer": (Answers(identity={"iss": "https://ailleurs.example/api/v2"}), UNREADABLE),
    "expired": (Answers(identity={"exp": int(time.time()) - 60}), UNREADABLE),
    "no end": (Answers(identity={"exp": None}), "ne dit pas jusqu’à quand il vaut"),
    "alg none": (Answers(algorithm="none"), UNREADABLE),
    "signed with the secret": (Answers(algorithm="HS256"), UNREADABLE),
    "signed by a stranger": (Answers(key=STRANGER_S_KEY), UNREADABLE),
    "unknown key": (Answers(headers={"kid": "cle-2"}), UNREADABLE),
    "nameless key": (Answers(headers={}), UNREADABLE),
    "person not signed": (Answers(person_type="application/json"), "n’est pas signée"),
    "person alg none": (Answers(person_algorithm="none"), UNREADABLE),
    "person for another": (Answers(person={"aud": "un autre service"}), UNREADABLE),
    "another person": (Answers(person={"sub": "sub-2"}), "ne parlent pas de la même personne"),
    "address not verified": (Answers(person={"email_verified": False}), "n’a pas vérifié l’adresse"),
    "address perhaps verified": (Answers(person={"email_verified": "true"}), "n’a pas vérifié l’adresse"),
    "address said to be nothing": (Answers(person={"email_verified": None}), "n’a pas vérifié l’adresse"),
    "no address": (Answers(person={"email": None}), "n’a pas vérifié l’adresse"),
    "no account": (Answers(person={"email": "inconnu@example.org"}), "Aucun compte du portail ne correspond"),
    "no token": (Answers(token_status=400), "ProConnect ne répond pas."),
}


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_opens_nothing(client: Client, provider: Provider, claire: User, lie: str) -> None:
    provider.answers, sentence = LIES[lie]

    said = refusal_of(come_back(client))

    claire.refresh_from_db()
    assert sentence in said
    assert (is_in(client), claire.proconnect_sub, User.objects.count()) == (False, "", 1)


def test_another_state_opens_nothing(client: Client, provider: Provider, claire: User) -> None:
    address = way_back(client).replace("state=", "state=x")

    assert UNREADABLE in refusal_of(client.get(address))
    assert not is_in(client)


def test_a_way_back_serves_once_and_in_one_browser(client: Client, provider: Provider, claire: User) -> None:
    address = way_back(client)
    elsewhere = refusal_of(Client().get(address))
    client.get(address)
    client.post("/deconnexion/")

    refusal_of(client.get(address))

    assert "La connexion a été interrompue" in elsewhere
    assert not is_in(client)


@pytest.mark.parametrize("query", ["", "?error=access_denied&state=x", "?code=x", "?state=x"])
def test_a_journey_cut_short_is_a_page(client: Client, provider: Provider, query: str) -> None:
    assert "La connexion a été interrompue" in refusal_of(client.get(f"/connexion/proconnect/retour/{query}"))


@pytest.mark.parametrize(
    ("account", "sentence"),
    [
        ({"referent": True, "is_active": False}, "Aucun compte du portail ne correspond"),
        ({"animateur": True}, "Ce compte se connecte par mot de passe."),
        ({"role": ""}, "Ce compte se connecte par mot de passe."),
        ({"referent": True, "proconnect_sub": "sub-9"}, "appartient à une autre identité ProConnect"),
    ],
)
def test_an_account_that_is_not_for_it(
    client: Client, provider: Provider, account: dict[str, object], sentence: str
) -> None:
    UserFactory(email=ADDRESS, **account)

    assert sentence in refusal_of(come_back(client))
    assert not is_in(client)


def test_the_number_of_a_company_gives_nothing(client: Client, provider: Provider) -> None:
    company = CompanyFactory()
    provider.answers.person = {"siret": company.siret}

    refusal_of(come_back(client))

    assert (User.objects.count(), company.memberships.count()) == (0, 0)


def test_a_member_of_a_company_signs_in_too(client: Client, provider: Provider) -> None:
    member = UserFactory(email=ADDRESS)

    come_back(client)

    assert client.session["_auth_user_id"] == str(member.pk)


@pytest.mark.parametrize(
    ("amr", "to"), [(["pwd"], "/connexion/code/"), (None, "/connexion/code/"), (["pwd", "mfa"], "/tableau-de-bord/")]
)
def test_our_second_factor_is_asked_unless_the_provider_asked(
    client: Client, provider: Provider, claire: User, amr: list[str] | None, to: str
) -> None:
    give_telephone(claire)
    provider.answers.identity = {"amr": amr}

    assert come_back(client).headers["Location"] == to


def test_several_proofs_there_satisfy_the_rule_here(
    client: Client, provider: Provider, claire: User, settings: Settings
) -> None:
    settings.PAQTE_SECOND_FACTOR = True
    provider.answers.identity = {"amr": ["mfa"]}

    come_back(client)

    assert client.get("/mon-compte/").status_code == 200


def test_a_silent_provider_is_waited_for_a_short_while(
    client: Client, provider: Provider, claire: User, settings: Settings
) -> None:
    address = way_back(client)
    settings.PROCONNECT = {**settings.PROCONNECT, "OIDC_TIMEOUT": 0.2}
    provider.answers.pause = 1.0
    start = time.monotonic()

    said = refusal_of(client.get(address))

    assert "ProConnect ne répond pas." in said
    assert time.monotonic() - start < 1.0


def test_a_stranger_s_link_does_not_sign_out(client: Client, provider: Provider, claire: User) -> None:
    come_back(client)

    response = client.get("/connexion/proconnect/retour/?error=access_denied&state=x")

    assert (response.headers["Location"], is_in(client)) == ("/tableau-de-bord/", True)


def test_the_form_of_the_password_never_asks_the_provider(client: Client, provider: Provider, claire: User) -> None:
    client.post("/connexion/?code=code-0&state=x", {"username": ADDRESS, "password": "faux"})

    assert provider.asked == []


def test_the_sign_in_page_offers_it_only_where_it_is(client: Client, provider: Provider, settings: Settings) -> None:
    offered = client.get("/connexion/?next=/bilans/").content.decode()
    settings.PROCONNECT = None
    plain = client.get("/connexion/").content.decode()

    assert '<form method="post" action="/connexion/proconnect/?next=/bilans/">' in offered
    assert "ProConnect" not in plain
