"""Sessions in the database that know when they end, so that only old ones are renewed and reading rarely writes."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore
from django.utils import timezone

RENEWAL_STEP = timedelta(minutes=5)
"""Two hours of inactivity are counted to within this; a session is written at most once per step."""


class SessionStore(DatabaseSessionStore):
    """Django's database session, plus the end date that was read with it."""

    loaded_expiry: datetime | None = None

    def load(self) -> dict[str, Any]:  # Any: a session holds whatever was put in it
        """Read the session in one query, keeping its end."""
        row = self._get_session_from_db()  # type: ignore[attr-defined]  # missing from the stubs
        self.loaded_expiry = row.expire_date if row else None
        return self.decode(row.session_data) if row else {}

    def is_due_for_renewal(self) -> bool:
        """True when a session that was read has been used of its time by more than one step."""
        if self.loaded_expiry is None:
            return False
        fresh_expiry = timezone.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE)
        return fresh_expiry - self.loaded_expiry >= RENEWAL_STEP
