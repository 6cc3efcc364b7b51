"""A form sent after the end of a session: kept until its author signed in again, shown and sent to nobody else."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from accounts.confirmation import typed
from accounts.known_browsers import accounts_known_here
from accounts.models import Session

KEY = "kept_form"
SENT_AGAIN = "saisie-conservee"
"""The field that tells a form sent again from one typed anew."""
LIFETIME = timedelta(hours=1)
LONGEST = 400_000
"""Characters: four times the longest bilan. The session of a visitor must not become a store of files."""
NEVER = re.compile(r"pass|secret|token|otp", re.IGNORECASE)
"""Fields that are not written anywhere, and the token of the page that was left."""
NEVER_UNDER = "/mon-compte/"
"""Where one changes what one signs in with."""


@dataclass(frozen=True)
class KeptForm:
    """What was typed, where it was going, and whose it is."""

    path: str
    fields: tuple[tuple[str, str], ...]
    account: int
    had_files: bool

    @property
    def typed(self) -> list[str]:
        """What a person can read again, if it can no longer be sent."""
        return typed(self.fields)


def keep_form(request: HttpRequest) -> bool:
    """Keep the form of this request, its token verified; false when nobody knows whose it is, or it is too long.

    Only a browser in which somebody was signed in has something to lose: nobody else can make the portal store a text.
    """
    author = _author(request)
    fields = postable(request)
    if author is None or not fields or request.path.startswith(NEVER_UNDER):
        return False
    if sum(len(name) + len(value) for name, value in fields) > LONGEST:
        return False
    request.session[KEY] = {
        "path": request.get_full_path(),
        "fields": fields,
        "account": author,
        "had_files": bool(request.FILES),
        "until": (timezone.now() + LIFETIME).isoformat(),
    }
    return True


def kept_form(request: HttpRequest) -> KeptForm | None:
    """The form that waits in this session, while it may still be sent."""
    session = getattr(request, "session", None)
    kept = session.get(KEY) if session is not None else None
    if not kept or datetime.fromisoformat(kept["until"]) <= timezone.now():
        return None
    fields = tuple((name, value) for name, value in kept["fields"])
    return KeptForm(kept["path"], fields, kept["account"], kept["had_files"])


def forget_form(request: HttpRequest) -> None:
    """Let go of the form that waits, if there is one."""
    request.session.pop(KEY, None)


@contextmanager
def form_carried_over(request: HttpRequest) -> Iterator[None]:
    """Let the form that waits outlive a session that is thrown away at the door, before the second proof."""
    kept = request.session.get(KEY)
    yield
    if kept:
        request.session[KEY] = kept


def postable(request: HttpRequest) -> list[tuple[str, str]]:
    """What may be written into another page: every field but secrets; never a file."""
    return [(name, str(value)) for name, values in request.POST.lists() if not NEVER.search(name) for value in values]


def typed_in(request: HttpRequest) -> list[str]:
    """What a refused sending had in it, for its author to read and copy; nothing of a page that is only opened."""
    return typed((name, value) for name, value in postable(request) if name != SENT_AGAIN)


def _author(request: HttpRequest) -> int | None:
    """Who was signed in: by the row of the session that ended, else the last to sign in from this browser."""
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    account = Session.objects.filter(pk=key).values_list("user_id", flat=True).first() if key else None
    return account or next(iter(accounts_known_here(request)), None)
