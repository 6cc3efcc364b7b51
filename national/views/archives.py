"""Every bilan of a semester in every format, in one archive that is sent as it is read."""

from django.http import Http404, HttpResponseBase
from django.views.decorators.http import require_safe

from accounts.policies import AuthenticatedRequest, allow
from accounts.roles import Role
from conventions.models import Campaign
from documents.attachments import streamed
from documents.zipping import stream
from national.selection import Selection
from national.selectors.archive import entries, sent_files
from national.views.choosing import of_a_part


@require_safe
@allow(Role.CGET)
@of_a_part
def national_archive(request: AuthenticatedRequest, campaign: Campaign, selection: Selection) -> HttpResponseBase:
    """The files as they were sent, with their index; asked again, the same bytes as long as nothing more was sent."""
    files = sent_files(request.user, campaign.semester, selection)
    if not files:
        raise Http404
    name = f"paqte-{selection.slug}-{campaign.semester}-bilans.zip"
    return streamed(stream(entries(files)), "application/zip", name)
