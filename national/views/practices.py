"""The library of good practices."""

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from accounts.policies import AuthenticatedRequest, allow
from accounts.roles import Role
from dsfr_forms.lists import page_of
from national.forms import PracticeFilters
from national.lists import practices_sheet
from national.selectors.practices import practices, semesters_told
from national.views.answers import sheet_downloads, sheet_file
from territories.clock import today
from territories.models import Department

ON_PAPER = 300
"""As many as one prints at once: beyond, a choice is made first."""
WHOLE = "imprimer"
"""In the address: all of them on one page."""


@require_safe
@allow(Role.CGET)
def practice_list(request: AuthenticatedRequest) -> HttpResponse:
    """What companies and préfectures agree to publish, by axis and place; all on one page when it is to be printed."""
    filters = _filters(request)
    asked = filters.asked
    rows = practices(request.user, **asked)
    page = page_of(rows, request)
    found = page.paginator.count
    whole = WHOLE in request.GET and found <= ON_PAPER
    context = {
        "filters": filters,
        "page": page,
        "practices": rows if whole else page.object_list,
        "whole": whole,
        "narrowed": bool(asked),
        "may_print": page.has_other_pages() and found <= ON_PAPER and not whole,
        "print_query": urlencode([*asked.items(), (WHOLE, "1")]),
        "downloads": sheet_downloads("practice_download", filters.query, "Bonnes pratiques"),
    }
    return TemplateResponse(request, "national/practice_list.html", context)


@require_safe
@allow(Role.CGET)
def practice_download(request: AuthenticatedRequest, fmt: str) -> HttpResponse:
    """The same as a file."""
    on, asked = today(), _filters(request).asked
    rows = practices(request.user, **asked).select_related("department__region")
    return sheet_file(fmt, lambda: practices_sheet(rows, on), f"paqte-bonnes-pratiques-{on}")


def _filters(request: AuthenticatedRequest) -> PracticeFilters:
    places = list(Department.objects.visible_to(request.user))
    return PracticeFilters(request.GET, places=places, semesters=semesters_told(request.user))
