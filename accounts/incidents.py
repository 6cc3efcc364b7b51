"""One reference per request, on the pages of errors and in every line of the log: who has one finds the other.

Not on the page 404: what is hidden and what never existed answer with the same bytes. Its header has the reference.
"""

import logging
import re
from collections.abc import Callable
from contextvars import ContextVar
from http import HTTPStatus
from uuid import uuid4

from django.http import HttpRequest, HttpResponseBase

MAILED_LINK = re.compile(r"(/invitation/|/connexion/lien/|/mon-compte/adresse/|/mot-de-passe/[^/\s]+/)[^/\s]+")
"""The addresses that open something to whoever knows them: a log is read and copied by others than their reader."""

_reference = ContextVar("reference", default="-")


def reference() -> str:
    """The reference of the request that is being answered; a dash outside of one."""
    return _reference.get()


class ReferenceMiddleware:
    """Draws the reference. Nobody else may: two requests that chose the same one could not be told apart."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        # Kept until the next request of this thread: Django writes its own line after the last middleware.
        _reference.set(uuid4().hex[:12])
        response = self.get_response(request)
        response.headers["X-Request-ID"] = reference()
        return response


class LogFilter(logging.Filter):
    """Gives each line its reference, takes secrets out of addresses, and tracebacks off what is no fault of ours."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep every record: only what it carries changes."""
        record.reference = reference()
        if isinstance(record.args, tuple):
            record.args = tuple(MAILED_LINK.sub(r"\1…", arg) if isinstance(arg, str) else arg for arg in record.args)
        if getattr(record, "status_code", HTTPStatus.INTERNAL_SERVER_ERROR) < HTTPStatus.INTERNAL_SERVER_ERROR:
            record.exc_info = record.exc_text = None
        return True
