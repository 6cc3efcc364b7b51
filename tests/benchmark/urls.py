"""The portal's addresses, and the floor of them all: a signed-in page that only greets."""

from django.http import HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from accounts.policies import AuthenticatedRequest, any_account
from paqte_portal.urls import urlpatterns as portal


@require_safe
@any_account
def greeting(request: AuthenticatedRequest) -> HttpResponse:
    """Who is there."""
    return HttpResponse(f"Bonjour {request.user.get_full_name()}")


urlpatterns = [path("bonjour/", greeting), *portal]
