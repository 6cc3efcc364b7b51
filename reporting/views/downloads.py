"""The files of a bilan: those that were sent, as they were; those of a draft, found where they were kept or made."""

from contextlib import suppress

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from accounts.policies import AuthenticatedRequest, allow
from documents.attachments import attachment
from reporting import tasks
from reporting.bilan import file_name
from reporting.files import DOWNLOADS, key_of
from reporting.models import Bilan
from reporting.models.bilan import BilanQuerySet
from reporting.selectors import value_of
from reporting.selectors.versions import NotSent, sent_file
from reporting.views.bilans import LEAVING, READERS, latest
from reporting.views.waiting import Place, Wanted, file_or_wait
from territories.semester import Semester


@require_safe
@allow(*READERS)
def bilan_download(request: AuthenticatedRequest, department: str, semester: Semester, fmt: str) -> HttpResponse:
    """The last version that this person may see, in the format that ends the address."""
    versions = Bilan.objects.visible_to(request.user).of(department, semester)
    return _kept(versions, fmt) or _made(request, latest(request, department, semester), fmt)


@require_safe
@allow(*READERS)
def bilan_version(
    request: AuthenticatedRequest, department: str, semester: Semester, version: int, fmt: str
) -> HttpResponse:
    """A file of a version as it was sent, byte for byte, whatever was sent since."""
    versions = Bilan.objects.visible_to(request.user).of(department, semester).transmitted().filter(version=version)
    return _kept(versions, fmt) or _made(request, get_object_or_404(versions), fmt)


def _name_of(bilan: Bilan, fmt: str) -> str:
    version = None if bilan.is_draft else bilan.version
    return file_name(bilan.department_id, bilan.semester, fmt, version=version)


def _kept(versions: BilanQuerySet, fmt: str) -> HttpResponse | None:
    """What was sent as the first of these versions of one bilan; None where nothing was, or not in this format.

    One short query when somebody asked for it before: served about as fast as a page that says nothing.
    """
    if fmt not in DOWNLOADS:
        return None
    for pk, department, semester, number in versions.values_list("pk", "department", "semester", "version")[:1]:
        with suppress(NotSent):
            file = sent_file(pk, fmt)
            return attachment(file.content, file.media_type, file_name(department, semester, fmt, version=number))
    return None


def _made(request: AuthenticatedRequest, bilan: Bilan, fmt: str) -> HttpResponse:
    """The file of the value: of a draft, and in a format that did not exist when it was sent."""
    if fmt not in DOWNLOADS:
        raise Http404
    leaving = LEAVING in request.GET
    data, made = value_of(bilan, leaving=leaving), DOWNLOADS[fmt]
    if not made.heavy:
        return attachment(made.render(data), made.media_type, _name_of(bilan, fmt))
    key = key_of(data, fmt)
    wanted = Wanted(
        key=key,
        name=made.name,
        file_name=_name_of(bilan, fmt),
        place=Place.of(bilan),
        ask=lambda again: tasks.ask_for_file(bilan, fmt, key, leaving=leaving, again=again),
        query=((LEAVING, "1"),) if leaving else (),
        # What would leave is read before it leaves, in the browser; other files are kept.
        read=leaving and fmt == "pdf",
    )
    return file_or_wait(request, wanted)
