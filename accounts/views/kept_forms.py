"""What was typed before the session ended: sent again by its author, or let go of."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from accounts import kept_forms
from accounts.policies import AuthenticatedRequest, any_account


@require_http_methods(["GET", "HEAD", "POST"])
@any_account
def kept_form(request: AuthenticatedRequest) -> HttpResponse:
    """Shows what waits, with a button that sends it where it was going, under the rules of that page."""
    if request.method == "POST":
        kept_forms.forget_form(request)
        messages.success(request, "La saisie conservée est effacée.")
        return redirect("dashboard")
    context = {"kept": kept_forms.kept_form(request), "sent_again": kept_forms.SENT_AGAIN}
    return TemplateResponse(request, "accounts/kept_form.html", context)
