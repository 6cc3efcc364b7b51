"""The sessions that are open: whose, since when, from what; so that a person can see them and close them."""

import hashlib
import uuid
from datetime import datetime

from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models

from accounts.models.user import User


class SessionQuerySet(models.QuerySet["Session"]):
    """Sessions, by whose they are and whether they still open anything."""

    def open_for(self, user: User, *, at: datetime) -> "SessionQuerySet":
        """Those in which this person is signed in, the last used first."""
        return self.filter(user=user, expire_date__gt=at).order_by("-last_seen", "-started_at")

    def but(self, session_key: str | None) -> "SessionQuerySet":
        """All but this one."""
        return self.exclude(session_key=session_key or "")


class Session(AbstractBaseSession):
    """Django's session and whose it is. The network is kept without its end: it tells the office from elsewhere."""

    # A session is nothing without its account.
    user = models.ForeignKey(
        User, on_delete=models.CASCADE, null=True, blank=True, related_name="sessions", verbose_name="compte"
    )
    started_at = models.DateTimeField("ouverte le")
    last_seen = models.DateTimeField("utilisée le")
    browser = models.CharField("navigateur", max_length=60, blank=True)
    network = models.CharField("réseau", max_length=40, blank=True)

    # The abstract model declares a class variable, the type checker sees an instance.
    objects = BaseSessionManager.from_queryset(SessionQuerySet)()  # type: ignore[misc]

    class Meta:
        verbose_name = "session"
        verbose_name_plural = "sessions"

    def __str__(self) -> str:
        return f"{self.browser}, {self.network}"

    @property
    def public_id(self) -> uuid.UUID:
        """What a page and its address may show of it: the key itself would open the session."""
        return uuid.UUID(hashlib.sha256(self.session_key.encode()).hexdigest()[:32])
