"""What machines ask for: is it alive, what may robots read, whom to tell about a weakness."""

import logging
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.policies import public

logger = logging.getLogger(__name__)

PLAIN = "text/plain; charset=utf-8"
ROBOTS = """User-agent: *
Disallow: /
Allow: /$
Allow: /accessibilite/
Allow: /mentions-legales/
Allow: /donnees-personnelles/
Allow: /plan-du-site/
Allow: /contact/
Allow: /static/
"""


@require_safe
@public
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while the database answers, 503 otherwise; says nothing more to anybody."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        logger.exception("health check: the database does not answer")
        return HttpResponse("indisponible\n", content_type=PLAIN, status=503, headers={"Retry-After": "30"})
    return HttpResponse("ok\n", content_type=PLAIN)


@require_safe
@public
def robots(request: HttpRequest) -> HttpResponse:
    """Search engines may read the public pages."""
    return HttpResponse(ROBOTS, content_type=PLAIN)


@require_safe
@public
def security_txt(request: HttpRequest) -> HttpResponse:
    """Where to report a weakness (RFC 9116); the date moves with the calendar, so that it is never past."""
    expires = (timezone.now() + timedelta(days=180)).strftime("%Y-%m-%dT00:00:00Z")
    lines = f"Contact: mailto:{settings.CONTACT_ADDRESS}\nExpires: {expires}\nPreferred-Languages: fr, en\n"
    return HttpResponse(lines, content_type=PLAIN)
