"""How far every bilan of a semester is, as a file: what the map of the home draws."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from accounts.policies import AuthenticatedRequest, allow
from accounts.roles import Role
from national.lists import board_sheet
from national.selectors.board import board
from national.views.answers import sheet_file
from territories.clock import today
from territories.semester import Semester


@require_safe
@allow(Role.CGET)
def board_download(request: AuthenticatedRequest, semester: Semester, fmt: str) -> HttpResponse:
    """One line per territory, for a campaign whose companies had their time."""
    known = board(request.user, today(), semester=semester)
    if semester not in {campaign.semester for campaign in known.campaigns}:
        raise Http404
    return sheet_file(fmt, lambda: board_sheet(known, semester), f"paqte-etat-des-bilans-{semester}")
