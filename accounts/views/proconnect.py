"""Sign in with ProConnect, when the installation has it: leave for the provider, come back with an identity."""

import jwt
import requests
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe
from mozilla_django_oidc.views import OIDCAuthenticationCallbackView, OIDCAuthenticationRequestView

from accounts import door
from accounts.models import User
from accounts.policies import View, public
from accounts.proconnect import UNREADABLE, IdentityRefused, provider_setting

SILENT = "ProConnect ne répond pas."
INTERRUPTED = "La connexion a été interrompue, ou elle a trop duré."


class _Leave(OIDCAuthenticationRequestView):
    """Draws state and nonce, and sends to the provider. A form opens it: nothing may leave by an image's address."""

    http_method_names = ["post"]
    get_settings = staticmethod(provider_setting)
    post = OIDCAuthenticationRequestView.get


class _Return(OIDCAuthenticationCallbackView):
    """Reads what came back; the door, and not this view, signs in."""

    get_settings = staticmethod(provider_setting)
    user: User

    def login_success(self) -> HttpResponse:
        """Through the one door, where our own second factor is asked unless the provider asked for one."""
        return door.enter(self.request, self.user, to=self.success_url, proved_twice=self.user.proved_twice)  # type: ignore[attr-defined]  # set by our backend

    def login_failure(self) -> HttpResponse:
        """Nobody was recognised."""
        return _refused(self.request, INTERRUPTED)


_leave: View = _Leave.as_view()
_return: View = _Return.as_view()


@require_POST
@public
def proconnect(request: HttpRequest) -> HttpResponseBase:
    """Go to the provider."""
    if settings.PROCONNECT is None:
        raise Http404
    return _leave(request)


@require_safe
@public
def proconnect_callback(request: HttpRequest) -> HttpResponseBase:
    """Come back from the provider. Whoever is signed in already goes on: a stranger's link must not sign them out."""
    if settings.PROCONNECT is None:
        raise Http404
    if request.user.is_authenticated:
        return redirect(settings.LOGIN_REDIRECT_URL)
    try:
        return _return(request)
    except IdentityRefused as refusal:
        return _refused(request, str(refusal))
    except requests.RequestException:
        return _refused(request, SILENT)
    except (SuspiciousOperation, jwt.PyJWTError, KeyError, TypeError, ValueError):
        # What the library makes of an answer that is not what the protocol says.
        return _refused(request, UNREADABLE)


def _refused(request: HttpRequest, sentence: str) -> HttpResponse:
    """The page that says why, with the other ways in."""
    return render(request, "accounts/proconnect_refused.html", {"sentence": sentence}, status=403)
