"""The outbox through a real SMTP conversation is in tests/drills; here: one row, one mail, never two."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils.timezone import now
from pytest_django.fixtures import Settings

from accounts.models import OutgoingMail
from accounts.outbox import Mail, deliver, deliver_waiting, queue_mail, queue_mails


def queued(**fields: Any) -> OutgoingMail:  # Any: text or a mark
    with transaction.atomic():
        return queue_mail(**{"to": "a@example.org", "subject": "Récépissé", "body": "Bonjour", **fields})


def test_a_mail_leaves_once(settings: Settings) -> None:
    waiting = queued()

    assert (deliver(waiting.pk, at=now()), deliver(waiting.pk, at=now())) == ("sent", None)
    assert [(message.to, message.subject, message.body) for message in mail.outbox] == [
        (["a@example.org"], "Récépissé", "Bonjour")
    ]
    assert mail.outbox[0].extra_headers["Message-ID"] == f"<{waiting.pk}@paqte>"


def test_a_secret_link_is_forgotten_once_it_left(settings: Settings) -> None:
    waiting, plain = queued(body="https://portail/invitation/jeton/", holds_secret=True), queued()
    backend, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    deliver(waiting.pk, at=now())
    waiting.refresh_from_db()
    kept = waiting.body
    settings.EMAIL_BACKEND = backend

    deliver(waiting.pk, at=now() + timedelta(minutes=2))
    deliver(plain.pk, at=now())

    waiting.refresh_from_db()
    plain.refresh_from_db()
    assert (kept, mail.outbox[0].body) == ("https://portail/invitation/jeton/",) * 2
    assert waiting.body == "[texte retiré après l’envoi : il portait un lien secret]"
    assert plain.body == "Bonjour"


def test_mails_queued_together_are_those_of_their_purposes() -> None:
    former = queued(purpose="message 1")
    mails = [
        Mail("a@example.org", "Objet", "Autre texte", purpose="message 1"),
        Mail("b@example.org", "Objet", "Bonjour", purpose="message 2"),
        Mail("b@example.org", "Objet", "Bonjour", purpose="message 2"),
        Mail("c@example.org", "Objet", "Bonjour"),
        Mail("c@example.org", "Objet", "Bonjour"),
    ]

    with transaction.atomic():
        first, second, again, *others = queue_mails(mails)

    assert (first, first.body) == (former, "Bonjour")
    assert (second, second.to) == (again, "b@example.org")
    assert OutgoingMail.objects.count() == 4
    assert {former, second, *others} == {*OutgoingMail.objects.all()}


def test_a_newline_cannot_add_a_header() -> None:
    waiting = queued(subject="Société\r\nBcc: tous@example.org")

    deliver(waiting.pk, at=now())

    assert mail.outbox[0].subject == "Société Bcc: tous@example.org"
    assert mail.outbox[0].bcc == []


def test_a_mail_that_cannot_leave_waits(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    queued()

    assert deliver_waiting(at=now()) == {"waiting": 1}

    waiting = OutgoingMail.objects.get()
    assert (waiting.attempts, waiting.sent_at, waiting.last_error) == (1, None, "ConnectionRefusedError")
    OutgoingMail.objects.update(next_try_at=now())
    with pytest.raises(CommandError, match="1 courriel\\(s\\) n’ont pas pu partir"):
        call_command("send_mails")


@pytest.mark.parametrize("backend", ["filebased", "locmem", "console", "dummy"])
def test_a_real_portal_never_says_that_a_mail_left_when_it_did_not(settings: Settings, backend: str) -> None:
    settings.PRODUCTION = True
    settings.EMAIL_BACKEND = f"django.core.mail.backends.{backend}.EmailBackend"
    waiting = queued()

    assert deliver(waiting.pk, at=now()) == "waiting"

    waiting.refresh_from_db()
    assert (waiting.attempts, waiting.sent_at, waiting.last_error) == (1, None, "NothingLeaves")


def test_the_command_sends_what_waits(capsys: pytest.CaptureFixture[str]) -> None:
    queued()
    sent_at = datetime(2019, 2, 8, tzinfo=UTC)
    OutgoingMail.objects.create(to="b@example.org", subject="x", body="y", sent_at=sent_at, delivery="sent")

    call_command("send_mails")

    assert capsys.readouterr().out == "1 courriel(s) envoyé(s), 0 en attente.\n"
    assert [message.to for message in mail.outbox] == [["a@example.org"]]


@pytest.mark.django_db(transaction=True)
def test_a_mail_leaves_after_the_commit(settings: Settings) -> None:
    settings.PAQTE_MAIL_AFTER_COMMIT = True

    with transaction.atomic():
        queue_mail(to="a@example.org", subject="Récépissé", body="Bonjour")
        assert mail.outbox == []

    assert [message.to for message in mail.outbox] == [["a@example.org"]]


def test_one_purpose_has_one_mail_whoever_asks_again() -> None:
    first = queued(purpose="relance 12 2019-07-20", body="La première.")

    again = queued(purpose="relance 12 2019-07-20", body="La seconde.")

    assert (again.pk, again.body, OutgoingMail.objects.count()) == (first.pk, "La première.", 1)
    assert queued().pk != queued().pk
    with pytest.raises(IntegrityError, match="purpose"), transaction.atomic():
        OutgoingMail.objects.create(to="a@example.org", subject="x", body="y", purpose="relance 12 2019-07-20")


def test_tries_are_further_and_further_apart_and_end_after_a_day(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    waiting = queued(body="https://portail/invitation/jeton/", holds_secret=True)
    start, hours = waiting.created_at, []

    while waiting.delivery == "waiting":
        at = max(waiting.next_try_at, start)
        hours.append(round((at - start).total_seconds() / 3600, 2))
        deliver(waiting.pk, at=at)
        waiting.refresh_from_db()

    assert hours == [0, 0.02, 0.05, 0.12, 0.25, 0.52, 1.05, 2.12, 4.25, 8.25, 12.25, 16.25, 20.25, 24]
    assert (waiting.delivery, waiting.problem) == ("given_up", "Courriel jamais parti, malgré 24 heures d’essais.")
    assert waiting.body == "[texte retiré après l’envoi : il portait un lien secret]"
    assert deliver_waiting(at=start + timedelta(days=2)) == {}


def test_the_database_ties_a_departure_to_its_date() -> None:
    with pytest.raises(IntegrityError, match="mail_delivery_goes_with_date"), transaction.atomic():
        OutgoingMail.objects.create(to="a@example.org", subject="x", body="y", delivery="sent")
