"""The page one lands on after signing in: each role has its own."""

from django.conf import settings
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from accounts.homes import homes
from accounts.policies import AuthenticatedRequest, any_account
from accounts.roles import Role
from territories.clock import today


@require_safe
@any_account
def dashboard(request: AuthenticatedRequest) -> HttpResponse:
    """The home of this person's role; without a role, whom to ask for one."""
    user = request.user
    home = homes().get(user.role)
    if home is None:
        context = {"contact": settings.CONTACT_ADDRESS, "may_administer": user.may_administer}
        return TemplateResponse(request, "accounts/dashboard_no_role.html", context)
    on = today(user.department)
    context = {"home": home.read(user, on), "on": on, "may_write": user.role == Role.REFERENT}
    return TemplateResponse(request, home.template, context)
