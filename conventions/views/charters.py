"""The page of the Chartes Entreprises et Quartiers of a préfecture."""

from django.http import HttpResponseBase
from django.views.decorators.http import require_safe

from accounts.lists import list_answer
from accounts.policies import AuthenticatedRequest, allow
from accounts.roles import Role
from companies.models import Charter
from conventions.lists.charters import charter_list_on
from conventions.selectors.charters import CONVERTED_BY
from territories.clock import today


@require_safe
@allow(Role.REFERENT, Role.LECTEUR)
def charter_list(request: AuthenticatedRequest) -> HttpResponseBase:
    """Every charte that this person may see, and what became of each."""
    day, writes = today(request.user.department), request.user.role == Role.REFERENT
    return list_answer(
        request,
        charter_list_on(day, may_convert=writes),
        Charter.objects.visible_to(request.user),
        template="conventions/charter_list.html",
        may_create=writes,
        is_late=day > CONVERTED_BY,
    )
