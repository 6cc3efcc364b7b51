"""A forgotten password: few mails, one answer for everybody, in the same time; its owner is told of a new one."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

from accounts.models import OutgoingMail, Session, User
from accounts.passwords import password_changed
from tests.factories import DepartmentFactory, UserFactory
from tests.pages import signed_in
from tests.timing import alike, medians

ASK = "/mot-de-passe/oubli/"
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


def ask(address: str, *, origin: str = "192.0.2.1") -> tuple[int, str, bytes]:
    """The answer, and the page that it leads to."""
    client = Client(REMOTE_ADDR=origin)
    answer = client.post(ASK, {"email": address})
    location = answer.headers.get("Location", "")
    return answer.status_code, location, client.get(location).content if location else b""


def mails_to(address: str) -> int:
    return OutgoingMail.objects.filter(to=address).count()


def test_sixteen_requests_give_three_mails_and_one_answer() -> None:
    user = UserFactory(referent=True)
    with time_machine.travel(NOON, tick=False):
        answers = {ask(user.email, origin=f"192.0.2.{number}") for number in range(16)}
        answers |= {ask("inconnu@example.org")}

    assert len(answers) == 1
    assert mails_to(user.email) == 3


def test_an_address_written_otherwise_reaches_its_owner_or_costs_them_nothing() -> None:
    """U+212A, the sign of the kelvin, becomes a k in lower case: three such requests left the owner without a mail."""
    user = UserFactory(referent=True, email="kevin@example.org")
    with time_machine.travel(NOON, tick=False):
        for _ in range(3):
            ask("\u212aEVIN@example.org")

    assert mails_to(user.email) == 3


def test_one_network_asks_for_twenty_mails_an_hour_whoever_they_are_for() -> None:
    people = [UserFactory(referent=True) for _ in range(22)]
    with time_machine.travel(NOON, tick=False):
        answers = {ask(person.email) for person in people}

    assert len(answers) == 1
    assert OutgoingMail.objects.count() == 20


def test_a_mail_may_be_asked_for_again_after_a_while() -> None:
    user = UserFactory(referent=True)
    with time_machine.travel(NOON, tick=False):
        for _ in range(4):
            ask(user.email)
    with time_machine.travel(NOON + timedelta(minutes=20), tick=False):
        ask(user.email)

    assert mails_to(user.email) == 4


def test_an_account_that_never_had_a_password_gets_its_link() -> None:
    user = UserFactory(referent=True, email="sans.mot.de.passe@example.org")
    user.set_unusable_password()
    user.save(update_fields=["password"])

    ask("sans.mot.de.passe@example.org")

    assert mails_to("sans.mot.de.passe@example.org") == 1


def test_an_address_without_account_leaves_nothing_behind() -> None:
    ask("inconnu@example.org")

    assert OutgoingMail.objects.count() == 0


@pytest.mark.drill
def test_an_unknown_address_is_answered_in_the_same_time(settings: Settings) -> None:
    settings.PAQTE_MAIL_AFTER_COMMIT = False
    people = [UserFactory(referent=True) for _ in range(60)]
    ask("chauffe@example.org", origin="192.0.2.250")

    known, unknown = medians(
        lambda number: ask(people[number].email, origin=f"203.0.113.{number}"),
        lambda number: ask(f"inconnu.{number}@example.org", origin=f"198.51.100.{number}"),
    )

    print(f"\noubli : connue {known:.1f} ms, inconnue {unknown:.1f} ms")  # noqa: T201  # the figures of the drill
    assert OutgoingMail.objects.count() == 30
    assert alike(known, unknown)


def test_a_new_password_is_told_to_its_owner_at_their_own_hour_and_closes_the_sessions() -> None:
    user = UserFactory(referent=True, department=DepartmentFactory(reunion=True))
    here, there = signed_in(user), signed_in(user)

    with time_machine.travel(datetime(2026, 7, 1, 8, 30, tzinfo=UTC), tick=False):
        password_changed(user, keep=here.session.session_key)

    told = OutgoingMail.objects.get()
    assert (told.to, told.subject) == (user.email, "Portail PAQTE : votre mot de passe a changé")
    assert "le 1er juillet 2026 à 12:30." in told.body
    assert [row.pk for row in Session.objects.all()] == [here.session.session_key]
    assert there.get("/tableau-de-bord/").status_code == 302


def test_the_link_of_the_mail_ends_every_session_and_tells(client: Client) -> None:
    user: User = UserFactory(referent=True)
    there = signed_in(user)
    ask(user.email)
    link = next(line for line in OutgoingMail.objects.get().body.splitlines() if "/mot-de-passe/" in line)
    form_address = client.get(link.removeprefix("http://testserver")).headers["Location"]

    client.post(form_address, {"new_password1": "une autre phrase longue", "new_password2": "une autre phrase longue"})

    assert there.get("/tableau-de-bord/").status_code == 302
    assert sorted(mail.subject for mail in OutgoingMail.objects.all()) == [
        "Portail PAQTE : choisir un nouveau mot de passe",
        "Portail PAQTE : votre mot de passe a changé",
    ]
