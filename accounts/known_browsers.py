"""Remembers, in a signed cookie, who signed in from this browser: what others do elsewhere must not keep them out.

The device cookie that OWASP describes (« Slow down online guessing attacks with device cookies »). It opens nothing.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

MOST = 5
"""Accounts that one browser remembers, the last one first."""
SALT = "accounts.known_browsers"


def accounts_known_here(request: HttpRequest) -> list[int]:
    """The accounts that signed in from this browser, the last one first."""
    text = request.get_signed_cookie(settings.KNOWN_BROWSER_COOKIE_NAME, "", salt=SALT) or ""
    return [int(part) for part in text.split("-") if part]


def remember(request: HttpRequest, response: HttpResponseBase, account: int) -> None:
    """Put this account first, unless it is there already."""
    known = accounts_known_here(request)
    if known[:1] == [account]:
        return
    accounts = [account, *(other for other in known if other != account)][:MOST]
    response.set_signed_cookie(
        settings.KNOWN_BROWSER_COOKIE_NAME,
        "-".join(map(str, accounts)),
        salt=SALT,
        max_age=settings.KNOWN_BROWSER_COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
