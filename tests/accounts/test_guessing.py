"""Guessing is slowed by network and by account; nobody who enters their own account pays for it."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.hashers import BasePasswordHasher
from django.contrib.auth.tokens import default_token_generator
from django.test import Client
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from pytest_django import Settings

from accounts.models import Bucket, User
from accounts.passwords import password_changed
from tests.factories import UserFactory

PASSWORD = "une phrase assez longue"
HERE, ELSEWHERE = "192.0.2.1", "198.51.100.7"
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


def attempt(client: Client, address: str, typed: str = "faux", *, origin: str = HERE) -> int:
    """Status of one try: 302 in, 422 wrong, 429 slowed."""
    return client.post("/connexion/", {"username": address, "password": typed}, REMOTE_ADDR=origin).status_code


def guess(accounts: int, *, origin: str = HERE) -> list[int]:
    """One wrong password on each of so many accounts, from a browser that nobody knows."""
    return [attempt(Client(), f"agent.{number}@prefecture.example", origin=origin) for number in range(accounts)]


@pytest.fixture
def victim() -> User:
    return UserFactory(referent=True, email="agent.3@prefecture.example", password=PASSWORD)


def test_twenty_failures_over_twenty_accounts_slow_their_network_down(victim: User) -> None:
    with time_machine.travel(NOON, tick=False):
        statuses = guess(25)
        with_the_right_password = attempt(Client(), victim.email, PASSWORD)
    with time_machine.travel(NOON + timedelta(seconds=45), tick=False):
        later = guess(2)

    assert statuses == [422] * 20 + [429] * 5
    assert with_the_right_password == 429
    assert later == [422, 429]


def test_the_victim_elsewhere_notices_nothing(victim: User) -> None:
    guess(25)

    assert attempt(Client(), victim.email, PASSWORD, origin=ELSEWHERE) == 302


def test_a_colleague_on_the_same_network_enters_from_a_browser_that_knows_them(victim: User) -> None:
    browser = Client()
    attempt(browser, victim.email, PASSWORD)
    browser.post("/deconnexion/")
    guess(25)

    assert attempt(browser, "agent.4@prefecture.example") == 429
    assert attempt(browser, victim.email, PASSWORD) == 302


def test_successes_are_never_counted() -> None:
    people = [UserFactory(referent=True, password=PASSWORD) for _ in range(25)]

    assert [attempt(Client(), person.email, PASSWORD) for person in people] == [302] * 25
    assert Bucket.objects.count() == 0


def test_a_neighbour_of_the_same_ipv6_subscriber_is_the_same_network() -> None:
    statuses = [
        attempt(Client(), f"a{number}@x.example", origin=f"2001:db8:1:2::{number:x}") for number in range(1, 22)
    ]

    assert statuses == [422] * 20 + [429]


def test_one_account_attacked_from_many_networks_is_slowed_and_its_owner_is_not(victim: User) -> None:
    known = Client()
    attempt(known, victim.email, PASSWORD, origin=ELSEWHERE)
    known.post("/deconnexion/")

    statuses = [attempt(Client(), victim.email, origin=f"203.0.113.{number}") for number in range(33)]

    assert statuses == [422] * 30 + [429] * 3
    assert attempt(Client(), victim.email, PASSWORD, origin="203.0.113.200") == 429
    assert attempt(known, victim.email, PASSWORD, origin=ELSEWHERE) == 302


def test_a_browser_that_was_never_seen_is_let_in_by_the_mail_of_a_new_password(victim: User) -> None:
    for number in range(33):
        attempt(Client(), victim.email, origin=f"203.0.113.{number}")
    browser = Client()
    chosen = browser.post(
        browser.get(f"/mot-de-passe/{link_of(victim)}/").headers["Location"],
        {"new_password1": "une autre phrase longue", "new_password2": "une autre phrase longue"},
    )

    assert chosen.headers["Location"] == "/mot-de-passe/change/"
    assert attempt(browser, victim.email, "une autre phrase longue") == 302


def link_of(user: User) -> str:
    """The end of the address that the mail carries."""
    return f"{urlsafe_base64_encode(force_bytes(user.pk))}/{default_token_generator.make_token(user)}"


def test_a_new_password_opens_the_door_that_ten_failures_closed(victim: User) -> None:
    for _ in range(10):
        attempt(Client(), victim.email)
    closed = attempt(Client(), victim.email, PASSWORD)

    password_changed(victim)

    assert closed == 429
    assert attempt(Client(), victim.email, PASSWORD) == 302


def test_a_cookie_made_by_hand_is_not_believed(victim: User, settings: Settings) -> None:
    guess(20)
    forger = Client()
    forger.cookies[settings.KNOWN_BROWSER_COOKIE_NAME] = f"{victim.pk}:1tAbCd:signature"

    assert attempt(forger, victim.email, PASSWORD) == 429


@pytest.mark.parametrize(
    "variant", [" Agent.3@Prefecture.Example ", "AGENT.3@PREFECTURE.EXAMPLE", "ａgent.3@prefecture.example"]
)
def test_another_way_to_write_the_address_is_the_same_account(victim: User, variant: str) -> None:
    for number in range(30):
        attempt(Client(), variant, origin=f"203.0.113.{number}")

    assert attempt(Client(), victim.email, origin="203.0.113.99") == 429


def test_a_claimed_address_is_not_another_network(settings: Settings) -> None:
    settings.TRUSTED_PROXIES = 1
    statuses = [
        Client()
        .post(
            "/connexion/",
            {"username": f"a{number}@x.example", "password": "faux"},
            headers={"x-forwarded-for": f"10.0.0.{number}, 203.0.113.5"},
        )
        .status_code
        for number in range(21)
    ]

    assert statuses == [422] * 20 + [429]


def test_a_slowed_try_costs_no_hash(victim: User, settings: Settings) -> None:
    guess(20)
    settings.PASSWORD_HASHERS = [f"{__name__}.HashIsComputed"]

    assert attempt(Client(), victim.email, PASSWORD) == 429
    assert attempt(Client(), "inconnu@x.example") == 429


class HashIsComputed(BasePasswordHasher):
    """Fails when it is used."""

    algorithm = "never"

    def salt(self) -> str:
        raise AssertionError("a hash was computed")
