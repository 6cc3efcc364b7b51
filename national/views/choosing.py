"""What part of the country a page is of: its address chooses it, or a page where one chooses."""

from collections.abc import Callable, Sequence
from functools import wraps
from http import HTTPStatus
from itertools import groupby
from typing import TypeVar

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse

from accounts.policies import AuthenticatedRequest
from conventions.models import Campaign
from french.order import order_key
from national.selection import BadSelection, selection_of
from territories.clock import today
from territories.models import Department
from territories.semester import Semester

Answer = TypeVar("Answer", bound=HttpResponseBase)

LAST = "\uffff"
"""Behind every name: collectivities, which are in no région."""


def of_a_part(view: Callable[..., Answer]) -> Callable[..., Answer | HttpResponse]:
    """Open a page of a campaign that has begun on the part of the country that the address chooses.

    The view takes the campaign and the selection in place of the semester. Without such a part, one chooses.
    """

    @wraps(view)
    def opened(request: AuthenticatedRequest, semester: Semester, **words: str) -> Answer | HttpResponse:
        campaign = begun(semester)
        try:
            selection = selection_of(request.GET)
        except BadSelection as refusal:
            return choose_page(request, semester, str(refusal))
        return view(request, campaign, selection, **words)

    return opened


def begun(semester: Semester) -> Campaign:
    """The campaign of a semester, of which nothing is said before it begins. Raises Http404. One query."""
    return get_object_or_404(Campaign.objects.opened_by(today()), semester=semester)


def choose_page(request: AuthenticatedRequest, semester: Semester, refusal: str = "") -> HttpResponse:
    """The régions with their départements; what the address asked for in vain is said first."""
    everywhere = Department.objects.visible_to(request.user).select_related("region").order_by("code")
    places = sorted(everywhere, key=lambda place: order_key(place.region.name) if place.region else LAST)
    ticked = set(request.GET.getlist("departement"))
    context = {
        "semester": semester,
        "refusal": refusal,
        "regions": [
            {"region": region, "departments": [{"place": one, "ticked": one.code in ticked} for one in found]}
            for region, found in groupby(places, key=lambda place: place.region)
        ],
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refusal else HTTPStatus.OK
    return TemplateResponse(request, "national/national_choose.html", context, status=status)


def semester_tabs(name: str, query: str, current: Semester | None, *args: object) -> Sequence[dict[str, object]]:
    """The same page for each campaign that has begun; `args` follow the semester in its address. One query."""
    semesters = Campaign.objects.opened_by(today()).values_list("semester", flat=True)
    return [
        {"label": one.label, "url": reverse(name, args=[one, *args]) + query, "current": one == current}
        for one in semesters
    ]
