"""What every answer carries: headers that keep private pages out of caches, and sessions that slide while in use."""

import logging
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import DatabaseError, IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone

from accounts.buckets import TooMany
from accounts.door import is_too_weak
from accounts.error_views import conflict, method_not_allowed, too_many
from accounts.known_browsers import remember
from accounts.models import User
from accounts.sessions import SessionStore
from accounts.uniqueness import sentence_of

logger = logging.getLogger(__name__)

GetResponse = Callable[[HttpRequest], HttpResponseBase]
READING = ("GET", "HEAD")

FIXED_HEADERS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


class ResponseHeadersMiddleware:
    """Adds the headers that Django has no setting for, and forbids to store what a signed-in person was shown."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for name, value in FIXED_HEADERS.items():
            response.headers.setdefault(name, value)
        # The cookie, not request.user: a page that answers while the database is down must not ask it who is there.
        has_session = any(settings.SESSION_COOKIE_NAME in jar for jar in (request.COOKIES, response.cookies))
        if has_session and not request.path.startswith(settings.STATIC_URL):
            response.headers["Cache-Control"] = "no-store"
        # A redirection to the sign-in or a refusal, kept by a cache, would be shown to whoever has signed in since.
        response.headers.setdefault("Cache-Control", "no-cache")
        return response


class SecondFactorMiddleware:
    """Closes a session opened by one proof when the account needs two: the door asks at sign-in, rules change later."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if settings.PAQTE_SECOND_FACTOR and isinstance(request.user, User) and is_too_weak(request, request.user):
            logout(request)
        return self.get_response(request)


class LocalTimeMiddleware:
    """Prints hours as they were where the reader works: a deadline in La Réunion is not read on a clock in Paris."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        zone = request.user.time_zone if isinstance(request.user, User) else ""
        with timezone.override(zone or None):
            return self.get_response(request)


class PortalSessionMiddleware(SessionMiddleware):
    """Renews a session in use, at most every few minutes, and remembers in the browser whose it is.

    A page that was read is shown even if nothing can be written.
    """

    def process_request(self, request: HttpRequest) -> None:
        """Django's own, and from what the session is used."""
        super().process_request(request)
        if isinstance(request.session, SessionStore):
            request.session.seen_from(request)

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Slide and save."""
        session = request.session
        if isinstance(session, SessionStore) and session.is_due_for_renewal():
            session.slide()
        # Whichever way one signed in: Django's own, a link, a code or ProConnect.
        if session.accessed and SESSION_KEY in session:
            remember(request, response, int(session[SESSION_KEY]))
        try:
            return super().process_response(request, response)
        except SessionInterrupted:
            # Closed from elsewhere while this answer was made: what was done is done, the next page asks to sign in.
            return response
        except DatabaseError:
            if request.method not in READING:
                raise
            logger.warning("a session could not be written; the page is shown all the same")
            return response


class MethodMiddleware:
    """Answers 405 in French, and at once to methods that no page uses: TRACE would run a view as GET does."""

    METHODS = ("GET", "HEAD", "POST", "OPTIONS")

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in self.METHODS:
            return method_not_allowed(request, ", ".join(self.METHODS))
        response = self.get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            return method_not_allowed(request, response.headers.get("Allow", ""))
        return response


class LimitMiddleware:
    """Turns a limit that was reached into the page that says how long to wait."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer 429; any other exception goes its way."""
        return too_many(request, exception) if isinstance(exception, TooMany) else None


class UniquenessMiddleware:
    """Two people wrote the same thing at once and a view had no sentence for it: 409 in French, never 500."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer with the sentence of the rule; any other exception goes its way."""
        sentence = sentence_of(exception) if isinstance(exception, IntegrityError) else ""
        return conflict(request, sentence) if sentence else None
