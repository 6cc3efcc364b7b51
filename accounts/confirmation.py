"""The page between a form and its effect: it says what would happen and carries all that was typed, without script."""

import re
from collections.abc import Iterable, Sequence
from http import HTTPStatus

from django.http import HttpRequest, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

CONFIRMED = "confirmed"
OF_THE_PAGE = frozenset({"csrfmiddlewaretoken", "once"})
"""Drawn anew for each page: two sendings of the same answers differ by them."""
NOT_TYPED = frozenset({*OF_THE_PAGE, CONFIRMED, "action", "version", "shown", "read", "read_over", "more"})
STAMPS = "seen-"
"""How the marks begin that say what a page was loaded with."""
IDENTIFIER = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
MANAGEMENT = ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS", "-id", "-loaded", "DELETE")


def must_confirm(request: HttpRequest, removed: Sequence[str]) -> bool:
    """Whether something goes away that the person has not yet been shown on a page of its own."""
    return bool(removed) and CONFIRMED not in request.POST


def confirm_removal(request: HttpRequest, removed: Sequence[str], *, back: str, effect: str = "") -> TemplateResponse:
    """Name what is about to be removed; `effect` says what else follows, `back` is the page that gives it up."""
    one = len(removed) == 1
    return _carry(
        request,
        {
            "title": "Confirmer le retrait" if one else "Confirmer les retraits",
            "sentence": "Voici ce que votre envoi retire\u00a0:",
            "listed": removed,
            "effect": effect,
            "submit": "Retirer" if one else "Retirer tout cela",
            "back": back,
            "back_label": "Ne rien retirer",
        },
        confirmed=True,
    )


def confirm_sending(
    request: HttpRequest, people: Sequence[str], *, title: str, sentence: str, text: str, back: str
) -> TemplateResponse:
    """Name those to whom a text is about to leave, and show it; `back` is the page that gives it up."""
    return _carry(
        request,
        {
            "title": title,
            "sentence": sentence,
            "listed": people,
            "text": text,
            "effect": "Un courriel parti ne se reprend pas.",
            "submit": "Envoyer",
            "back": back,
            "back_label": "Ne pas envoyer",
        },
        confirmed=True,
    )


def send_again(request: HttpRequest, sentence: str, *, submit: str, back: str, back_label: str) -> TemplateResponse:
    """409: nothing of this sending was kept; it is shown, and one button sends it again under a new key."""
    return _carry(
        request,
        {
            "title": "Cet envoi n’est pas enregistré",
            "sentence": sentence,
            "listed": typed(_fields(request.POST)),
            "effect": "",
            "submit": submit,
            "back": back,
            "back_label": back_label,
        },
        status=HTTPStatus.CONFLICT,
    )


def typed(fields: Iterable[tuple[str, str]]) -> list[str]:
    """What a person would recognise of a form: words and figures, without the marks of the page."""
    return [
        value.strip()
        for name, value in fields
        if name not in NOT_TYPED and not name.endswith(MANAGEMENT) and not name.startswith(STAMPS)
        if value.strip() and not IDENTIFIER.fullmatch(value)
    ]


def way_back(request: HttpRequest) -> str:
    """The page that was left, when it is one of ours; else nothing."""
    referer = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(referer, {request.get_host()}, require_https=request.is_secure())
    return referer if ours else ""


def _carry(
    request: HttpRequest, context: dict[str, object], *, confirmed: bool = False, status: int = HTTPStatus.OK
) -> TemplateResponse:
    fields = [(name, value) for name, value in _fields(request.POST) if name not in OF_THE_PAGE]
    if confirmed:
        fields.append((CONFIRMED, "1"))
    own = {"fields": fields, "action": request.get_full_path(), "text": context.get("text", "")}
    return TemplateResponse(
        request, "confirmation.html", {**context, **own, "back": context["back"] or reverse("dashboard")}, status=status
    )


def _fields(posted: QueryDict) -> list[tuple[str, str]]:
    return [(name, str(value)) for name, values in posted.lists() for value in values]
