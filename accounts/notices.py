"""Tells somebody, and the journal, what was done with their account: a stranger's hand does not go unseen."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.models import AccountAct, User
from accounts.outbox import queue_mail
from territories.clock import now

CHANGED = "Portail PAQTE : votre compte a changé"


def tell(user: User, sentence: str, *, to: str = "") -> None:
    """Queue a notice for the person, at their address or at `to`: the one that they just left."""
    notify(user, CHANGED, "emails/account_notice.txt", to=to, sentence=sentence)


def note(user: User, kind: AccountAct.Kind) -> None:
    """Keep in the journal of accounts what somebody did to their own: the mail is gone after six months, this stays."""
    AccountAct.objects.create(account=user, kind=kind, at=now(user.department), by=user)


def notify(user: User, subject: str, template: str, *, to: str = "", **context: object) -> None:
    """Queue a mail that says `at` what hour, where the person works, and whose `contact` to turn to."""
    with timezone.override(user.time_zone or None):
        own = {"at": timezone.localtime(), "contact": settings.CONTACT_ADDRESS}
        body = render_to_string(template, {**context, **own})
    queue_mail(to=to or user.email, subject=subject, body=body)
