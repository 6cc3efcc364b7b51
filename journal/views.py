"""The page of the journal: of a département for its référent, of the agency's own acts for the agency; its files."""

from dataclasses import replace

from django.http import Http404, HttpResponseBase
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from accounts.lists import author_of
from accounts.policies import AuthenticatedRequest, allow
from accounts.roles import Role
from accounts.trail import record_export
from journal.files import file_of
from journal.forms import AFTER, JournalFilters
from journal.reading import read
from lists.files import FORMATS
from lists.listing import FORMAT, without_page
from territories.clock import now, zone_of


@require_safe
@allow(Role.REFERENT, Role.CGET)
def journal(request: AuthenticatedRequest) -> HttpResponseBase:
    """Who did what, when and to what, the last line first; with a format in the address, all that the filters keep."""
    department = request.user.department
    heading = f"Journal {department.of_name}" if department else "Journal de l’agence"
    filters = JournalFilters(request.GET, reader=request.user)
    if FORMAT in request.GET:
        return _file(request, filters, heading)
    page = read(filters.read(), reader=request.user, zone=zone_of(department))
    context = {
        "heading": heading,
        "filters": filters,
        "page": page,
        "downloads": _downloads(request),
        "zone": str(zone_of(department)),
        "is_first": AFTER not in request.GET,
    }
    return TemplateResponse(request, "journal/journal.html", context)


def _file(request: AuthenticatedRequest, filters: JournalFilters, heading: str) -> HttpResponseBase:
    """The file, from the last line, whatever page was read. Raises Http404 for a format that there is not."""
    kind = request.GET.get(FORMAT, "")
    if kind not in FORMATS:
        raise Http404
    record_export(request, heading)
    asked, user = replace(filters.read(), after=None), request.user
    return file_of(asked, kind, title=heading, reader=user, author=author_of(user), at=now(user.department))


def _downloads(request: AuthenticatedRequest) -> list[tuple[str, str]]:
    """What each file is called, and its address, which keeps the filters."""
    query = without_page(request.GET)
    query.pop(AFTER, None)
    found = []
    for kind, made in FORMATS.items():
        query[FORMAT] = kind
        found.append((f"Journal {made.name}", f"?{query.urlencode()}"))
    return found
