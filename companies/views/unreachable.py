"""The page of the addresses that do not receive the portal's mails."""

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from accounts.policies import AuthenticatedRequest, allow
from accounts.roles import Role
from companies.unreachable import lines_of, unreachable
from dsfr_forms.lists import page_of


@require_safe
@allow(Role.REFERENT, Role.LECTEUR)
def unreachable_list(request: AuthenticatedRequest) -> HttpResponse:
    """Who is not reached, since when, and where that is repaired; a lecteur reads it."""
    page = page_of(unreachable(request.user), request)
    context = {
        "page": page,
        "lines": lines_of(page, reader=request.user),
        "may_repair": request.user.role == Role.REFERENT,
    }
    return TemplateResponse(request, "companies/unreachable_list.html", context)
