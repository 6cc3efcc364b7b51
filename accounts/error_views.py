"""Refusals and failures in French, with a way back; those of broken requests touch neither database nor session."""

import sys
from http import HTTPStatus

from django.conf import settings
from django.db import InterfaceError, InternalError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string

from accounts.buckets import FAILED, TooMany, waiting
from accounts.confirmation import way_back
from accounts.incidents import reference
from accounts.kept_forms import NEVER, postable, typed_in
from accounts.trail import record_refusal
from accounts.visitors import is_fetch

READ_ONLY = "25006"
"""PostgreSQL's code for a server that only reads, as a copy does before it takes over."""

FORBIDDEN = "Votre compte ne donne pas accès à cette page."


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request cannot be read; nothing in it is trusted, so nothing of it is shown."""
    return _static_page("400.html", HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: the sentence of the refusal."""
    record_refusal(request)
    return _page(request, HTTPStatus.FORBIDDEN, sentence=str(exception) or FORBIDDEN)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form's token is missing or old; the technical reason stays in the log.

    A form of one of our own pages, which the browser vouches for, comes back whole with a new token and a button.
    """
    if is_fetch(request):
        return JsonResponse({"reason": "token"}, status=HTTPStatus.FORBIDDEN)
    ours = request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
    secret = any(NEVER.search(name) for name in request.POST if name != "csrfmiddlewaretoken")
    if not ours or secret:
        return _static_page("403_csrf.html", HTTPStatus.FORBIDDEN, fields=[], token="", path="")
    context = {"fields": postable(request), "token": get_token(request), "path": request.get_full_path()}
    return _static_page("403_csrf.html", HTTPStatus.FORBIDDEN, **context)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: the same words for what is hidden and for what never existed."""
    record_refusal(request)
    return _page(request, HTTPStatus.NOT_FOUND)


def method_not_allowed(request: HttpRequest, allowed: str) -> HttpResponse:
    """405: the address exists but cannot be used in this way."""
    response = _page(request, HTTPStatus.METHOD_NOT_ALLOWED)
    response.headers["Allow"] = allowed
    return response


def conflict(request: HttpRequest, sentence: str) -> HttpResponse:
    """409: what was asked no longer fits what is there."""
    return _page(request, HTTPStatus.CONFLICT, sentence=sentence, back=way_back(request), typed=typed_in(request))


def too_many(request: HttpRequest, refusal: TooMany) -> HttpResponse:
    """429: a limit is reached; says when to come back, never whether an account exists."""
    return _too_many(request, refusal.sentence, refusal.seconds)


def too_many_attempts(request: HttpRequest, response: object, credentials: object) -> HttpResponse:
    """429 of django-axes: this account is closed to this network address for a while."""
    return _too_many(request, FAILED, int(settings.AXES_COOLOFF_TIME.total_seconds()))


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 when the database is what does not answer: then coming back in a moment helps."""
    if _is_of_the_database(sys.exc_info()[1]):
        response = _static_page("503.html", HTTPStatus.SERVICE_UNAVAILABLE, sent=request.method == "POST")
        response.headers["Retry-After"] = "30"
        return response
    return _static_page("500.html", HTTPStatus.INTERNAL_SERVER_ERROR)


def _is_of_the_database(error: BaseException | None) -> bool:
    """Whether the database is away, full, or lets nothing be written: the same request succeeds later."""
    if isinstance(error, OperationalError | InterfaceError):
        return True
    return isinstance(error, InternalError) and getattr(error.__cause__, "pgcode", "") == READ_ONLY


def _too_many(request: HttpRequest, sentence: str, seconds: int) -> HttpResponse:
    """The page that says how long to wait, to people and to machines."""
    page = _page(request, HTTPStatus.TOO_MANY_REQUESTS, sentence=sentence, wait=waiting(seconds), failed=FAILED)
    page.headers["Retry-After"] = str(seconds)
    return page


def _page(request: HttpRequest, status: HTTPStatus, **context: object) -> HttpResponse:
    """A page in the portal's frame, which knows who is signed in."""
    return HttpResponse(render_to_string(f"{status.value}.html", context, request), status=status.value)


def _static_page(template: str, status: HTTPStatus, **context: object) -> HttpResponse:
    """A page that needs nothing but its template, neither database nor session."""
    return HttpResponse(render_to_string(template, {"reference": reference(), **context}), status=status.value)
