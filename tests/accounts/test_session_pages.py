"""The page of one's open sessions: all of one's own, nobody else's, closed by a button that asks nothing secret."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
import time_machine
from django.test import Client

from accounts.models import Session, User
from tests.accounts.reading import text_of
from tests.factories import UserFactory
from tests.pages import queries, signed_in, text

LIST = "/mon-compte/connexions/"
NINE = datetime(2019, 2, 8, 9, tzinfo=UTC)
EDGE = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36 Edg/126.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Safari/604.1"


@pytest.fixture
def claire() -> User:
    return UserFactory(referent=True, email="claire@prefecture.example", password="une phrase assez longue")


def entered(user: User, browser: str, address: str) -> Client:
    """A browser in which this person signed in by the form."""
    client = Client(headers={"user-agent": browser}, REMOTE_ADDR=address)
    client.post("/connexion/", {"username": user.email, "password": "une phrase assez longue"})
    return client


def test_both_of_ones_sessions_are_listed_and_nobody_elses(claire: User) -> None:
    with time_machine.travel(NINE, tick=False):
        here = entered(claire, EDGE, "192.0.2.7")
    with time_machine.travel(NINE + timedelta(minutes=3), tick=False):
        entered(claire, SAFARI, "2001:db8:1:2::5")
        entered(UserFactory(referent=True, password="une phrase assez longue"), EDGE, "192.0.2.8")
        html = text(here.get(LIST))

    rows = [text_of(row).strip() for row in html.partition("</table>")[0].split("<tr>")[2:]]
    assert rows == [
        "Safari sur iPhone 2001:0db8:0001:x 8 février 2019 à 10:03 8 février 2019 à 10:03 "
        "Fermer Safari sur iPhone, ouverte le 8 février 2019 à 10:03",
        "Edge sur Windows 192.0.2.x 8 février 2019 à 10:00 8 février 2019 à 10:00 Cette connexion",
    ]
    assert str(here.session.session_key) not in html


def test_a_session_that_ended_is_not_listed(claire: User) -> None:
    with time_machine.travel(NINE, tick=False):
        signed_in(claire)
    here = signed_in(claire)

    assert text(here.get(LIST)).count('<th scope="row">') == 1
    assert "Fermer les autres" not in text(here.get(LIST))


def test_closing_the_others_leaves_this_one(claire: User) -> None:
    here, there, elsewhere = (signed_in(claire) for _ in range(3))

    page = here.post(f"{LIST}fermer/", follow=True)

    assert "2 connexions sont fermées." in text(page)
    assert [client.get(LIST).status_code for client in (here, there, elsewhere)] == [200, 302, 302]


@pytest.mark.parametrize(
    ("others", "sentence"), [(0, "Aucune autre connexion n’était ouverte."), (1, "L’autre connexion est fermée.")]
)
def test_closing_the_others_says_how_many_there_were(claire: User, others: int, sentence: str) -> None:
    here, *_ = [signed_in(claire) for _ in range(others + 1)]

    assert sentence in text(here.post(f"{LIST}fermer/", follow=True))


def test_closing_one_ends_that_one_only(claire: User) -> None:
    here, there, elsewhere = (signed_in(claire) for _ in range(3))

    page = here.post(f"{LIST}{id_of(there)}/fermer/", follow=True)

    assert "La connexion est fermée" in text(page)
    assert [client.get(LIST).status_code for client in (here, there, elsewhere)] == [200, 302, 200]


def test_somebody_elses_session_cannot_be_closed(claire: User) -> None:
    theirs = signed_in(UserFactory(referent=True))

    refused = signed_in(claire).post(f"{LIST}{id_of(theirs)}/fermer/")

    assert refused.status_code == 404
    assert theirs.get(LIST).status_code == 200


def id_of(client: Client) -> UUID:
    return Session.objects.get(pk=client.session.session_key).public_id


def test_a_page_that_waits_learns_who_is_signed_in_and_until_when(claire: User) -> None:
    with time_machine.travel(NINE, tick=False):
        here = signed_in(claire)
    with time_machine.travel(NINE + timedelta(minutes=4), tick=False):
        known = here.get(f"{LIST}etat/").json()

    assert (known["account"], known["ends_at"]) == (str(claire.pk), "2019-02-08T11:00:00+00:00")
    assert len(known["token"]) == 64


def test_staying_gives_two_hours_at_once(claire: User) -> None:
    with time_machine.travel(NINE, tick=False):
        here = signed_in(claire)
    with time_machine.travel(NINE + timedelta(minutes=4), tick=False):
        answer = here.post(f"{LIST}prolonger/").json()

    assert answer["ends_at"] == "2019-02-08T11:04:00+00:00"
    assert Session.objects.get().expire_date == NINE + timedelta(hours=2, minutes=4)


def test_staying_never_passes_twelve_hours(claire: User) -> None:
    with time_machine.travel(NINE, tick=False):
        here = signed_in(claire)
    for hours in (1.9, 3.8, 5.7, 7.6, 9.5, 11.4):
        with time_machine.travel(NINE + timedelta(hours=hours), tick=False):
            answer = here.post(f"{LIST}prolonger/").json()

    assert answer["ends_at"] == "2019-02-08T21:00:00+00:00"


def test_signing_out_clears_what_the_browser_kept(claire: User) -> None:
    assert signed_in(claire).post("/deconnexion/").headers["Clear-Site-Data"] == '"cache", "storage"'


def test_signing_out_of_the_administration_clears_it_too() -> None:
    technician = UserFactory(role="", is_staff=True, is_superuser=True)

    answer = signed_in(technician).post("/administration/logout/")

    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert not Session.objects.filter(user=technician).exists()


def test_the_list_takes_as_many_queries_for_thirty_sessions(claire: User) -> None:
    one = queries(claire, "session_list")
    for _ in range(30):
        signed_in(claire)

    assert (one, queries(claire, "session_list")) == (5, 5)
