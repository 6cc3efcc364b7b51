"""Ten failures close the door to one account from one place, for a quarter of an hour and for nobody else."""

from datetime import timedelta

import pytest
import time_machine
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from accounts.throttle import client_address, typed_address

ADDRESS = "claire@prefecture.example"
PASSWORD = "une phrase assez longue"


@pytest.fixture
def user() -> User:
    return User.objects.create_user(ADDRESS, PASSWORD)


def sign_in(client: Client, password: str, *, address: str = ADDRESS, origin: str = "192.0.2.1") -> int:
    """Status of one try: 302 in, 422 wrong, 429 closed."""
    return client.post("/connexion/", {"username": address, "password": password}, REMOTE_ADDR=origin).status_code


def fail(client: Client, times: int, **options: str) -> list[int]:
    return [sign_in(client, "faux", **options) for _ in range(times)]


def test_ten_failures_close_the_door_even_to_the_right_password(client: Client, user: User) -> None:
    statuses = fail(client, 9)
    tenth = sign_in(client, "faux")

    assert statuses == [422] * 9
    assert tenth == 429
    assert sign_in(client, PASSWORD) == 429


def test_a_closed_door_opens_after_a_quarter_of_an_hour_whatever_was_tried_meanwhile(
    client: Client, user: User
) -> None:
    start = timezone.now()
    with time_machine.travel(start, tick=False):
        fail(client, 10)
    with time_machine.travel(start + timedelta(minutes=14), tick=False):
        assert sign_in(client, PASSWORD) == 429
    with time_machine.travel(start + timedelta(minutes=16), tick=False):
        assert sign_in(client, PASSWORD) == 302


def test_failures_from_elsewhere_lock_nobody_out(client: Client, user: User) -> None:
    fail(client, 10, origin="198.51.100.7")

    assert sign_in(client, PASSWORD, origin="192.0.2.1") == 302


def test_failures_on_one_account_leave_the_others_of_the_place_alone(client: Client, user: User) -> None:
    fail(client, 10, address="inconnu@prefecture.example")

    assert sign_in(client, PASSWORD) == 302


def test_a_success_forgets_the_failures(client: Client, user: User) -> None:
    fail(client, 9)
    sign_in(client, PASSWORD)
    client.logout()

    assert fail(client, 9) == [422] * 9


def test_capital_letters_give_no_more_tries(client: Client, user: User) -> None:
    fail(client, 9)

    assert sign_in(client, "faux", address=ADDRESS.upper()) == 429


def test_typed_address_prefers_the_credentials() -> None:
    assert typed_address(None, {"username": " Claire@X.fr "}) == "claire@x.fr"
    assert typed_address(RequestFactory().post("/", {"username": "PAUL@x.fr"}), None) == "paul@x.fr"
    assert typed_address(None, None) == ""


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "203.0.113.9", "192.0.2.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "10.0.0.1, 203.0.113.9", "203.0.113.9"),
        (2, "10.0.0.1, 203.0.113.9, 198.51.100.2", "203.0.113.9"),
        (2, "203.0.113.9", "203.0.113.9"),
        (1, "", "192.0.2.1"),
    ],
)
def test_client_address_believes_only_our_proxies(
    settings: Settings, proxies: int, forwarded: str, expected: str
) -> None:
    settings.TRUSTED_PROXIES = proxies

    assert client_address(request_from(forwarded)) == expected


def request_from(forwarded: str) -> HttpRequest:
    return RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", headers={"x-forwarded-for": forwarded})


@pytest.mark.parametrize(
    ("forwarded", "expected"),
    [
        ("203.0.113.9:51234", "203.0.113.9"),
        ("[2001:db8::9]:443", "2001:db8::9"),
        ("2001:db8::9", "2001:db8::9"),
        ("fe80::9%eth0", "fe80::9"),
        ("inconnu", "10.0.0.1"),
        ("a\0b", "10.0.0.1"),
    ],
)
def test_an_address_with_a_port_or_none_at_all_keeps_the_door_open(
    settings: Settings, client: Client, user: User, forwarded: str, expected: str
) -> None:
    """Refused tries are kept with their network address, and PostgreSQL stores nothing else in its place."""
    settings.TRUSTED_PROXIES = 1
    from_there = {"HTTP_X_FORWARDED_FOR": forwarded, "REMOTE_ADDR": "10.0.0.1"}

    tries = [
        client.post("/connexion/", {"username": ADDRESS, "password": password}, **from_there).status_code  # type: ignore[arg-type]  # headers of the server
        for password in ("faux", PASSWORD)
    ]

    request = RequestFactory().get("/", **from_there)  # type: ignore[arg-type]  # as above
    assert tries == [422, 302]
    assert client_address(request) == expected
