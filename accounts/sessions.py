"""Sessions in the database that know whose they are and when they end: two hours without use, twelve in all."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore
from django.db import DatabaseError
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import Session, User
from accounts.throttle import client_address
from accounts.visitors import browser_words, network_words

RENEWAL_STEP = timedelta(minutes=5)
"""Two hours of inactivity are counted to within this; a session is written at most once per step."""


class SessionStore(DatabaseSessionStore):
    """Django's database session, plus what the row says beside the data: whose, since when, until when."""

    loaded_expiry: datetime | None = None
    started_at: datetime | None = None
    holder: str = ""
    """Whose session it was when `started_at` was noted: signing in begins the twelve hours."""
    browser: str = ""
    network: str = ""
    slides: bool = False
    """Whether a save has nothing to write but the new end."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Our own table."""
        return Session

    def seen_from(self, request: HttpRequest) -> None:
        """Note from what the session is used."""
        self.browser = browser_words(request.headers.get("User-Agent", ""))
        self.network = network_words(client_address(request))

    def load(self) -> dict[str, Any]:  # Any: a session holds whatever was put in it
        """Read the session in one query, keeping what stands beside the data."""
        row = self._get_session_from_db()  # type: ignore[attr-defined]  # missing from the stubs
        if row is None:
            return {}
        self.loaded_expiry, self.started_at = row.expire_date, row.started_at
        data: dict[str, Any] = self.decode(row.session_data)  # Any: as above
        self.holder = data.get(SESSION_KEY, "")
        return data

    def create_model_instance(self, data: dict[str, Any]) -> Session:  # Any: as above
        """The row to write."""
        now = timezone.now()
        holder = data.get(SESSION_KEY, "")
        if self.started_at is None or holder != self.holder:
            self.started_at, self.holder = now, holder
        return Session(
            session_key=self._get_or_create_session_key(),  # type: ignore[attr-defined]  # missing from the stubs
            session_data=self.encode(data),
            expire_date=self.get_expiry_date(),
            user_id=int(holder) if holder else None,
            started_at=self.started_at,
            last_seen=now,
            browser=self.browser,
            network=self.network,
        )

    def save(self, must_create: bool = False) -> None:  # noqa: FBT001, FBT002  # Django's own signature
        """Write the session, or only its new end; a database that cannot write says so as itself."""
        try:
            if self.slides and not must_create:
                self._save_end()
            else:
                super().save(must_create)
        except UpdateError as error:
            cause = error.__context__
            # Django takes a full disk for a session that somebody closed; that one is a bare DatabaseError.
            if isinstance(cause, DatabaseError) and type(cause) is not DatabaseError:
                # With what the driver said: its code tells a database that only reads from a fault of ours.
                raise cause from cause.__cause__
            raise

    def _save_end(self) -> None:
        """Without the data: what another request of this person stored meanwhile must stay."""
        row = self.create_model_instance(self._get_session())  # type: ignore[attr-defined]  # missing from the stubs
        changes = {name: getattr(row, name) for name in ("expire_date", "last_seen", "browser", "network")}
        if not Session.objects.filter(pk=row.pk).update(**changes):
            raise UpdateError

    def get_session_cookie_age(self) -> int:
        """Seconds until the session ends by itself if it is used now."""
        if self.started_at is None:
            return settings.SESSION_COOKIE_AGE
        left = (self.limit - timezone.now()).total_seconds()
        return max(0, min(settings.SESSION_COOKIE_AGE, int(left)))

    @property
    def limit(self) -> datetime:
        """The instant that no use moves."""
        return (self.started_at or timezone.now()) + timedelta(seconds=settings.SESSION_LONGEST_AGE)

    @property
    def ends_at(self) -> datetime:
        """When the session that this answer leaves behind ends without further use."""
        if self.loaded_expiry is None or self.modified or self.is_due_for_renewal():
            return timezone.now() + timedelta(seconds=self.get_session_cookie_age())
        return self.loaded_expiry

    def is_due_for_renewal(self) -> bool:
        """True when a session that was read has been used of its time by more than one step."""
        if self.loaded_expiry is None:
            return False
        fresh_expiry = timezone.now() + timedelta(seconds=self.get_session_cookie_age())
        return fresh_expiry - self.loaded_expiry >= RENEWAL_STEP

    def slide(self) -> None:
        """Give the session its whole time again; nothing else of it is written unless something else changed."""
        self.slides = not self.modified
        self.modified = True


def end_sessions(user: User, *, but: str | None = None) -> int:
    """Close every session of this person, except the one with this key; how many were open.

    After a change of password, an end of the account, or because its owner asked.
    """
    others = Session.objects.filter(user=user).but(but)
    return others.delete()[0]
