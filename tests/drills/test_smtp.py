"""Mail really leaves, through a real SMTP conversation with a server on loopback that may misbehave."""

import socket
from collections.abc import Iterator

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import transaction
from pytest_django import Settings

from accounts.models import OutgoingMail
from accounts.outbox import deliver, deliver_waiting, queue_mail

pytestmark = [pytest.mark.django_db, pytest.mark.drill]


class Sink:
    """Keeps what it is given; refuses the first `refusals` mails as a full server would."""

    def __init__(self, refusals: int = 0) -> None:
        self.refusals = refusals
        self.received: list[Envelope] = []

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


def queued() -> OutgoingMail:
    with transaction.atomic():
        return queue_mail(
            to="cget@example.org", subject="Bilan PAQTE – 62 – 1er semestre 2019", body="Zéro n’est pas vide."
        )


def test_a_mail_arrives_as_it_was_written(sink: Sink) -> None:
    waiting = queued()

    assert deliver(waiting.pk)

    [envelope] = sink.received
    text = (envelope.content or b"").decode("utf-8")  # type: ignore[union-attr]  # bytes by default
    assert envelope.rcpt_tos == ["cget@example.org"]
    assert f"Message-ID: <{waiting.pk}@paqte>" in text
    assert "Subject: =?utf-8?q?Bilan_PAQTE_=E2=80=93_62_=E2=80=93_1er_semestre_2019?=" in text


def test_a_mail_refused_leaves_at_the_next_run_with_the_same_identity(sink: Sink) -> None:
    sink.refusals = 1
    waiting = queued()

    assert deliver_waiting() == (0, 1)
    assert deliver_waiting() == (1, 0)
    assert deliver_waiting() == (0, 0)

    assert [f"<{waiting.pk}@paqte>".encode() in (item.content or b"") for item in sink.received] == [True]
