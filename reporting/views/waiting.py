"""The pages of what is being done in the background: they look again by themselves, without JavaScript."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.http import urlencode

from documents import filing
from documents.attachments import attachment
from reporting.models import Bilan
from reporting.tasks import Making

WAITED = "attente"
"""In the query of an address: whoever asks waited for it there."""

AGAIN = "encore"
"""In the query of an address: what failed is tried again."""

PAUSE = 3
"""Seconds between two looks."""


@dataclass(frozen=True)
class Place:
    """Where one waits: what for, and the way back."""

    subject: str
    parent: str
    """What the trail calls the page before."""
    url: str
    back: str
    """The words of the way back."""

    @classmethod
    def of(cls, bilan: Bilan) -> "Place":
        """That of a bilan, whose département is loaded."""
        subject = f"Bilan {bilan.department.of_name}, {bilan.semester.label}"
        return cls(subject, "Bilan", bilan.get_absolute_url(), "Revenir au bilan")


def waiting_page(
    request: HttpRequest,
    place: Place,
    *,
    title: str,
    sentences: tuple[str, ...],
    to: str,
    since: datetime | None = None,
    done: tuple[int, int] | None = None,
) -> HttpResponse:
    """« En cours », with what happens meanwhile; the browser then asks for `to`. Accepted (202), not done.

    `done` is how many files are made, and of how many, where there are several.
    """
    context = {
        "place": place,
        "title": title,
        "sentences": sentences,
        "since": since,
        "to": to,
        "done": done,
        "pause": PAUSE,
    }
    response = TemplateResponse(request, "reporting/waiting.html", context, status=202)
    response.headers["Refresh"] = f"{PAUSE}; url={to}"
    return response


@dataclass(frozen=True)
class Wanted:
    """A file that takes seconds: it is there under its key, or it is asked for."""

    key: str
    name: str
    """In a sentence, after « le »."""
    file_name: str
    place: Place
    ask: Callable[[bool], Making]
    """Has it made; with True, again although it failed."""
    query: tuple[tuple[str, str], ...] = ()
    """What of its address says which file it is."""
    read: bool = False
    """Whether the browser shows it."""
    takes: str = "quelques secondes"

    def address(self, request: HttpRequest, *flags: str) -> str:
        """Where it is asked for, with these words."""
        query = urlencode([*self.query, *((word, "1") for word in flags)])
        return f"{request.path}?{query}" if query else request.path


def file_or_wait(request: HttpRequest, wanted: Wanted) -> HttpResponse:
    """The file; or the page where one waits for it, then the one that hands it over, or that says that it failed."""
    if filing.stored(wanted.key) and WAITED in request.GET and not wanted.read:
        return _ready(request, wanted)
    if found := _found(wanted):
        return found
    if wanted.ask(AGAIN in request.GET) is Making.FAILED:
        return _failed(request, wanted)
    # Where nothing waits (tests), it is there by now.
    return _found(wanted) or _waiting(request, wanted)


def _found(wanted: Wanted) -> HttpResponse | None:
    file = filing.stored(wanted.key)
    return attachment(file.data, file.media_type, wanted.file_name, read=wanted.read) if file else None


def _waiting(request: HttpRequest, wanted: Wanted) -> HttpResponse:
    then = "s’ouvre ici" if wanted.read else "se télécharge"
    return waiting_page(
        request,
        wanted.place,
        title=f"Le {wanted.name} se prépare",
        sentences=(f"Il faut {wanted.takes}. Il {then} dès qu’il est prêt, puis il n’est plus à refaire.",),
        to=wanted.address(request, WAITED),
    )


def _ready(request: HttpRequest, wanted: Wanted) -> HttpResponse:
    """To whoever waited: the file comes by itself, and the page says that it did."""
    address = wanted.address(request)
    context = {"place": wanted.place, "name": wanted.name, "failed": False, "to": address}
    response = TemplateResponse(request, "reporting/file.html", context)
    response.headers["Refresh"] = f"0; url={address}"
    return response


def _failed(request: HttpRequest, wanted: Wanted) -> HttpResponse:
    context = {"place": wanted.place, "name": wanted.name, "failed": True, "to": wanted.address(request, AGAIN)}
    return TemplateResponse(request, "reporting/file.html", context, status=HTTPStatus.SERVICE_UNAVAILABLE)
