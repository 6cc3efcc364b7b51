"""Reading bilans: the lists, and a bilan as a page with its versions."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from accounts.policies import AuthenticatedRequest, allow
from accounts.roles import Role
from conventions.models import Campaign
from reporting import renderers
from reporting.bilan import BilanData
from reporting.codec import from_json_value
from reporting.files import HTML
from reporting.models import Bilan, BilanDocument, BilanLog
from reporting.renderers.document import BilanPage
from reporting.selectors import alarm_of, bilan_for, campaign_lines, department_lines
from reporting.selectors.versions import draft_downloads, public_downloads, versions_of
from reporting.transitions import Standing
from territories.clock import today
from territories.models import Department
from territories.semester import Semester

READERS = (Role.REFERENT, Role.LECTEUR, Role.CGET)
OWN = frozenset({Role.REFERENT, Role.LECTEUR})
"""Those of the département: they read what is behind the figures, and what is no longer true of those sent."""
LEAVING = "depart"
"""In the query of an address: a draft as it would leave, its figures not provisional any more."""


@require_safe
@allow(*READERS)
def bilan_list(request: AuthenticatedRequest) -> HttpResponse:
    """The bilans of one's département, campaign after campaign; for the agency, who transmitted."""
    if request.user.department is None:
        return _national_list(request)
    lines = campaign_lines(request.user.department, today(request.user.department))
    context = {"lines": lines, "department": request.user.department, "writes": request.user.role == Role.REFERENT}
    return TemplateResponse(request, "reporting/bilan_list.html", context)


def _national_list(request: AuthenticatedRequest) -> HttpResponse:
    campaigns = list(Campaign.objects.opened_by(today()))
    by_code = {str(campaign.semester): campaign for campaign in campaigns}
    campaign = by_code.get(request.GET.get("semestre", "")) or next(iter(campaigns), None)
    semester = campaign.semester if campaign else None
    lines = department_lines(semester) if semester else ()
    asked = request.GET.get("reponse", "")
    said = Standing(asked) if asked in Standing.values else None
    context = {
        "semester": semester,
        "due_on": campaign and campaign.bilan_due_on,
        "is_late": campaign is not None and campaign.bilans_are_late(today()),
        "lines": lines,
        "said": said,
        "shown": [line for line in lines if said is None or (line.bilan and line.bilan.standing is said)],
        "sent": sum(line.bilan is not None for line in lines),
        "tabs": [
            {"label": item.semester.label, "url": f"?semestre={code}", "current": item == campaign}
            for code, item in by_code.items()
        ],
    }
    return TemplateResponse(request, "reporting/bilan_list_national.html", context)


@require_safe
@allow(*READERS)
def bilan_detail(request: AuthenticatedRequest, department: str, semester: Semester) -> HttpResponse:
    """The bilan as a page: live while it is written, as it was sent afterwards."""
    bilan = latest(request, department, semester)
    document = BilanDocument.objects.visible_to(request.user).filter(bilan=bilan).first()
    versions = versions_of(request.user, bilan)
    draft = draft_downloads(bilan, query=f"?{LEAVING}" if LEAVING in request.GET else "")
    leaving = document is None and LEAVING in request.GET
    data = _value(bilan, document, leaving=leaving)
    kept = document.kept(HTML) if document else None
    writes = request.user.role == Role.REFERENT
    context = {
        "bilan": bilan,
        "document": document,
        "page": BilanPage(data),
        # Written by our own templates on the day it was sent, escaped then; edited by anybody since, it is not shown.
        "body": SafeString(kept.data.decode()) if kept and kept.is_intact else renderers.to_html(data),
        "versions": versions,
        "journal": BilanLog.objects.visible_to(request.user).filter(bilan=bilan).select_related("by").order_by("-pk"),
        "downloads": versions[0].downloads if document else draft,
        "publics": public_downloads(bilan) if document else (),
        "leaving": leaving,
        "leaving_since": bilan.leaving_since if writes and document is None else None,
        "alarm": alarm_of(bilan, today(bilan.department)) if document and request.user.role in OWN else None,
        "writes": writes,
        "opens": request.user.role in OWN,
    }
    return TemplateResponse(request, "reporting/bilan_detail.html", context)


def latest(request: AuthenticatedRequest, department: str, semester: Semester) -> Bilan:
    """The last version in this person's sight: the agency never sees a draft."""
    bilans = Bilan.objects.visible_to(request.user).of(department, semester).with_last_word()
    bilan = bilans.select_related("department").first()
    if bilan is None:
        raise Http404
    return bilan


def _value(bilan: Bilan, document: BilanDocument | None, *, leaving: bool) -> BilanData:
    """What was sent; of a draft its figures of today, or those that would leave."""
    if document:
        return from_json_value(document.snapshot)
    return bilan_for(bilan, today(bilan.department), leaving=leaving)


def department_of(request: AuthenticatedRequest, code: str) -> Department:
    """The département of an address, when it is this person's."""
    return get_object_or_404(Department.objects.visible_to(request.user), pk=code)


def last_bilan(request: AuthenticatedRequest, department: str, semester: Semester) -> Bilan:
    """The last version of a bilan of one's own département, to write it."""
    bilans = Bilan.objects.visible_to(request.user).filter(department=department, semester=semester)
    return get_object_or_404(bilans.select_related("department").order_by("-version")[:1])


def while_written(view: Callable[[AuthenticatedRequest, Bilan], HttpResponse]) -> Callable[..., HttpResponse]:
    """Open a page where one writes on the last version of a bilan; once it was sent, the bilan takes its place.

    What is typed in a tab after another one sent the bilan still arrives, and is refused with its words.
    """

    @wraps(view)
    def opened(request: AuthenticatedRequest, department: str, semester: Semester) -> HttpResponse:
        bilan = last_bilan(request, department, semester)
        if bilan.is_draft or request.method == "POST":
            return view(request, bilan)
        return redirect(bilan)

    return opened
