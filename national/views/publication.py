"""The public figures of the nation for a semester: read before, published once, then files that do not change."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.once import once
from accounts.policies import AuthenticatedRequest, allow
from accounts.roles import Role
from documents.attachments import attachment
from documents.downloads import SHEETS, Download
from national.actions.publication import publish
from national.models import Publication
from national.public_files import publication_to
from national.selectors.publication import read_in
from national.selectors.total import nation
from national.value import names_of
from national.views.choosing import begun
from reporting.files import DOWNLOADS
from territories.clock import now
from territories.semester import Semester


@require_safe
@allow(Role.CGET)
def publication_detail(request: AuthenticatedRequest, semester: Semester) -> HttpResponse:
    """What is public of a semester, or what would be and the button that does it."""
    row = Publication.objects.visible_to(request.user).filter(semester=semester).select_related("by").first()
    whole = nation(begun(semester).semester, codes=[])
    context = {
        "semester": semester,
        "publication": row,
        "nation": whole,
        "missing": names_of(whole.missing),
        "shown": read_in(whole),
        "downloads": [
            Download(reverse("publication_download", args=[semester, fmt]), f"Chiffres publics, {semester.label}", fmt)
            for fmt in SHEETS
        ],
    }
    return TemplateResponse(request, "national/publication.html", context)


@require_POST
@allow(Role.CGET)
@once
def publication_create(request: AuthenticatedRequest, semester: Semester) -> HttpResponse:
    """Publish."""
    publish(semester=begun(semester).semester, shown=request.POST.get("shown", ""), at=now(), by=request.user)
    messages.success(request, "Les chiffres du semestre sont publiés. Ils ne changent plus.")
    return redirect("publication_detail", semester)


@require_safe
@allow(Role.CGET)
def publication_download(request: AuthenticatedRequest, semester: Semester, fmt: str) -> HttpResponse:
    """What was published, as a file."""
    if fmt not in SHEETS:
        raise Http404
    row = get_object_or_404(Publication.objects.visible_to(request.user), semester=semester)
    return attachment(publication_to(fmt, row), DOWNLOADS[fmt].media_type, f"paqte-chiffres-publics-{semester}.{fmt}")
