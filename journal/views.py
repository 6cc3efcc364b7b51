"""The page of the journal: of a département for its référent, of the agency's own acts for the agency."""

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from accounts.policies import AuthenticatedRequest, allow
from accounts.roles import Role
from journal.forms import AFTER, JournalFilters
from journal.reading import read
from territories.clock import zone_of


@require_safe
@allow(Role.REFERENT, Role.CGET)
def journal(request: AuthenticatedRequest) -> HttpResponse:
    """Who did what, when and to what, the last line first."""
    department = request.user.department
    filters = JournalFilters(request.GET, reader=request.user)
    page = read(filters.read(), reader=request.user, zone=zone_of(department))
    context = {
        "heading": f"Journal {department.of_name}" if department else "Journal de l’agence",
        "filters": filters,
        "page": page,
        "zone": str(zone_of(department)),
        "is_first": AFTER not in request.GET,
    }
    return TemplateResponse(request, "journal/journal.html", context)
