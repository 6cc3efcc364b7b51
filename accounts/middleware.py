"""What every answer carries: headers that keep private pages out of caches, and sessions that slide while in use."""

import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import DatabaseError, IntegrityError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import reverse
from django.utils import timezone

from accounts.buckets import TooMany
from accounts.door import is_too_weak
from accounts.error_views import conflict, method_not_allowed, too_many
from accounts.kept_forms import SENT_AGAIN, forget_form, keep_form, kept_form
from accounts.known_browsers import remember
from accounts.models import User
from accounts.sessions import SessionStore
from accounts.trail import NOTED, record_export
from accounts.uniqueness import BUSY, is_busy, sentence_of
from accounts.visitors import is_fetch

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
        if isinstance(session, SessionStore) and is_fetch(request) and session.started_at:
            response.headers["Session-Ends"] = session.ends_at.isoformat()
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


class TrailMiddleware:
    """Notes every file that somebody signed in takes away, whichever view gives it, once it has left.

    Nobody waits for the note: a file that was kept is given about as fast as a page that says nothing.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if _is_taken(request, response) and isinstance(request.user, User) and not hasattr(request, NOTED):
            _when_gone(response, lambda: record_export(request, getattr(response, "file_name", "") or request.path))
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
    """Two people wrote at once, and a view had no sentence for whoever came second: 409 in French, never 500."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer with the sentence of the rule, or of the wait; any other exception goes its way."""
        sentence = sentence_of(exception) if isinstance(exception, IntegrityError) else ""
        if isinstance(exception, OperationalError) and is_busy(exception):
            sentence = BUSY
        return conflict(request, sentence) if sentence else None


class SignInMiddleware(LoginRequiredMiddleware):
    """Sends visitors to sign in, as Django does; what they had typed is kept, and a script is told in its own words."""

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase], view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:  # Any: Django's own signature
        """Let somebody signed in go on; a form that another account left in this browser goes before any page."""
        refusal = super().process_view(request, view_func, view_args, view_kwargs)
        if refusal is None:
            _forget_foreign_form(request, view_func)
            return None
        if is_fetch(request):
            return JsonResponse({"reason": "signed-out"}, status=HTTPStatus.UNAUTHORIZED)
        if request.method == "POST" and keep_form(request):
            return redirect_to_login(reverse("kept_form"))
        return refusal

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Let go of a kept form once a page took it; a page 404 or 503 has no field to put it back into."""
        taken = response.status_code < HTTPStatus.BAD_REQUEST or response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        if taken and request.method == "POST" and request.user.is_authenticated and SENT_AGAIN in request.POST:
            forget_form(request)
        return response


def _when_gone(response: HttpResponseBase, work: Callable[[], None]) -> None:
    """Do this when the server has sent the answer, and before it forgets the request."""
    close = response.close

    def closed() -> None:
        work()
        close()

    setattr(response, "close", closed)  # noqa: B010  # a method that mypy would not let go


def _is_taken(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether the answer is a file to keep, whole."""
    whole = response.status_code == HTTPStatus.OK and request.method != "HEAD"
    return whole and response.headers.get("Content-Disposition", "").startswith("attachment")


def _forget_foreign_form(request: HttpRequest, view_func: Callable[..., HttpResponseBase]) -> None:
    """On pages for people with an account: the others must not ask the database who is there."""
    kept = kept_form(request) if getattr(view_func, "login_required", True) else None
    if kept is not None and kept.account != request.user.pk:
        forget_form(request)
