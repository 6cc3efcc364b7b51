"""Queue a mail inside a transaction and deliver it after the commit, at most once more than wanted, never less."""

import logging
import smtplib
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.utils import timezone

from accounts.bounces import Bounce
from accounts.models import OutgoingMail

logger = logging.getLogger(__name__)

SMTP = "django.core.mail.backends.smtp.EmailBackend"
FORGOTTEN = "[texte retiré après l’envoi : il portait un lien secret]"

Delivery = OutgoingMail.Delivery


class OutsideTransaction(RuntimeError):
    """A mail was queued outside a transaction: state and mail would not stand or fall together."""


class NothingLeaves(OSError):
    """A real portal writes its mails into a file or a list: whoever waits for them never gets them."""


@dataclass(frozen=True)
class Mail:
    """What is to be written to one person."""

    to: str
    subject: str
    """Put on one line: a company's name must not add a header."""
    body: str
    purpose: str = ""
    """What has its mail already keeps it, whoever asks again; empty: as often as it is asked."""
    holds_secret: bool = False
    """A text that holds a secret link is forgotten once it left."""


def queue_mails(mails: Iterable[Mail]) -> list[OutgoingMail]:
    """Write the rows in the current transaction; they leave once that is committed. In order; three queries at most.

    Raises OutsideTransaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise OutsideTransaction
    rows = [OutgoingMail(**asdict(mail) | {"subject": " ".join(mail.subject.split())[:250]}) for mail in mails]
    OutgoingMail.objects.bulk_create(row for row in rows if not row.purpose)
    told_apart = [row for row in rows if row.purpose]
    OutgoingMail.objects.bulk_create(told_apart, ignore_conflicts=True)
    known = OutgoingMail.objects.filter(purpose__in=[row.purpose for row in told_apart])
    kept = {mail.purpose: mail for mail in known} if told_apart else {}
    queued = [kept[row.purpose] if row.purpose else row for row in rows]
    if settings.PAQTE_MAIL_AFTER_COMMIT:
        for pk in {row.pk for row in rows} & {mail.pk for mail in queued}:
            transaction.on_commit(partial(_deliver_now, pk))
    return queued


def queue_mail(*, to: str, subject: str, body: str, purpose: str = "", holds_secret: bool = False) -> OutgoingMail:
    """The same for one mail."""
    return queue_mails([Mail(to, subject, body, purpose, holds_secret)])[0]


def deliver(pk: UUID, *, at: datetime) -> Delivery | None:
    """Try one mail that is due; what became of it, None when it was not to be tried.

    The row is locked meanwhile, so two senders never send it twice.
    """
    with transaction.atomic():
        mail = OutgoingMail.objects.due(at=at).select_for_update(skip_locked=True).filter(pk=pk).first()
        if mail is None:
            return None
        mail.attempts += 1
        try:
            _send(mail)
        except (OSError, smtplib.SMTPException) as error:
            _keep_failure(mail, error, at=at)
        else:
            mail.left(at=at)
        if mail.holds_secret and mail.delivery != Delivery.WAITING:
            mail.body = FORGOTTEN
        mail.save(update_fields=["attempts", "delivery", "next_try_at", "sent_at", "last_error", "body"])
        return Delivery(mail.delivery)


def deliver_waiting(*, at: datetime) -> Counter[Delivery]:
    """Try everything that is due; how many of each fate."""
    due = list(OutgoingMail.objects.due(at=at).values_list("pk", flat=True))
    return Counter(fate for pk in due if (fate := deliver(pk, at=at)))


@transaction.atomic
def note_bounces(bounces: Iterable[Bounce]) -> list[OutgoingMail]:
    """Mark as refused the mails that came back; returns them. Read again, a notice changes nothing."""
    reasons = {bounce.mail: bounce.reason for bounce in bounces}
    rows = OutgoingMail.objects.select_for_update().filter(pk__in=reasons).exclude(delivery=Delivery.REFUSED)
    found = list(rows)
    for mail in found:
        mail.refused(error=reasons[mail.pk])
        mail.save(update_fields=["delivery", "last_error"])
    return found


def _deliver_now(pk: UUID) -> None:
    deliver(pk, at=timezone.now())


def _keep_failure(mail: OutgoingMail, error: Exception, *, at: datetime) -> None:
    """Refused for good, or tried again later."""
    code = _permanent_code(error)
    logger.warning("mail %s not sent: %s %s", mail.pk, type(error).__name__, code or "")
    if code:
        mail.refused(error=f"{type(error).__name__} {code}")
    else:
        mail.put_off(at=at, error=type(error).__name__)


def _permanent_code(error: Exception) -> int:
    """The 5xx with which the server refused this address or this text; 0 when the next try may go better.

    A refused sender or password is the portal's own affair, which somebody repairs meanwhile.
    """
    match error:
        case smtplib.SMTPRecipientsRefused(recipients=answers):
            code = min(code for code, _ in answers.values())
        case smtplib.SMTPDataError(smtp_code=code):
            pass
        case _:
            return 0
    return code if code >= 500 else 0


def _send(mail: OutgoingMail) -> None:
    """Hand one mail over. The Message-ID comes from the row: a second try is the same mail."""
    if settings.PRODUCTION and settings.EMAIL_BACKEND != SMTP:
        raise NothingLeaves
    EmailMessage(
        subject=mail.subject,
        body=mail.body,
        to=[mail.to],
        headers={"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"},
        connection=get_connection(),
    ).send()
