"""A person's open sessions: see them, close them, keep this one open."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Session
from accounts.policies import AuthenticatedRequest, any_account
from accounts.sessions import SessionStore, end_sessions

TRACES_SHOWN = 20


@require_safe
@any_account
def session_list(request: AuthenticatedRequest) -> HttpResponse:
    """Where this account is signed in."""
    sessions = list(Session.objects.open_for(request.user, at=timezone.now()))
    traces = request.user.traces.order_by("-at", "-pk")[:TRACES_SHOWN]
    context = {"sessions": sessions, "current": request.session.session_key, "traces": traces}
    return TemplateResponse(request, "accounts/session_list.html", context)


@require_POST
@any_account
def session_close(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """Close one session of one's own, which may be this very one."""
    mine = Session.objects.open_for(request.user, at=timezone.now())
    session = next((session for session in mine if session.public_id == pk), None)
    if session is None:
        raise Http404
    session.delete()
    messages.success(request, "La connexion est fermée\u00a0: cet appareil devra se reconnecter.")
    return redirect("session_list")


@require_POST
@any_account
def session_close_others(request: AuthenticatedRequest) -> HttpResponse:
    """Close every session but this one."""
    closed = end_sessions(request.user, but=request.session.session_key)
    messages.success(request, CLOSED.get(closed, f"{closed} connexions sont fermées."))
    return redirect("session_list")


CLOSED = {0: "Aucune autre connexion n’était ouverte.", 1: "L’autre connexion est fermée."}


@require_POST
@any_account
def session_renew(request: AuthenticatedRequest) -> HttpResponse:
    """« Rester connecté »: the whole time again, within the twelve hours."""
    if isinstance(request.session, SessionStore):
        request.session.slide()
    return _state(request)


@require_safe
@any_account
def session_state(request: AuthenticatedRequest) -> HttpResponse:
    """For a page that waits: who is signed in now, until when, and the token its forms need after a new sign-in."""
    return _state(request)


def _state(request: AuthenticatedRequest) -> JsonResponse:
    session = request.session
    ends_at = session.ends_at.isoformat() if isinstance(session, SessionStore) else ""
    return JsonResponse({"account": str(request.user.pk), "ends_at": ends_at, "token": get_token(request)})
