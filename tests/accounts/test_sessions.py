"""A session slides while it is used, is written rarely, and ends two hours after the last use."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from accounts.models import User

pytestmark = pytest.mark.django_db

NINE = datetime(2019, 2, 8, 9, tzinfo=UTC)
PRIVATE = "/administration/"


@pytest.fixture
def signed_in(client: Client) -> Client:
    user = User.objects.create_superuser("technique@paqte.example", "une phrase assez longue")
    with time_machine.travel(NINE, tick=False):
        client.force_login(user)
    return client


def visit(client: Client, after: timedelta) -> int:
    with time_machine.travel(NINE + after, tick=False):
        return client.get(PRIVATE).status_code


def end() -> datetime:
    return Session.objects.get().expire_date


def test_a_visit_soon_after_writes_nothing(signed_in: Client) -> None:
    visit(signed_in, timedelta(minutes=4, seconds=59))

    assert end() == NINE + timedelta(hours=2)


def test_a_visit_later_gives_two_more_hours_to_the_row_and_to_the_cookie(signed_in: Client) -> None:
    visit(signed_in, timedelta(minutes=5))

    assert end() == NINE + timedelta(hours=2, minutes=5)
    assert signed_in.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == 7200


def test_a_session_in_use_lasts_all_day(signed_in: Client) -> None:
    statuses = [visit(signed_in, timedelta(minutes=90 * turn)) for turn in range(1, 6)]

    assert statuses == [200] * 5


def test_a_session_left_alone_ends(signed_in: Client) -> None:
    assert visit(signed_in, timedelta(hours=2, seconds=1)) == 302


def test_what_a_signed_in_person_sees_is_not_stored(signed_in: Client) -> None:
    with time_machine.travel(NINE, tick=False):
        assert signed_in.get(PRIVATE).headers["Cache-Control"] == "no-store"


def test_an_anonymous_answer_says_nothing_of_storage(client: Client) -> None:
    assert "no-store" not in client.get("/aucune-page-ici/").headers.get("Cache-Control", "")
