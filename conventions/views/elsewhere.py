"""The page of the flag « déjà comptée ailleurs »: set it, lift it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.once import once
from accounts.policies import AuthenticatedRequest, allow
from accounts.roles import Role
from conventions.actions.elsewhere import flag_elsewhere, lift_elsewhere
from conventions.expected import Period
from conventions.forms.elsewhere import FlagForm, LiftForm
from conventions.models import Convention
from conventions.transitions import SIGNED
from dsfr_forms.forms import posted
from territories.clock import now
from workflows.forms import RefusalsOf
from workflows.tables import WrongState


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.REFERENT)
@once
def convention_elsewhere(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """Where else the convention is counted, and what comes next: the flag, or its end."""
    visible = Convention.objects.visible_to(request.user).select_related("company__department")
    convention = get_object_or_404(visible, pk=pk)
    if convention.state not in SIGNED:
        raise WrongState(["Seule une convention signée se signale comme déjà comptée ailleurs."])
    flags = list(convention.elsewhere.all())
    standing = any(flag.until is None for flag in flags)
    lifting = request.POST.get("action", "lift" if standing else "flag") == "lift"
    term = Period(convention.starts_on, convention.effective_end)
    form = LiftForm(posted(request)) if lifting else FlagForm(posted(request), term=term)
    if form.is_valid() and _saved(convention, form, by=request.user):
        messages.success(request, "Le signalement est levé." if lifting else "Le signalement est enregistré.")
        return redirect(convention)
    context = {"convention": convention, "flags": flags, "lifting": lifting, "form": form}
    return TemplateResponse(request, "conventions/convention_elsewhere.html", context, status=form.http_status)


def _saved(convention: Convention, form: FlagForm | LiftForm, *, by: User) -> bool:
    """Set the flag or lift it; false when it cannot be, which becomes an error of the form."""
    change = flag_elsewhere if isinstance(form, FlagForm) else lift_elsewhere
    with RefusalsOf(form):
        change(convention, **form.cleaned_data, at=now(convention.company.department), by=by)
    return form.is_valid()
