"""The page one lands on after signing in: each role has its own."""

from collections.abc import Callable
from datetime import date

from django.conf import settings
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.policies import AuthenticatedRequest, any_account
from accounts.roles import Role
from reporting import dashboards
from territories.clock import today

Home = Callable[[User, date], object]


def _prefecture(user: User, on: date) -> object:
    """Links of invitations follow the real clock, whatever the day of the demonstration."""
    return dashboards.prefecture_home(user, on, at=timezone.now())


HOMES: dict[str, tuple[Home, str]] = {
    Role.REFERENT: (_prefecture, "reporting/dashboard_prefecture.html"),
    Role.LECTEUR: (_prefecture, "reporting/dashboard_prefecture.html"),
    Role.ANIMATEUR: (dashboards.portfolio_home, "reporting/dashboard_portfolio.html"),
    Role.ENTREPRISE: (dashboards.company_home, "reporting/dashboard_company.html"),
    Role.CGET: (dashboards.national_home, "reporting/dashboard_national.html"),
}


@require_safe
@any_account
def dashboard(request: AuthenticatedRequest) -> HttpResponse:
    """The home of this person's role; without a role, whom to ask for one."""
    user = request.user
    if user.role not in HOMES:
        context = {"contact": settings.CONTACT_ADDRESS, "may_administer": user.may_administer}
        return TemplateResponse(request, "reporting/dashboard_no_role.html", context)
    home, template = HOMES[user.role]
    on = today(user.department)
    context = {"home": home(user, on), "on": on, "may_write": user.role == Role.REFERENT}
    return TemplateResponse(request, template, context)
