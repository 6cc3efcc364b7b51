"""What the départements wrote, side by side and searched."""

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from accounts.policies import AuthenticatedRequest, allow
from accounts.roles import Role
from dsfr_forms.lists import page_of
from national.forms import GatheredFilters
from national.selectors.gathered import KINDS, LISTED, gathered
from national.views.choosing import begun, semester_tabs
from reporting.models import SentText
from territories.models import Department
from territories.semester import Semester

FIRST = str(SentText.Box.STRATEGY)
"""What one reads when nothing else is asked for."""


@require_safe
@allow(Role.CGET)
def gathered_list(request: AuthenticatedRequest, semester: Semester) -> HttpResponse:
    """One kind of text or of list, place after place; the filters stay in the address."""
    begun(semester)
    filters = GatheredFilters(request.GET, places=Department.objects.visible_to(request.user))
    asked = {"rubrique": FIRST, **filters.asked}
    page = page_of(gathered(request.user, semester, **asked), request)
    context = {
        "filters": filters,
        "semester": semester,
        "page": page,
        "kind": KINDS[asked["rubrique"]],
        "is_list": asked["rubrique"] in LISTED,
        "narrowed": bool(filters.asked.keys() - {"rubrique"}),
        "here": reverse("gathered_list", args=[semester]),
        "tabs": semester_tabs("gathered_list", f"?{urlencode(asked)}", semester),
    }
    return TemplateResponse(request, "national/gathered_list.html", context)
