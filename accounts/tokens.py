"""Links that only the reader of a mail can open: signed, dated, and void once what they were made from has changed.

Django's own generator of reset tokens has one life for all, and counts sign-ins by the second.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.models import User


@dataclass(frozen=True)
class MailedLink:
    """A kind of link: `state` says what voids it by changing."""

    salt: str
    life: timedelta
    state: Callable[[User], object]

    def token_for(self, user: User) -> str:
        """The token of this account, as it is now."""
        return signing.dumps([user.pk, self._fingerprint(user)], salt=self.salt)

    def reader(self, token: str, *, lock: bool = False) -> User | None:
        """The active account that the token opens, read again; `lock` keeps the row, so that one use is one."""
        try:
            pk, fingerprint = signing.loads(token, salt=self.salt, max_age=self.life)
        except (signing.BadSignature, ValueError):
            return None
        accounts = User.objects.select_for_update(no_key=True) if lock else User.objects.all()
        user = accounts.filter(pk=pk, is_active=True).first()
        return user if user and constant_time_compare(fingerprint, self._fingerprint(user)) else None

    def _fingerprint(self, user: User) -> str:
        return salted_hmac(self.salt, f"{user.pk} {self.state(user)}", algorithm="sha256").hexdigest()[:32]


SIGN_IN = MailedLink(
    "accounts.sign_in_link",
    timedelta(minutes=15),
    lambda user: (user.email, user.password, user.last_login and user.last_login.isoformat()),
)
"""Opens the portal to a company. Signing in by any way voids it."""

NEW_ADDRESS = MailedLink(
    "accounts.new_address",
    timedelta(hours=24),
    lambda user: (user.email, user.new_email, user.new_email_at and user.new_email_at.isoformat()),
)
"""Confirms a new address. Using it, or asking for another, voids it."""
