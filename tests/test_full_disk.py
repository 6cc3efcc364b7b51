"""A database that can no longer write: every page still reads, every sending is refused in French and keeps nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F
from django.test import Client
from pytest_django import Settings

from accounts.models import Session
from tests.access_world import TODAY, World, address, make_world
from tests.test_access_matrix import BACKEND, ROWS, Row

pytestmark = [pytest.mark.drill, pytest.mark.django_db(transaction=True)]

ACTORS = ("member", "referent", "cget", "staff_referent")
REFUSE, ACCEPT = {
    "sqlite": ("PRAGMA query_only = ON", "PRAGMA query_only = OFF"),
    "postgresql": ("SET default_transaction_read_only = on", "SET default_transaction_read_only = off"),
}[connection.vendor]
WRITES_NOTHING = {"login", "password_reset_confirm"}
"""Sendings that only lead elsewhere when somebody is signed in."""
MADE_ELSEWHERE = "bilan_download@writing+pdf"
"""The PDF of a draft, which is asked of the worker and kept before it is served: it cannot be, and its page says so."""


@contextmanager
def nothing_can_be_written() -> Iterator[None]:
    """The database itself refuses, as it does when its disk is full."""
    with connection.cursor() as cursor:
        cursor.execute(REFUSE)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(ACCEPT)


@pytest.fixture
def world(catalogue: str, settings: Settings) -> World:
    settings.PAQTE_TODAY = TODAY
    return make_world()


def signed_in(world: World, actor: str) -> Client:
    """A browser whose session is an hour old: each page would like to write its new end."""
    client = Client(raise_request_exception=False)
    client.force_login(world.actor(actor), backend=BACKEND)  # type: ignore[arg-type]  # not anonymous
    Session.objects.update(expire_date=F("expire_date") - timedelta(hours=1))
    return client


def lines(method: str, actor: str, status: str) -> list[Row]:
    """The lines of the matrix with this status."""
    return [row for row in ROWS if row.method == method and row.statuses[actor] == status]


def test_every_page_is_read(world: World) -> None:
    wrong = []
    for actor in ACTORS:
        client = signed_in(world, actor)
        with nothing_can_be_written():
            for row in lines("GET", actor, "200"):
                status = client.get(address(world, row.name, row.variant)).status_code
                due = 503 if row.target == MADE_ELSEWHERE else 200
                wrong += [] if status == due else [f"{actor} {row.target} {status}"]

    assert wrong == []


def test_nothing_is_taken_in_and_it_is_said(world: World) -> None:
    asked, wrong = 0, []
    for actor in ACTORS:
        client = signed_in(world, actor)
        with nothing_can_be_written():
            for row in lines("POST", actor, "302"):
                if row.name in WRITES_NOTHING:
                    continue
                response = client.post(address(world, row.name, row.variant))
                asked += 1
                said = "<h1>Portail momentanément indisponible</h1>" in response.content.decode()
                fine = response.status_code == 503 and said and response.headers["Retry-After"] == "30"
                wrong += [] if fine else [f"{actor} {row.target} {response.status_code}"]

    assert asked > 10
    assert wrong == []
