"""A session slides while it is used, is written rarely, and ends two hours after the last use or twelve in all."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.db import OperationalError, connection
from django.test import Client

from accounts.models import Session, User
from accounts.sessions import SessionStore, end_sessions
from tests.pages import signed_in as browser_of

NINE = datetime(2019, 2, 8, 9, tzinfo=UTC)
PRIVATE = "/administration/"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0"


@pytest.fixture
def technician() -> User:
    return User.objects.create_superuser("technique@paqte.example", "une phrase assez longue")


@pytest.fixture
def signed_in(client: Client, technician: User) -> Client:
    with time_machine.travel(NINE, tick=False):
        client.force_login(technician)
    return client


def visit(client: Client, after: timedelta, path: str = PRIVATE) -> int:
    with time_machine.travel(NINE + after, tick=False):
        return client.get(path).status_code


def end() -> datetime:
    return Session.objects.get().expire_date


def refuse_to_write(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:  # Any: Django's own wrapper
    """What a full disk answers."""
    if sql.startswith(("UPDATE", "INSERT", "DELETE")):
        raise OperationalError("database or disk is full")
    return execute(sql, *rest)


def test_a_visit_soon_after_writes_nothing(signed_in: Client) -> None:
    visit(signed_in, timedelta(minutes=4, seconds=59))

    assert end() == NINE + timedelta(hours=2)


def test_a_visit_later_gives_two_more_hours_to_the_row_and_to_the_cookie(signed_in: Client) -> None:
    visit(signed_in, timedelta(minutes=5))

    assert end() == NINE + timedelta(hours=2, minutes=5)
    assert signed_in.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == 7200


def test_a_session_in_use_lasts_half_a_day_and_not_a_second_more(signed_in: Client) -> None:
    statuses = [visit(signed_in, timedelta(minutes=90 * turn)) for turn in range(1, 8)]

    assert statuses == [200] * 7
    assert end() == NINE + timedelta(hours=12)
    assert visit(signed_in, timedelta(hours=11, minutes=59, seconds=59)) == 200
    assert visit(signed_in, timedelta(hours=12)) == 302


def test_the_cookie_of_the_last_hour_ends_with_it(signed_in: Client) -> None:
    for turn in range(1, 8):
        visit(signed_in, timedelta(minutes=90 * turn))

    assert signed_in.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == 5400


def test_signing_in_begins_the_twelve_hours_whatever_the_visitor_kept_before(client: Client, technician: User) -> None:
    with time_machine.travel(NINE - timedelta(hours=1), tick=False):
        visitor = client.session
        visitor["depuis"] = "longtemps"
        visitor.save()
        client.cookies[settings.SESSION_COOKIE_NAME] = str(visitor.session_key)
    with time_machine.travel(NINE, tick=False):
        client.force_login(technician)
        kept = client.session["depuis"]

    assert Session.objects.get().started_at == NINE
    assert kept == "longtemps"


def test_a_session_left_alone_ends(signed_in: Client) -> None:
    assert visit(signed_in, timedelta(hours=2, seconds=1)) == 302


def test_the_row_says_whose_from_what_and_not_from_which_machine(signed_in: Client, technician: User) -> None:
    with time_machine.travel(NINE + timedelta(minutes=6), tick=False):
        signed_in.get(PRIVATE, REMOTE_ADDR="192.0.2.77", headers={"user-agent": FIREFOX})
    row = Session.objects.get()

    assert (row.user, row.started_at, row.last_seen) == (technician, NINE, NINE + timedelta(minutes=6))
    assert (row.browser, row.network) == ("Firefox sur Windows", "192.0.2.x")
    assert row.session_key not in str(row)


def test_renewal_leaves_what_another_request_stored_meanwhile(signed_in: Client) -> None:
    with time_machine.travel(NINE + timedelta(minutes=6), tick=False):
        slow = SessionStore(signed_in.session.session_key)
        slow.load()
        other = signed_in.session
        other["saisie"] = "gardée"
        other.save()
        slow.slide()
        slow.save()
        found = signed_in.session["saisie"]

    assert found == "gardée"
    assert end() == NINE + timedelta(hours=2, minutes=6)


@pytest.mark.django_db(transaction=True)
def test_a_page_is_read_with_a_full_disk(signed_in: Client, caplog: pytest.LogCaptureFixture) -> None:
    with connection.execute_wrapper(refuse_to_write):
        status = visit(signed_in, timedelta(minutes=30))

    assert status == 200
    assert end() == NINE + timedelta(hours=2)
    assert "could not be written" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_a_form_is_not_said_to_be_sent_with_a_full_disk(signed_in: Client, caplog: pytest.LogCaptureFixture) -> None:
    signed_in.raise_request_exception = False
    with time_machine.travel(NINE + timedelta(minutes=30), tick=False), connection.execute_wrapper(refuse_to_write):
        response = signed_in.post("/mon-compte/connexions/prolonger/")

    assert response.status_code == 503


def test_a_session_closed_while_its_page_is_made_shows_it_and_asks_to_sign_in_next(signed_in: Client) -> None:
    def closed_meanwhile(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:  # Any: Django's own wrapper
        if sql.startswith("UPDATE") and "accounts_session" in sql:
            Session.objects.all()._raw_delete("default")
        return execute(sql, *rest)

    with connection.execute_wrapper(closed_meanwhile):
        first = visit(signed_in, timedelta(minutes=30))

    assert (first, visit(signed_in, timedelta(minutes=31))) == (200, 302)


def test_sessions_of_a_person_are_closed_but_the_one_named(technician: User) -> None:
    kept, closed, elsewhere = (
        browser_of(user)
        for user in (technician, technician, User.objects.create_superuser("autre@paqte.example", "une autre phrase"))
    )

    assert end_sessions(technician, but=kept.session.session_key) == 1

    statuses = [client.get(PRIVATE).status_code for client in (kept, closed, elsewhere)]
    assert statuses == [200, 302, 200]


def test_what_a_signed_in_person_sees_is_not_stored(signed_in: Client) -> None:
    with time_machine.travel(NINE, tick=False):
        assert signed_in.get(PRIVATE).headers["Cache-Control"] == "no-store"


def test_an_anonymous_answer_says_nothing_of_storage(client: Client) -> None:
    assert "no-store" not in client.get("/aucune-page-ici/").headers.get("Cache-Control", "")
