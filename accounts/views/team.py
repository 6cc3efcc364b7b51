"""Pages of a team: who works here, who takes over from whom, who leaves and who comes back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actions import team as actions
from accounts.lists import list_answer
from accounts.models import User
from accounts.policies import AuthenticatedRequest, allow
from accounts.roles import HANDED_OVER, Role
from accounts.selectors.team import burden_of, burden_told, managed_by, successors_of, team_of
from accounts.team_forms import DeactivationForm, HandoverForm
from accounts.team_list import team_list_for
from dsfr_forms.forms import PortalForm, posted
from dsfr_forms.layout import portal_helper


@require_safe
@allow(Role.REFERENT, Role.CGET)
def team_list(request: AuthenticatedRequest) -> HttpResponseBase:
    """The people whose accounts one manages, those who left included."""
    reader = request.user
    return list_answer(
        request,
        team_list_for(reader),
        team_of(reader),
        template="accounts/team_list.html",
        national=reader.role == Role.CGET,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.REFERENT)
def team_hand_over(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """Give a portfolio to somebody else, told what it is made of."""
    account = get_object_or_404(managed_by(request.user), public_id=pk, role__in=HANDED_OVER)
    form = HandoverForm(posted(request), account=account)
    if form.is_valid():
        successor = form.cleaned_data["successor"]
        try:
            given = actions.hand_over(account, to=successor, at=timezone.now(), by=request.user)
        except actions.TeamRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Portefeuille de {account} confié à {successor}\u00a0: {given}.")
            return redirect("team_list")
    context = {
        "account": account,
        "form": form,
        "helper": portal_helper("Confier le portefeuille", cancel_url=reverse("team_list")),
        "burden": burden_of(account),
        "successors": successors_of(account).exists(),
    }
    return TemplateResponse(request, "accounts/team_hand_over.html", context, status=form.http_status)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.REFERENT, Role.CGET)
def team_deactivate(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """Close an account, told what that does."""
    account = get_object_or_404(managed_by(request.user), public_id=pk)
    form = DeactivationForm(posted(request))
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            actions.deactivate(account, reason=reason, at=timezone.now(), by=request.user)
        except actions.LastOne as refusal:
            form.add_error("reason", str(refusal))
        except actions.TeamRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _closed(request, account)
    context = {
        "account": account,
        "form": form,
        "helper": portal_helper("Désactiver le compte", cancel_url=reverse("team_list")),
        "burden": burden_told(account, reader=request.user),
        "is_self": account == request.user,
    }
    return TemplateResponse(request, "accounts/team_deactivate.html", context, status=form.http_status)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.REFERENT, Role.CGET)
def team_reactivate(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """Open an account again, told what that gives back."""
    account = get_object_or_404(managed_by(request.user), public_id=pk)
    form = PortalForm(posted(request))
    if request.method == "POST":
        try:
            actions.reactivate(account, at=timezone.now(), by=request.user)
        except actions.TeamRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Le compte de {account} est réactivé.")
            return redirect("team_list")
    helper = portal_helper("Réactiver le compte", cancel_url=reverse("team_list"))
    context = {"account": account, "form": form, "helper": helper}
    return TemplateResponse(request, "accounts/team_reactivate.html", context, status=form.http_status)


def _closed(request: AuthenticatedRequest, account: User) -> HttpResponse:
    """Back to the list; whoever closed their own account has no session any more."""
    if account == request.user:
        request.session.flush()
        return redirect("login")
    messages.success(request, f"Le compte de {account} est désactivé et ses connexions sont fermées.")
    return redirect("team_list")
