"""The agency writes to référents."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from accounts.once import once
from accounts.policies import AuthenticatedRequest, allow
from accounts.roles import Role
from national.actions.messages import remind
from territories.clock import now
from territories.models import Department


@require_POST
@allow(Role.CGET)
@once
def reminder_send(request: AuthenticatedRequest, department: str) -> HttpResponse:
    """Remind one préfecture of the bilans that it owes, and back home."""
    place = get_object_or_404(Department.objects.visible_to(request.user), pk=department)
    message = remind(place, at=now(), by=request.user)
    people = ", ".join(str(item.account) for item in message.recipients.select_related("account"))
    messages.success(request, f"La préfecture {place.of_name} est relancée\u00a0: {people}.")
    return redirect("dashboard")
