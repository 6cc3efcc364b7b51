"""The directory of référents."""

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from accounts.policies import AuthenticatedRequest, allow
from accounts.roles import Role
from national.forms import DirectoryFilters
from national.lists import directory_sheet
from national.selectors.directory import directory
from national.views.answers import sheet_downloads, sheet_file
from territories.clock import today


@require_safe
@allow(Role.CGET)
def referent_list(request: AuthenticatedRequest) -> HttpResponse:
    """Who answers for each préfecture, and since when the agency knows it."""
    filters = DirectoryFilters(request.GET)
    found = directory(request.user, today(), **filters.asked)
    context = {
        "filters": filters,
        "directory": found,
        "query": filters.query,
        "downloads": sheet_downloads("referent_download", filters.query, "Annuaire des référents"),
    }
    return TemplateResponse(request, "national/referent_list.html", context)


@require_safe
@allow(Role.CGET)
def referent_download(request: AuthenticatedRequest, fmt: str) -> HttpResponse:
    """The same as a file."""
    on, asked = today(), DirectoryFilters(request.GET).asked
    return sheet_file(fmt, lambda: directory_sheet(directory(request.user, on, **asked), on), f"paqte-referents-{on}")
