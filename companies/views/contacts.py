"""The contacts of all the companies that somebody follows, in one list."""

from django.http import HttpResponseBase
from django.views.decorators.http import require_safe

from accounts.lists import list_answer
from accounts.policies import AuthenticatedRequest, allow
from accounts.roles import Role
from companies.lists.contacts import CONTACTS
from companies.models import Contact


@require_safe
@allow(Role.REFERENT, Role.LECTEUR, Role.ANIMATEUR)
def contact_list(request: AuthenticatedRequest) -> HttpResponseBase:
    """Whom one writes to, company by company: for a mail to all of them, or a meeting."""
    return list_answer(
        request, CONTACTS, Contact.objects.visible_to(request.user), template="companies/contact_list.html"
    )
