"""What the agency looks at: one indicator place by place and over time; an axis, place beside place or over time."""

from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from accounts.policies import AuthenticatedRequest, allow
from accounts.roles import Role
from conventions.models import Campaign
from indicators.specs import Axis
from national.looks import IndicatorPage, comparison_table
from national.selection import WHOLE, Selection
from national.selectors.looking import Comparison, Spread, compare_places, compare_semesters, spread
from national.selectors.total import missing_by_semester, nation
from national.sheets import Sheet, absences, comparison_sheet, spread_sheet
from national.value import names_of
from national.views.answers import sheet_downloads, sheet_file
from national.views.choosing import of_a_part, semester_tabs
from territories.semester import Semester

BY_SEMESTER = "semestres"
"""In the query of a comparison: semesters stand side by side, not places."""
OVER_TIME = "D’un semestre à l’autre"


@require_safe
@allow(Role.CGET)
@of_a_part
def indicator_detail(
    request: AuthenticatedRequest, campaign: Campaign, selection: Selection, code: str
) -> HttpResponse:
    """One indicator or ratio of what was sent: how much, since when, where, of how many; what it counts."""
    semester = campaign.semester
    found, whole = _spread(code, selection), nation(semester, selection, [code])
    context = {
        "page": IndicatorPage(found, whole, semester, selection),
        "nation": whole,
        "missing": names_of(whole.missing),
        "semester": semester,
        "selection": selection,
        "is_whole": selection == WHOLE,
        "tabs": semester_tabs("indicator_detail", selection.query, semester, code),
        "downloads": sheet_downloads(
            "indicator_download", selection.query, f"{found.line.label}, {whole.scope}", semester, code
        ),
    }
    return TemplateResponse(request, "national/indicator_detail.html", context)


@require_safe
@allow(Role.CGET)
@of_a_part
def indicator_download(
    request: AuthenticatedRequest, campaign: Campaign, selection: Selection, code: str, fmt: str
) -> HttpResponse:
    """The same as a file, of all semesters."""
    found = _spread(code, selection)

    def sheet() -> Sheet:
        whole = nation(campaign.semester, selection, [])
        return spread_sheet(found, whole, missing_by_semester([*found.over_time] or [campaign.semester], selection))

    return sheet_file(fmt, sheet, f"paqte-{code}-{selection.slug}-{campaign.semester}")


@require_safe
@allow(Role.CGET)
@of_a_part
def national_compare(request: AuthenticatedRequest, campaign: Campaign, selection: Selection) -> HttpResponse:
    """The indicators of an axis: régions or départements side by side, or semesters."""
    semester, (axis, over_time) = campaign.semester, _asked(request)
    whole, found = nation(semester, selection, []), _comparison(axis, semester, selection, over_time=over_time)
    here = reverse("national_compare", args=[semester])
    when = "tous les semestres" if over_time else semester.label
    kept = BY_SEMESTER if over_time else ""
    context = {
        "axis": axis,
        "semester": semester,
        "when": when,
        "selection": selection,
        "is_whole": selection == WHOLE,
        "nation": whole,
        "missing": names_of(whole.missing),
        "table": comparison_table(found, semester, selection),
        "absences": absences(missing_by_semester(_semesters(found), selection)) if over_time else [],
        "axes": [
            {"label": one.label, "url": here + _query(selection, one, kept), "current": one == axis} for one in Axis
        ],
        "ways": [
            *semester_tabs("national_compare", _query(selection, axis, ""), None if over_time else semester),
            {"label": OVER_TIME, "url": here + _query(selection, axis, BY_SEMESTER), "current": over_time},
        ],
        "downloads": sheet_downloads(
            "compare_download", _query(selection, axis, kept), f"{axis.label}, {whole.scope}, {when}", semester
        ),
    }
    return TemplateResponse(request, "national/compare.html", context)


@require_safe
@allow(Role.CGET)
@of_a_part
def compare_download(request: AuthenticatedRequest, campaign: Campaign, selection: Selection, fmt: str) -> HttpResponse:
    """The same as a file."""
    semester, (axis, over_time) = campaign.semester, _asked(request)
    found = _comparison(axis, semester, selection, over_time=over_time)

    def sheet() -> Sheet:
        waited = missing_by_semester(_semesters(found) if over_time else [semester], selection)
        return comparison_sheet(found, nation(semester, selection, []), axis.label, waited)

    way = f"{BY_SEMESTER}-" if over_time else ""
    return sheet_file(fmt, sheet, f"paqte-{axis}-{way}{selection.slug}-{semester}")


def _spread(code: str, selection: Selection) -> Spread:
    found = spread(code, selection)
    if found is None:
        raise Http404
    return found


def _asked(request: AuthenticatedRequest) -> tuple[Axis, bool]:
    """The axis and the way of a comparison; what makes no sense is the first of them."""
    known = {one.value: one for one in Axis}
    return known.get(request.GET.get("axe", ""), Axis.SENSIBILISER), request.GET.get("par") == BY_SEMESTER


def _comparison(axis: Axis, semester: Semester, selection: Selection, *, over_time: bool) -> Comparison:
    return compare_semesters(axis, selection) if over_time else compare_places(axis, semester, selection)


def _semesters(comparison: Comparison) -> list[Semester]:
    """The columns of one over time."""
    return [column.key for column in comparison.columns if isinstance(column.key, Semester)]


def _query(selection: Selection, axis: Axis, way: str) -> str:
    asked = urlencode([("axe", axis.value), *([("par", way)] if way else [])])
    return f"{selection.query}&{asked}" if selection.query else f"?{asked}"
