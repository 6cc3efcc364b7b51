"""What follows any change of a password, whichever page it was made on."""

from axes.utils import reset as forget_failures
from django.db import transaction

from accounts.models import AccountAct, User
from accounts.notices import note, notify
from accounts.sessions import end_sessions

CHANGED = "Portail PAQTE : votre mot de passe a changé"


@transaction.atomic
def password_changed(user: User, *, keep: str | None = None) -> None:
    """Close the other sessions (`keep` is the key of one's own), forget the failed tries, tell the person by mail."""
    end_sessions(user, but=keep)
    forget_failures(username=user.email)
    note(user, AccountAct.Kind.PASSWORD)
    notify(user, CHANGED, "emails/password_changed.txt")
