"""The library of good practices."""

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from accounts.policies import AuthenticatedRequest, allow
from accounts.roles import Role
from dsfr_forms.lists import page_of
from national.forms import PracticeFilters
from national.selectors.practices import practices, semesters_told
from territories.models import Department

ON_PAPER = 300
"""As many as one prints at once: beyond, a choice is made first."""
WHOLE = "imprimer"
"""In the address: all of them on one page."""


@require_safe
@allow(Role.CGET)
def practice_list(request: AuthenticatedRequest) -> HttpResponse:
    """What companies and préfectures agree to publish, by axis and place; all on one page when it is to be printed."""
    places = list(Department.objects.visible_to(request.user))
    filters = PracticeFilters(request.GET, places=places, semesters=semesters_told(request.user))
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
    }
    return TemplateResponse(request, "national/practice_list.html", context)
