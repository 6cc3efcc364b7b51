"""The page of one figure of a bilan, for the préfecture: it explains itself down to the submissions that it sums."""

from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from accounts.policies import AuthenticatedRequest, allow
from accounts.roles import Role
from reporting.codec import from_json_value
from reporting.figures import Figure, RatioFigure
from reporting.models import BilanDocument
from reporting.renderers.explained import FigurePage
from reporting.selectors.explained import explained
from reporting.views.bilans import last_bilan
from territories.clock import today
from territories.semester import Semester


@require_safe
@allow(Role.REFERENT, Role.LECTEUR)
def bilan_figure(request: AuthenticatedRequest, department: str, semester: Semester, code: str) -> HttpResponse:
    """As it counts today; what was sent is said beside it when the two differ.

    The agency sees no submission: a bilan that was sent defines its figures itself.
    """
    bilan = last_bilan(request, department, semester)
    found = explained(bilan, code, on=today(bilan.department), reader=request.user)
    if found is None:
        raise Http404
    page = FigurePage(found, semester, sent=_sent(request, department, semester, code))
    context = {
        "bilan": bilan,
        "page": page,
        "figure": found,
        "semester": semester,
        "writes": request.user.role == Role.REFERENT,
    }
    return TemplateResponse(request, "reporting/bilan_figure.html", context)


def _sent(request: AuthenticatedRequest, department: str, semester: Semester, code: str) -> Figure | RatioFigure | None:
    """The figure as the last version sent has it; None when none was, or without it."""
    documents = BilanDocument.objects.visible_to(request.user).filter(
        bilan__department=department, bilan__semester=semester
    )
    snapshot = documents.order_by("-bilan__version").values_list("snapshot", flat=True).first()
    if snapshot is None:
        return None
    return next((line for line in from_json_value(snapshot).lines if line.code == code), None)
