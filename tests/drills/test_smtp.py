"""Mail really leaves, through a real SMTP conversation with a server on loopback that may misbehave."""

import socket
from collections.abc import Iterator
from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import transaction
from django.utils import timezone
from pytest_django import Settings

from accounts.models import OutgoingMail
from accounts.outbox import deliver, deliver_waiting, queue_mail

pytestmark = pytest.mark.django_db


class Sink:
    """Keeps what it is given; refuses `refusals` mails as a full server would, and unknown people for ever."""

    def __init__(self, refusals: int = 0) -> None:
        self.refusals = refusals
        self.received: list[Envelope] = []

    async def handle_RCPT(  # noqa: N802  # aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address.startswith("inconnu"):
            return "550 5.1.1 User unknown"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  # aiosmtpd's name
        if self.refusals:
            self.refusals -= 1
            return "452 Insufficient system storage"
        self.received.append(envelope)
        return "250 OK"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@pytest.fixture
def sink(settings: Settings) -> Iterator[Sink]:
    handler = Sink()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = controller.port
    yield handler
    controller.stop()


def queued(to: str = "cget@example.org") -> OutgoingMail:
    with transaction.atomic():
        return queue_mail(to=to, subject="Bilan PAQTE – 62 – 1er semestre 2019", body="Zéro n’est pas vide.")


def test_a_mail_arrives_as_it_was_written(sink: Sink) -> None:
    waiting = queued()

    assert deliver(waiting.pk, at=timezone.now()) == "sent"

    [envelope] = sink.received
    text = (envelope.content or b"").decode("utf-8")  # type: ignore[union-attr]  # bytes by default
    assert envelope.rcpt_tos == ["cget@example.org"]
    assert f"Message-ID: <{waiting.pk}@paqte>" in text
    assert "Subject: =?utf-8?q?Bilan_PAQTE_=E2=80=93_62_=E2=80=93_1er_semestre_2019?=" in text


def test_a_mail_refused_leaves_at_the_next_run_with_the_same_identity(sink: Sink) -> None:
    sink.refusals = 1
    waiting = queued()

    at = timezone.now()

    assert deliver_waiting(at=at) == {"waiting": 1}
    assert deliver_waiting(at=at) == {}
    assert deliver_waiting(at=at + timedelta(minutes=1)) == {"sent": 1}
    assert deliver_waiting(at=at + timedelta(minutes=2)) == {}

    assert [f"<{waiting.pk}@paqte>".encode() in (item.content or b"") for item in sink.received] == [True]


def test_an_unknown_address_is_refused_at_once_and_not_tried_again(sink: Sink) -> None:
    waiting = queued("inconnu@example.org")
    at = timezone.now()

    assert deliver_waiting(at=at) == {"refused": 1}
    assert deliver_waiting(at=at + timedelta(days=1)) == {}

    waiting.refresh_from_db()
    assert (waiting.attempts, waiting.last_error) == (1, "SMTPRecipientsRefused 550")
    assert waiting.problem == "Courriel refusé\u00a0: vérifiez l’adresse."
    assert sink.received == []
