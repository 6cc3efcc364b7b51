"""Notes in the traces who came in, what left, what was brought, and which doors stayed closed (`models.Trace`)."""

import logging
import unicodedata
from contextlib import nullcontext

from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest

from accounts.models import Trace, User
from accounts.roles import Role
from accounts.throttle import client_address
from accounts.visitors import network_words
from territories.clock import now

logger = logging.getLogger(__name__)

LONGEST = 200
"""Characters that a trace keeps of a name."""

NOTED = "export_noted"
"""The mark of a request whose export its view told already."""


def record_export(request: HttpRequest, what: str, *, rows: int | None = None) -> None:
    """Note that this person takes a file away: its name, and how many rows of data it has where that is known.

    A view that does not call it is not forgotten: `TrailMiddleware` notes every file, without its rows.
    """
    setattr(request, NOTED, True)
    if request.method != "HEAD":  # Asked without its content, nothing leaves.
        _note(request, Trace.Kind.EXPORT, what=what, rows=rows)


def record_import(request: HttpRequest, what: str, *, rows: int | None = None) -> None:
    """Note that this person brought a file in, once it is in: its name, and how many rows it wrote."""
    _note(request, Trace.Kind.IMPORT, what=what, rows=rows)


def record_refusal(request: HttpRequest) -> None:
    """Note that somebody signed in was not let in somewhere; an address that leads nowhere for anybody is no door."""
    if request.resolver_match and isinstance(request.user, User):
        _note(request, Trace.Kind.REFUSAL, what=f"{request.method} {_address(request)}")


def record_sign_in(request: HttpRequest, user: User) -> None:
    """Note that somebody came in, whichever way."""
    _note(request, Trace.Kind.SIGN_IN, by=user)


def record_sign_out(request: HttpRequest) -> None:
    """Note that somebody goes; to be called while it is known who."""
    if isinstance(request.user, User):
        _note(request, Trace.Kind.SIGN_OUT)


def record_refused_sign_in(request: HttpRequest, account: User | None, what: str = "") -> None:
    """Note that a sign-in failed, and whose account it was about when there is one; what was typed never is."""
    _note(request, Trace.Kind.SIGN_IN_REFUSED, what=what, by=account)


def _note(
    request: HttpRequest, kind: Trace.Kind, *, what: str = "", rows: int | None = None, by: User | None = None
) -> None:
    """One row. What cannot be noted is told to the machine's log: no page fails for it."""
    visitor = getattr(request, "user", None)
    person = by or (visitor if isinstance(visitor, User) else None)
    line = Trace(
        by=person,
        department_id=_place_of(person),
        kind=kind,
        what=_one_line(what),
        rows=rows,
        network=network_words(client_address(request)),
        at=now(person.department if person else None),
    )
    try:
        # PostgreSQL gives up the whole of a transaction in which a statement fails, and an import is in one.
        with transaction.atomic() if connection.in_atomic_block else nullcontext():
            line.save(force_insert=True)
    except DatabaseError:
        logger.exception("a trace could not be written: %s", kind.value)


def _place_of(person: User | None) -> str | None:
    """The département somebody works in: their own, or that of the company they are a member of."""
    if person is None or person.role != Role.ENTREPRISE:
        return person.department_id if person else None
    found: str | None = person.memberships.values_list("company__department", flat=True).order_by("pk").first()
    return found


def _address(request: HttpRequest) -> str:
    """The path that was asked; only its pattern where the path holds a secret."""
    match = request.resolver_match
    return f"/{match.route}" if match and getattr(match.func, "holds_secret", False) else request.path


def _one_line(text: str) -> str:
    """The text without what breaks, hides or turns a line round: a name of a file is typed by whoever brings it."""
    visible = "".join("\N{REPLACEMENT CHARACTER}" if unicodedata.category(sign)[0] == "C" else sign for sign in text)
    return visible[:LONGEST]
