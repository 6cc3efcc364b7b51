"""Queue a mail inside a transaction and deliver it after the commit, at most once more than wanted, never less."""

import logging
import smtplib
from functools import partial
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.utils import timezone

from accounts.models import OutgoingMail

logger = logging.getLogger(__name__)

SMTP = "django.core.mail.backends.smtp.EmailBackend"

MAX_ATTEMPTS = 1440
"""24 hours of tries, one a minute."""

FORGOTTEN = "[texte retiré après l’envoi : il portait un lien secret]"


class OutsideTransaction(RuntimeError):
    """A mail was queued outside a transaction: state and mail would not stand or fall together."""


class NothingLeaves(OSError):
    """A real portal writes its mails into a file or a list: whoever waits for them never gets them."""


def queue_mail(*, to: str, subject: str, body: str, holds_secret: bool = False) -> OutgoingMail:
    """Write the mail's row in the current transaction; it leaves once that is committed.

    The subject is put on one line: a company's name must not add a header. A text that holds a secret link is
    forgotten once it left. Raises OutsideTransaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise OutsideTransaction(subject)
    line = " ".join(subject.split())[:250]
    mail = OutgoingMail.objects.create(to=to, subject=line, body=body, holds_secret=holds_secret)
    if settings.PAQTE_MAIL_AFTER_COMMIT:
        transaction.on_commit(partial(deliver, mail.pk))
    return mail


def deliver(pk: UUID) -> bool:
    """Send one waiting mail; True when it left. The row is locked meanwhile, so two senders never send it twice."""
    with transaction.atomic():
        waiting = OutgoingMail.objects.select_for_update(skip_locked=True).filter(pk=pk, sent_at=None)
        mail = waiting.first()
        if mail is None:
            return False
        mail.attempts += 1
        try:
            _send(mail)
        except (OSError, smtplib.SMTPException) as error:
            logger.warning("mail %s not sent: %s", mail.pk, type(error).__name__)
            mail.last_error = type(error).__name__
        else:
            mail.sent_at, mail.last_error = timezone.now(), ""
            mail.body = FORGOTTEN if mail.holds_secret else mail.body
        mail.save(update_fields=["attempts", "sent_at", "last_error", "body"])
        return mail.sent_at is not None


def deliver_waiting() -> tuple[int, int]:
    """Send everything that waits; returns how many left and how many did not."""
    waiting = OutgoingMail.objects.filter(sent_at=None, attempts__lt=MAX_ATTEMPTS).values_list("pk", flat=True)
    outcomes = [deliver(pk) for pk in list(waiting)]
    return outcomes.count(True), outcomes.count(False)


def _send(mail: OutgoingMail) -> None:
    """Hand one mail over. The Message-ID comes from the row: a second try is the same mail."""
    if settings.PRODUCTION and settings.EMAIL_BACKEND != SMTP:
        raise NothingLeaves
    EmailMessage(
        subject=mail.subject,
        body=mail.body,
        to=[mail.to],
        headers={"Message-ID": f"<{mail.pk}@paqte>", "Auto-Submitted": "auto-generated"},
        connection=get_connection(),
    ).send()
