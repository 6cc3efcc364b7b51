"""Who may open a page: every view says it with @allow or @public, and a test walks the addresses to check."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from accounts.models import User
from accounts.roles import Role

View = Callable[..., HttpResponseBase]

PUBLIC: frozenset[Role] = frozenset()
"""The mark of a page that anybody may open."""


class AuthenticatedRequest(HttpRequest):
    """A request whose user is signed in: what every view behind @allow receives."""

    user: User


def allow(*roles: Role) -> Callable[[View], View]:
    """Open the view to these roles; anybody else signed in gets a 403 that says so.

    Anonymous visitors are sent to sign in by LoginRequiredMiddleware before the view is reached.
    """
    allowed = frozenset(roles)

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(
            request: AuthenticatedRequest, *args: Any, **kwargs: Any
        ) -> HttpResponseBase:  # Any: the view's own
            if request.user.role not in allowed:
                raise PermissionDenied(
                    f"Cette page est réservée\u00a0: {', '.join(sorted(role.label for role in allowed))}."
                )
            return view(request, *args, **kwargs)

        setattr(guarded, "allowed_roles", allowed)  # noqa: B010  # a mark that mypy need not know
        return guarded

    return decorate


def public(view: View) -> View:
    """Open the view to anybody, signed in or not."""
    opened = login_not_required(view)
    setattr(opened, "allowed_roles", PUBLIC)  # noqa: B010  # a mark that mypy need not know
    return opened


def secret_address(view: View) -> View:
    """The address of the page holds a secret, as links of mails do: no other page learns it.

    A template with a form includes `_secret_address.html` besides, which says why.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # Any: the view's own
        response = view(request, *args, **kwargs)
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    setattr(guarded, "holds_secret", True)  # noqa: B010  # a mark that mypy need not know
    return guarded


def any_account(view: View) -> View:
    """Open the view to whoever is signed in, even without a role: the page says then whom to ask for one."""
    setattr(view, "allowed_roles", frozenset(Role))  # noqa: B010  # a mark that mypy need not know
    return view
