"""The public version of what was sent, as files: for the préfecture of the bilan, and for the agency."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from accounts.policies import AuthenticatedRequest, allow
from accounts.roles import Role
from documents.attachments import attachment
from documents.downloads import SHEETS
from national.public_files import public_to
from national.selectors.public import public_bilan
from reporting.bilan import file_name
from reporting.files import DOWNLOADS
from territories.semester import Semester


@require_safe
@allow(Role.REFERENT, Role.LECTEUR, Role.CGET)
def public_download(request: AuthenticatedRequest, department: str, semester: Semester, fmt: str) -> HttpResponse:
    """Of the last version sent of a bilan, without what would say the figures of a company."""
    public = public_bilan(request.user, department, semester) if fmt in SHEETS else None
    if public is None:
        raise Http404
    name = file_name(department, semester, fmt, version=public.data.version, is_public=True)
    return attachment(public_to(fmt, public), DOWNLOADS[fmt].media_type, name)
