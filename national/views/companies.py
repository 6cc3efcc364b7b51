"""Down from the country: the companies of a bilan that was sent, then one of them in each version. Nothing is live."""

from collections.abc import Iterable

from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.policies import AuthenticatedRequest, allow
from accounts.roles import Role
from national.forms import CompanyFilters
from national.selectors.companies import SentCompany, Wanted, companies_in, company_in, semesters_of, sent_versions
from national.sheets import companies_sheet
from national.views.answers import sheet_downloads, sheet_file
from reporting.bilan import BilanData
from reporting.renderers.wording import PrintedMovement
from territories.semester import Semester

NAMES = {"categorie": "category", "axe": "axis", "reponse": "answer", "secteur": "sector", "section": "section"}
"""Of the filters: in an address, and in `Wanted`."""


@require_safe
@allow(Role.CGET)
def sent_companies(request: AuthenticatedRequest, department: str, semester: Semester) -> HttpResponse:
    """The signatories of the last version that was sent, narrowed by the address."""
    data, filters = _last(request, department, semester), CompanyFilters(request.GET)
    found = _narrowed(data, filters)
    context = {
        "data": data,
        "semester": semester,
        "filters": filters,
        "companies": found,
        "downloads": sheet_downloads(
            "sent_companies_download",
            filters.query,
            f"Entreprises du bilan {data.place.of_name}, {semester.label}",
            department,
            semester,
        ),
    }
    return TemplateResponse(request, "national/sent_companies.html", context)


@require_safe
@allow(Role.CGET)
def sent_companies_download(
    request: AuthenticatedRequest, department: str, semester: Semester, fmt: str
) -> HttpResponse:
    """The same as a file."""
    data = _last(request, department, semester)
    name = f"paqte-entreprises-{department}-{semester}-v{data.version}"
    return sheet_file(fmt, lambda: companies_sheet(data, _narrowed(data, CompanyFilters(request.GET))), name)


@require_safe
@allow(Role.CGET)
def sent_company(request: AuthenticatedRequest, department: str, semester: Semester, siret: str) -> HttpResponse:
    """What each version sent says of one company, and the other semesters that have it."""
    found = company_in(sent_versions(request.user, department, semester), siret)
    if not found:
        raise Http404
    semesters = semesters_of(request.user, department, siret)
    context = {
        "company": found[0],
        "versions": [(one, _movements(one)) for one in found],
        "semester": semester,
        "tabs": [
            {
                "label": one.label,
                "url": reverse("sent_company", args=[department, one, siret]),
                "current": one == semester,
            }
            for one in semesters
        ],
    }
    return TemplateResponse(request, "national/sent_company.html", context)


def _last(request: AuthenticatedRequest, department: str, semester: Semester) -> BilanData:
    versions = sent_versions(request.user, department, semester)
    if not versions:
        raise Http404
    return versions[0]


def _narrowed(data: BilanData, filters: CompanyFilters) -> tuple[SentCompany, ...]:
    asked = {NAMES[name]: value for name, value in filters.asked.items()}
    return companies_in(data, Wanted(**asked))


def _movements(company: SentCompany) -> Iterable[PrintedMovement]:
    return [PrintedMovement.of(one) for one in company.movements]
