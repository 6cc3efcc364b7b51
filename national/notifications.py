"""The mails of the agency to référents, queued in the transaction of what they tell."""

from collections.abc import Iterable, Sequence

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.links import link_to
from accounts.models import OutgoingMail, User
from accounts.outbox import Mail, queue_mails
from national.models import Message
from national.selectors.board import Line
from territories.models import Department


def reminder_text(department: Department, owed: Sequence[Line]) -> tuple[str, str]:
    """The subject of a reminder, and its text: which bilans, since when, where they are written."""
    context = {"department": department, "owed": owed, "link": link_to(reverse("bilan_list"))}
    several = "s" if len(owed) > 1 else ""
    subject = f"PAQTE {department.of_name}\u00a0: bilan{several} attendu{several}"
    return subject, render_to_string("emails/bilan_reminder.txt", context).strip()


def send(message: Message, people: Iterable[User]) -> list[OutgoingMail]:
    """Queue the mail of each référent, in their order, once for each message."""
    context = {"message": message, "contact": settings.CGET_BILAN_ADDRESS}
    body = render_to_string("emails/message_of_the_agency.txt", context)
    return queue_mails(
        Mail(person.email, message.subject, body, purpose=f"message {message.pk} {person.pk}") for person in people
    )
