"""The technical administration: same sign-in as the portal, and a plain refusal for who has no business there."""

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.decorators import method_decorator

from accounts.models import User
from accounts.views.sign_in import logout as sign_out


class PortalAdminSite(AdminSite):
    """Django's administration under the portal's name."""

    site_header = "Portail PAQTE, administration technique"
    site_title = "Administration PAQTE"
    index_title = "Données du portail"

    def has_permission(self, request: HttpRequest) -> bool:
        """The account says it; being « staff » is not enough, as Django has it."""
        return isinstance(request.user, User) and request.user.may_administer

    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context: dict[str, object] | None = None) -> HttpResponse:
        """Send to the portal's own sign-in, which throttles; refuse whoever is signed in without access."""
        if request.user.is_authenticated:
            raise PermissionDenied("L’administration technique est réservée aux comptes qui l’ont reçue.")
        return redirect_to_login(request.GET.get("next", "/administration/"), settings.LOGIN_URL)

    def logout(self, request: HttpRequest, extra_context: dict[str, object] | None = None) -> HttpResponseBase:  # type: ignore[override]  # the stub is narrower than a view
        """One way out, which empties the browser of what pages kept there: the portal's."""
        return sign_out(request)

    def password_change(  # type: ignore[override]  # a redirection, and no page
        self, request: HttpRequest, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        """One page changes passwords, which warns by mail and closes the other sessions: the portal's."""
        return redirect("password_change")
