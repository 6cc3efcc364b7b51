"""The page of what is being done in the background: it looks again by itself, without JavaScript."""

from datetime import datetime

from django.http import HttpResponse
from django.template.response import TemplateResponse

from accounts.policies import AuthenticatedRequest
from reporting.models import Bilan

WAITED = "attente"
"""In the query of an address: whoever asks waited for it there."""

PAUSE = 3
"""Seconds between two looks."""


def waiting_page(
    request: AuthenticatedRequest,
    bilan: Bilan,
    *,
    title: str,
    sentences: tuple[str, ...],
    to: str,
    since: datetime | None = None,
) -> HttpResponse:
    """« En cours », with what happens meanwhile; the browser then asks for `to`. Accepted (202), not done."""
    context = {"bilan": bilan, "title": title, "sentences": sentences, "since": since, "to": to, "pause": PAUSE}
    response = TemplateResponse(request, "reporting/bilan_waiting.html", context, status=202)
    response.headers["Refresh"] = f"{PAUSE}; url={to}"
    return response
