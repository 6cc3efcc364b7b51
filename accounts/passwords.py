"""What follows any change of a password, whichever page it was made on."""

from axes.utils import reset as forget_failures
from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.models import User
from accounts.outbox import queue_mail
from accounts.sessions import end_sessions

CHANGED = "Portail PAQTE : votre mot de passe a changé"


@transaction.atomic
def password_changed(user: User, *, keep: str | None = None) -> None:
    """Close the other sessions (`keep` is the key of one's own), forget the failed tries, tell the person by mail."""
    end_sessions(user, but=keep)
    forget_failures(username=user.email)
    with timezone.override(user.time_zone or None):
        context = {"at": timezone.localtime(), "contact": settings.CONTACT_ADDRESS}
        body = render_to_string("emails/password_changed.txt", context)
    queue_mail(to=user.email, subject=CHANGED, body=body)
