"""Delivery notices: a mail that came back is found by its Message-ID; a delay, an answer, a stranger say nothing."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils.timezone import now

from accounts.models import OutgoingMail
from accounts.outbox import queue_mail

pytestmark = pytest.mark.django_db

NOTICE = """From MAILER-DAEMON Mon Jul 22 09:00:00 2019
From: MAILER-DAEMON@relais.example
To: ne-pas-repondre@prefecture.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="COUPE"

--COUPE
Content-Type: text/plain

This is the mail system. <a@example.org>: unknown user

--COUPE
Content-Type: message/delivery-status

Reporting-MTA: dns; relais.example

Final-Recipient: rfc822; a@example.org
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 unknown user

--COUPE
Content-Type: {quoted}

Message-ID: {message_id}
Subject: Invitation

--COUPE--

"""


def sent() -> OutgoingMail:
    with transaction.atomic():
        mail = queue_mail(to="a@example.org", subject="Invitation", body="Bonjour")
    OutgoingMail.objects.update(delivery="sent", sent_at=now())
    return mail


def notice(message_id: str, *, action: str = "failed", status: str = "5.1.1", quoted: str = "message/rfc822") -> str:
    return NOTICE.format(message_id=message_id, action=action, status=status, quoted=quoted)


def read(tmp_path: Path, *notices: str) -> str:
    (tmp_path / "boite").write_text("".join(notices), encoding="utf-8")
    said = StringIO()
    call_command("read_bounces", str(tmp_path / "boite"), stdout=said)
    return said.getvalue()


@pytest.mark.parametrize("quoted", ["message/rfc822", "text/rfc822-headers"])
def test_a_mail_that_came_back_is_refused(tmp_path: Path, quoted: str) -> None:
    mail = sent()

    said = read(tmp_path, notice(mail.message_id, quoted=quoted))

    mail.refresh_from_db()
    assert said == "a@example.org : 5.1.1 smtp; 550 5.1.1 unknown user\n1 courriel(s) revenu(s).\n"
    assert (mail.delivery, mail.problem) == ("refused", "Courriel refusé\u00a0: vérifiez l’adresse.")


def test_read_twice_it_changes_nothing_and_leaves_the_mailbox_alone(tmp_path: Path) -> None:
    mail = sent()
    read(tmp_path, notice(mail.message_id))

    assert read(tmp_path, notice(mail.message_id)) == "0 courriel(s) revenu(s).\n"
    assert (tmp_path / "boite").read_text("utf-8") == notice(mail.message_id)


def test_a_delay_an_answer_and_a_strangers_mail_say_nothing(tmp_path: Path) -> None:
    mail = sent()
    answer = f"From a@example.org Mon Jul 22 09:00:00 2019\nIn-Reply-To: {mail.message_id}\n\nMerci.\n\n"
    stranger = notice("<00000000-0000-4000-8000-000000000000@paqte>")
    delayed = notice(mail.message_id, action="delayed", status="4.4.1")
    damaged = "From x Mon Jul 22 09:00:00 2019\nContent-Type: multipart/report; report-type=delivery-status\n\n\n"

    assert read(tmp_path, answer, delayed, stranger, notice("<autre@ailleurs.example>"), damaged) == (
        "0 courriel(s) revenu(s).\n"
    )
    mail.refresh_from_db()
    assert mail.delivery == "sent"


def test_a_mailbox_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="n’est pas un fichier que l’on puisse lire"):
        call_command("read_bounces", str(tmp_path / "absente"))
