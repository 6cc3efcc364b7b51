"""Counters in the database: exact under concurrency, silent about whom they count, gone when they say nothing."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from accounts.buckets import LIMITS, Purpose, TooMany, check, spend, waiting
from accounts.models import Bucket
from accounts.policies import public
from accounts.rates import Rate
from paqte_portal import urls
from tests.accounts.reading import title_of

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
CLAIRE = "claire@prefecture.example"


@public
def limited(request: HttpRequest) -> HttpResponse:
    """A view whose limit is reached."""
    raise TooMany(Purpose[request.GET["usage"]], until=NOON + timedelta(minutes=20), at=NOON)


urlpatterns = [path("limite/", limited), *urls.urlpatterns]


def tries(times: int, key: str = CLAIRE, *, at: datetime = NOON) -> list[bool]:
    """Whether each of so many password mails is granted."""
    return [granted(key, at=at) for _ in range(times)]


def granted(key: str, *, at: datetime = NOON, purpose: Purpose = Purpose.PASSWORD_MAIL) -> bool:
    try:
        spend(purpose, key, at=at)
    except TooMany:
        return False
    return True


@pytest.mark.django_db
def test_three_mails_an_hour_then_one_every_twenty_minutes() -> None:
    assert tries(5) == [True, True, True, False, False]
    assert tries(1, at=NOON + timedelta(minutes=19, seconds=59)) == [False]
    assert tries(2, at=NOON + timedelta(minutes=20)) == [True, False]
    assert tries(4, at=NOON + timedelta(hours=3)) == [True, True, True, False]


@pytest.mark.django_db
def test_one_key_and_one_purpose_take_nothing_from_another() -> None:
    tries(3)

    assert tries(1, "paul@prefecture.example") == [True]
    assert granted(CLAIRE, purpose=Purpose.SIGN_IN_MAIL)


@pytest.mark.django_db
def test_capitals_and_spaces_are_the_same_key() -> None:
    tries(3)

    assert tries(1, f" {CLAIRE.upper()} ") == [False]


@pytest.mark.django_db
def test_refusal_says_why_and_until_when() -> None:
    tries(3)

    with pytest.raises(TooMany) as refused:
        spend(Purpose.PASSWORD_MAIL, CLAIRE, at=NOON + timedelta(minutes=5))

    assert refused.value.until == NOON + timedelta(minutes=20)
    assert refused.value.seconds == 900
    assert str(refused.value) == (
        "Plusieurs courriels viennent d’être demandés. Attendez 15\u00a0minutes avant de réessayer."
    )


@pytest.mark.django_db
def test_check_refuses_as_spend_does_and_takes_nothing() -> None:
    for _ in range(4):
        check(Purpose.PASSWORD_MAIL, CLAIRE, at=NOON)

    assert tries(3) == [True, True, True]
    with pytest.raises(TooMany):
        check(Purpose.PASSWORD_MAIL, CLAIRE, at=NOON)


@pytest.mark.django_db
def test_the_row_does_not_say_whom_it_counts() -> None:
    tries(1)
    row = Bucket.objects.get()

    assert CLAIRE not in f"{row.purpose} {row.digest} {row}"
    assert len(row.digest) == 64


@pytest.mark.django_db
def test_a_rolled_back_transaction_takes_nothing() -> None:
    with transaction.atomic():
        tries(3)
        transaction.set_rollback(True)

    assert tries(3) == [True, True, True]


@pytest.mark.django_db
def test_only_counters_that_are_full_again_can_be_forgotten() -> None:
    tries(1, "tot@example.org", at=NOON - timedelta(minutes=20))
    tries(1, "tard@example.org", at=NOON - timedelta(minutes=19))

    assert Bucket.objects.forgettable(at=NOON).delete()[0] == 1
    assert Bucket.objects.count() == 1


def at_once(work: Callable[[int], bool], times: int) -> int:
    """How many of these calls, each on a connection of its own, were granted."""

    def alone(number: int) -> bool:
        try:
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        return sum(pool.map(alone, range(times)))


@pytest.mark.django_db(transaction=True)
def test_no_more_is_granted_to_those_who_come_together() -> None:
    assert at_once(lambda _: granted(CLAIRE), 16) == 3
    assert Bucket.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_more_would_be_granted() -> None:
    """Negative control: the same race on a counter that everybody reads before anybody writes."""
    all_have_read = Barrier(8, timeout=30)

    def careless(_: int) -> bool:
        row = Bucket.objects.get()
        free = row.full_at <= NOON + timedelta(minutes=40)
        all_have_read.wait()
        if free:
            Bucket.objects.filter(pk=row.pk).update(full_at=row.full_at + timedelta(minutes=20))
        return free

    Bucket.objects.create(purpose="essai", digest="0" * 64, full_at=NOON)

    assert at_once(careless, 8) == 8


def test_every_purpose_has_its_limit() -> None:
    assert set(LIMITS) == set(Purpose)
    assert LIMITS[Purpose.SIGN_IN_NETWORK].rate == Rate(20, timedelta(minutes=15))


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (1, "1\u00a0minute"),
        (60, "1\u00a0minute"),
        (61, "2\u00a0minutes"),
        (900, "15\u00a0minutes"),
        (5400, "90\u00a0minutes"),
        (5401, "2\u00a0heures"),
        (7201, "3\u00a0heures"),
    ],
)
def test_a_wait_is_never_said_shorter_than_it_is(seconds: int, words: str) -> None:
    assert waiting(seconds) == words


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("usage", "sentence", "reset"),
    [
        ("PASSWORD_MAIL", "Plusieurs courriels viennent d’être demandés.", False),
        ("SIGN_IN_NETWORK", "Plusieurs tentatives de connexion ont échoué.", True),
    ],
)
def test_a_limit_is_a_page(client: Client, usage: str, sentence: str, reset: bool) -> None:
    response = client.get("/limite/", {"usage": usage})
    html = response.content.decode()

    assert (response.status_code, response.headers["Retry-After"]) == (429, "1200")
    assert title_of(html) == "Trop d’essais – Portail PAQTE"
    assert sentence in html
    assert "Attendez 20\u00a0minutes avant de réessayer." in html
    assert ("demandez-en un nouveau" in html) is reset
