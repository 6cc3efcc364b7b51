"""The files of a bilan: those that were sent, as they were; those of a draft, found where they were kept or made."""

from contextlib import suppress
from http import HTTPStatus

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.http import content_disposition_header, urlencode
from django.views.decorators.http import require_safe

from accounts.policies import AuthenticatedRequest, allow
from documents import filing
from documents.models import StoredFile
from reporting import tasks
from reporting.bilan import file_name
from reporting.files import DOWNLOADS, key_of
from reporting.models import Bilan
from reporting.models.bilan import BilanQuerySet
from reporting.selectors import value_of
from reporting.selectors.versions import NotSent, sent_file
from reporting.views.bilans import LEAVING, READERS, latest
from reporting.views.waiting import WAITED, waiting_page
from territories.semester import Semester

AGAIN = "encore"
"""In the query of an address: what failed is tried again."""


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


def attachment(content: bytes, kind: str, name: str, *, read: bool = False) -> HttpResponse:
    """A file to keep, named as RFC 6266 wants it; with `read`, one that the browser shows."""
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=not read, filename=name) or ""
    return response


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
    # What would leave is read before it leaves, in the browser; other files are kept.
    read = leaving and fmt == "pdf"
    if file := filing.stored(key):
        waited = WAITED in request.GET and not read
        return _ready(request, bilan, fmt) if waited else _file(file, bilan, fmt, read=read)
    making = tasks.ask_for_file(bilan, fmt, key, leaving=leaving, again=AGAIN in request.GET)
    if making is tasks.Making.FAILED:
        return _failed(request, bilan, fmt)
    # Where nothing waits (tests), it is there by now.
    file = filing.stored(key)
    return _file(file, bilan, fmt, read=read) if file else _waiting(request, bilan, fmt, read=read)


def _file(file: StoredFile, bilan: Bilan, fmt: str, *, read: bool = False) -> HttpResponse:
    return attachment(file.data, file.media_type, _name_of(bilan, fmt), read=read)


def _waiting(request: AuthenticatedRequest, bilan: Bilan, fmt: str, *, read: bool) -> HttpResponse:
    then = "s’ouvre ici" if read else "se télécharge"
    return waiting_page(
        request,
        bilan,
        title=f"Le {DOWNLOADS[fmt].name} se prépare",
        sentences=(f"Il faut quelques secondes. Il {then} dès qu’il est prêt, puis il n’est plus à refaire.",),
        to=_here(request, WAITED),
    )


def _ready(request: AuthenticatedRequest, bilan: Bilan, fmt: str) -> HttpResponse:
    """To whoever waited: the file comes by itself, and the page says that it did."""
    address = _here(request)
    context = {"bilan": bilan, "name": DOWNLOADS[fmt].name, "failed": False, "to": address}
    response = TemplateResponse(request, "reporting/bilan_file.html", context)
    response.headers["Refresh"] = f"0; url={address}"
    return response


def _failed(request: AuthenticatedRequest, bilan: Bilan, fmt: str) -> HttpResponse:
    context = {"bilan": bilan, "name": DOWNLOADS[fmt].name, "failed": True, "to": _here(request, AGAIN)}
    return TemplateResponse(request, "reporting/bilan_file.html", context, status=HTTPStatus.SERVICE_UNAVAILABLE)


def _here(request: AuthenticatedRequest, *flags: str) -> str:
    """The address of this file, with these words in its query and that of what would leave when it is asked for."""
    kept = [LEAVING] if LEAVING in request.GET else []
    query = urlencode([(word, "1") for word in (*kept, *flags)])
    return f"{request.path}?{query}" if query else request.path
