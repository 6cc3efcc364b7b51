"""Every bilan of a semester in every format, in one archive that is sent as it is read."""

from django.http import Http404, HttpResponseBase
from django.views.decorators.http import require_safe

from accounts.policies import AuthenticatedRequest, allow
from accounts.roles import Role
from documents.attachments import streamed
from documents.zipping import stream
from national.selection import BadSelection, selection_of
from national.selectors.archive import entries, sent_files
from national.views.totals import choose_page
from territories.semester import Semester


@require_safe
@allow(Role.CGET)
def national_archive(request: AuthenticatedRequest, semester: Semester) -> HttpResponseBase:
    """The files as they were sent, with their index; asked again, the same bytes as long as nothing more was sent."""
    try:
        selection = selection_of(request.GET)
    except BadSelection as refusal:
        return choose_page(request, semester, str(refusal))
    files = sent_files(request.user, semester, selection)
    if not files:
        raise Http404
    name = f"paqte-{selection.slug}-{semester}-bilans.zip"
    return streamed(stream(entries(files)), "application/zip", name)
