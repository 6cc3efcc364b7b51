"""What the agency and the préfecture write to each other about a bilan that was sent."""

from collections.abc import Callable, Sequence

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.once import once
from accounts.policies import AuthenticatedRequest, allow
from accounts.roles import Role
from reporting import actions
from reporting.exchange_forms import WordForm
from reporting.models import Bilan
from reporting.selectors.exchange import Said, exchange_of
from reporting.transitions import ACKNOWLEDGE, ANSWER, ASK
from reporting.views.bilans import READERS
from territories.clock import now
from territories.semester import Semester

PAGES = {ACKNOWLEDGE: "bilan_acknowledge", ASK: "bilan_ask", ANSWER: "bilan_answer"}
"""Where each word is sent."""


@require_safe
@allow(*READERS)
def bilan_exchange(request: AuthenticatedRequest, department: str, semester: Semester) -> HttpResponse:
    """Everything that was said of the versions sent, and where one writes next."""
    return _page(request, _sent(request, department, semester), WordForm())


@require_POST
@allow(Role.CGET)
@once
def bilan_acknowledge(request: AuthenticatedRequest, department: str, semester: Semester) -> HttpResponse:
    """The agency has the bilan."""
    bilan = _read(request, _sent(request, department, semester)).bilan
    people = actions.acknowledge(bilan, at=now(bilan.department), by=request.user)
    messages.success(request, f"La réception est accusée. {_told(people)}")
    return redirect("bilan_exchange", department, semester)


@require_POST
@allow(Role.CGET)
@once
def bilan_ask(request: AuthenticatedRequest, department: str, semester: Semester) -> HttpResponse:
    """The agency asks something: the question waits on the home of the référent."""

    def asked(bilan: Bilan, comment: str) -> str:
        people = actions.ask_back(bilan, comment=comment, at=now(bilan.department), by=request.user)
        return f"La question est posée. {_told(people)}"

    return _say(request, _sent(request, department, semester), ASK, asked)


@require_POST
@allow(Role.REFERENT)
@once
def bilan_answer(request: AuthenticatedRequest, department: str, semester: Semester) -> HttpResponse:
    """The référent answers."""

    def answered(bilan: Bilan, comment: str) -> str:
        actions.answer(bilan, comment=comment, at=now(bilan.department), by=request.user)
        return "La réponse est envoyée. Un courriel prévient l’agence."

    return _say(request, _sent(request, department, semester), ANSWER, answered)


def _say(
    request: AuthenticatedRequest, versions: Sequence[Said], word: str, said: Callable[[Bilan, str], str]
) -> HttpResponse:
    """Of the version that was read; `said` does it and tells what was done. Out of season, the action refuses."""
    read, form = _read(request, versions), WordForm(request.POST)
    in_season = {item.name for item in read.next_words(request.user)}
    if not form.is_valid() and word in in_season:
        return _page(request, versions, form)
    messages.success(request, said(read.bilan, form.cleaned_data.get("comment", "")))
    return redirect("bilan_exchange", read.bilan.department_id, read.bilan.semester)


def _sent(request: AuthenticatedRequest, department: str, semester: Semester) -> tuple[Said, ...]:
    versions = exchange_of(request.user, department, semester)
    if not versions:
        raise Http404
    return versions


def _read(request: AuthenticatedRequest, versions: Sequence[Said]) -> Said:
    """The version that the form was under: another may have been sent since, of which nothing was read."""
    named = request.POST.get("version", "")
    return next((one for one in versions if str(one.bilan.version) == named), versions[0])


def _page(request: AuthenticatedRequest, versions: Sequence[Said], form: WordForm) -> HttpResponse:
    last = versions[0]
    place = (last.bilan.department_id, last.bilan.semester)
    words = [(word, reverse(PAGES[word.name], args=place)) for word in last.next_words(request.user)]
    context = {
        "bilan": last.bilan,
        "versions": versions,
        "words": words,
        "form": form,
        "zone": last.bilan.department.time_zone,
    }
    return TemplateResponse(request, "reporting/bilan_exchange.html", context, status=form.http_status)


def _told(people: Sequence[User]) -> str:
    """Who is told, for who wrote: nothing is said to be known that nobody received."""
    if not people:
        return "Personne n’en est prévenu\u00a0: ce département n’a pas de référent en fonction."
    return f"Un courriel prévient {', '.join(person.get_full_name() for person in people)}."
