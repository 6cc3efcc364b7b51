"""The one door: every way of signing in ends here, and here alone is the second factor asked.

Until it is given nobody is signed in: the session only remembers whom to ask, so that no page can be forgotten.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from accounts.actions.second_factor import begin
from accounts.kept_forms import form_carried_over
from accounts.models import User
from accounts.second_factor import is_required_of, telephone_of
from accounts.trail import record_sign_in

PENDING_KEY = "pending_sign_in"
PROVED_KEY = "second_factor"
PENDING_LIFE = timedelta(minutes=10)
BY_LINK = "django.contrib.auth.backends.ModelBackend"
"""What vouches for whoever followed a link of a mail: Django's own, which reads the account again at each request."""


@dataclass(frozen=True)
class Pending:
    """Somebody at the door: one proof given, the second one awaited; `to` is where they were going."""

    user: User
    to: str


def enter(request: HttpRequest, user: User, *, to: str, proved_twice: bool = False) -> HttpResponse:
    """Sign in and go on, or keep the person at the door until their second factor is there.

    `user` comes from an authentication backend, or carries the path of one as `backend`.
    """
    has_telephone = telephone_of(user) is not None
    if proved_twice or not (has_telephone or is_required_of(user)):
        return let_in(request, user, to=to, proved_twice=proved_twice)
    # Whoever was signed in in this browser is not the one who knocks; what was typed waits for its author all the same.
    with form_carried_over(request):
        logout(request)
    request.session[PENDING_KEY] = {
        "user": user.pk,
        "backend": user.backend,
        "hash": user.get_session_auth_hash(),
        "until": (timezone.now() + PENDING_LIFE).isoformat(),
        "to": to,
    }
    if has_telephone:
        return redirect("sign_in_code")
    begin(by=user)
    return redirect("sign_in_set_up")


def pending(request: HttpRequest) -> Pending | None:
    """Who waits at the door in this browser; nobody after ten minutes, or once the account has changed."""
    kept = request.session.get(PENDING_KEY)
    if not kept or datetime.fromisoformat(kept["until"]) < timezone.now():
        return None
    user = User.objects.filter(pk=kept["user"], is_active=True).first()
    if user is None or not constant_time_compare(kept["hash"], user.get_session_auth_hash()):
        return None
    user.backend = kept["backend"]
    return Pending(user, kept["to"])


def let_in(request: HttpRequest, user: User, *, to: str, proved_twice: bool) -> HttpResponse:
    """Open the session; it remembers whether both proofs were given."""
    request.session.pop(PENDING_KEY, None)
    login(request, user)
    record_sign_in(request, user)
    request.session[PROVED_KEY] = proved_twice
    return redirect(to)


def is_too_weak(request: HttpRequest, user: User) -> bool:
    """Whether this session was opened with less than the account needs now: a new role, or a new rule."""
    return is_required_of(user) and not request.session.get(PROVED_KEY)
