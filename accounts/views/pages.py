"""The pages that anybody may read: welcome, legal pages, contact, plan of the site."""

from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.policies import public
from accounts.retention import KEPT, PERIODS
from accounts.roles import Role

ACCESSIBILITY_STATED_ON = date(2026, 11, 25)
"""Moves with the text of the statement; three years later it is void."""
PRIVACY_STATED_ON = date(2026, 11, 30)


@require_safe
@public
def home(request: HttpRequest) -> HttpResponse:
    """Welcome; whoever is signed in with a role goes on to the dashboard."""
    if isinstance(request.user, User) and request.user.role:
        return redirect(settings.LOGIN_REDIRECT_URL)
    return TemplateResponse(request, "accounts/home.html")


@require_safe
@public
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement that the law wants."""
    context = {"contact_address": settings.CONTACT_ADDRESS, "established": ACCESSIBILITY_STATED_ON}
    return TemplateResponse(request, "accounts/accessibility.html", context)


@require_safe
@public
def legal_notice(request: HttpRequest) -> HttpResponse:
    """Mentions légales."""
    legal = {"publisher": settings.PUBLISHER, "director": settings.PUBLICATION_DIRECTOR, "hosting": settings.HOSTING}
    context = {"contact_address": settings.CONTACT_ADDRESS, "legal": legal}
    return TemplateResponse(request, "accounts/legal_notice.html", context)


@require_safe
@public
def privacy(request: HttpRequest) -> HttpResponse:
    """Which personal data the portal keeps, why, how long, and how to have a say (RGPD, article 13)."""
    context = {
        "dpo_address": settings.DPO_ADDRESS,
        "publisher": settings.PUBLISHER,
        "established": PRIVACY_STATED_ON,
        "durations": [*((period.data, period.words) for period in PERIODS.values()), *KEPT],
    }
    return TemplateResponse(request, "accounts/privacy.html", context)


@require_safe
@public
def site_map(request: HttpRequest) -> HttpResponse:
    """Every page that this visitor can reach from the menu or the footer."""
    return TemplateResponse(request, "accounts/site_map.html")


@require_safe
@public
def contact(request: HttpRequest) -> HttpResponse:
    """Whom to write to: one's référent, whom whoever works with one is given; the agency and référents have none."""
    person = request.user if isinstance(request.user, User) else None
    context = {
        "contact_address": settings.CONTACT_ADDRESS,
        "has_referent": person is None or person.role not in {Role.REFERENT, Role.CGET},
        "referents": person.referents if person else (),
    }
    return TemplateResponse(request, "accounts/contact.html", context)
