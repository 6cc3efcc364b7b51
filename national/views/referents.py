"""The directory of référents."""

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from accounts.policies import AuthenticatedRequest, allow
from accounts.roles import Role
from national.forms import DirectoryFilters
from national.selectors.directory import directory
from territories.clock import today


@require_safe
@allow(Role.CGET)
def referent_list(request: AuthenticatedRequest) -> HttpResponse:
    """Who answers for each préfecture, and since when the agency knows it."""
    filters = DirectoryFilters(request.GET)
    asked = filters.asked
    found = directory(request.user, today(), **asked)
    context = {"filters": filters, "directory": found, "narrowed": bool(asked), "query": urlencode(asked)}
    return TemplateResponse(request, "national/referent_list.html", context)
