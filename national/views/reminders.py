"""The agency reminds préfectures of the bilans that they owe."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST, require_safe

from accounts.confirmation import way_back
from accounts.once import once
from accounts.policies import AuthenticatedRequest, allow
from accounts.roles import Role
from national.actions.messages import remind
from national.selectors.board import board
from national.selectors.chase import chased
from territories.clock import now, today
from territories.models import Department


@require_safe
@allow(Role.CGET)
def reminder_list(request: AuthenticatedRequest) -> HttpResponse:
    """Everybody who is late, of whom the home shows the first."""
    on = today()
    late = chased(request.user, board(request.user, on).late, on)
    return TemplateResponse(request, "national/reminder_list.html", {"chased": late})


@require_POST
@allow(Role.CGET)
@once
def reminder_send(request: AuthenticatedRequest, department: str) -> HttpResponse:
    """Remind one préfecture of the bilans that it owes, and back to the page one came from."""
    place = get_object_or_404(Department.objects.visible_to(request.user), pk=department)
    message = remind(place, at=now(), by=request.user)
    people = ", ".join(str(item.account) for item in message.recipients.select_related("account"))
    messages.success(request, f"La préfecture {place.of_name} est relancée\u00a0: {people}.")
    return redirect(way_back(request) or "dashboard")
