"""Inviting people: the list of invitations, a new one, and what can still be done with each."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.lists import list_answer
from accounts.once import once
from accounts.policies import AuthenticatedRequest, allow
from accounts.roles import Role
from companies.actions.invitations import Offer, invite, refuse_out_of_reach, revoke, send_again
from companies.forms.invitations import INVITATION_FORMS, InvitationForm
from companies.lists.invitations import invitation_list_at
from companies.models import Invitation, InvitationQuerySet
from dsfr_forms.forms import posted
from dsfr_forms.layout import portal_helper
from workflows.forms import RefusalsOf


@dataclass(frozen=True)
class Tab:
    """One of the lists: its name, its rows, what is said when there are none, whether something can still be done."""

    label: str
    rows: Callable[[InvitationQuerySet, datetime], InvitationQuerySet]
    none: str
    acts: bool = True


TABS: dict[str, Tab] = {
    "en-attente": Tab("En attente", lambda rows, at: rows.pending(at), "Aucune invitation n’attend de réponse"),
    "acceptees": Tab(
        "Acceptées", lambda rows, _at: rows.accepted(), "Aucune invitation n’a encore été acceptée", False
    ),
    "expirees": Tab("Expirées", lambda rows, at: rows.expired(at), "Aucune invitation n’est restée sans réponse"),
}
"""By the word of the address; the first is the one that opens. Invitations taken back are in none."""


@require_safe
@allow(Role.REFERENT, Role.CGET)
def invitation_list(request: AuthenticatedRequest) -> HttpResponseBase:
    """The invitations of one's département, or of the agency, tab by tab."""
    at = timezone.now()
    rows = Invitation.objects.visible_to(request.user)
    tab = TABS.get(request.GET.get("etat", ""), TABS["en-attente"])
    return list_answer(
        request,
        invitation_list_at(at, nothing=tab.none, acts=tab.acts),
        tab.rows(rows, at),
        template="companies/invitation_list.html",
        tab=tab,
        tabs=[{"label": item.label, "url": f"?etat={key}", "current": item is tab} for key, item in TABS.items()],
    )


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.REFERENT, Role.CGET)
@once
def invitation_create(request: AuthenticatedRequest) -> HttpResponse:
    """First whom one invites, then the form that goes with it."""
    forms = INVITATION_FORMS[request.user.role]
    kind = forms.get(request.GET.get("pour", ""))
    if kind is None:
        choices = [(f"?pour={key}", form.title, form.hint) for key, form in forms.items()]
        return TemplateResponse(request, "companies/invitation_choose.html", {"choices": choices})
    form = kind(posted(request), by=request.user, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid() and invitation_sent(request, form):
        return redirect("invitation_list")
    helper = portal_helper("Envoyer l’invitation", cancel_url=reverse("invitation_list"))
    context = {"form": form, "helper": helper}
    return TemplateResponse(request, "companies/invitation_create.html", context, status=form.http_status)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.REFERENT, Role.CGET, Role.ENTREPRISE)
@once
def invitation_resend(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """Ask, then send a new link."""
    done = "Une nouvelle invitation est partie à {email}."
    return _settle(request, pk, send_again, done=done, template="companies/invitation_resend.html")


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.REFERENT, Role.CGET, Role.ENTREPRISE)
def invitation_revoke(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """Ask, then take the invitation back."""
    done = "L’invitation de {email} est annulée."
    return _settle(request, pk, revoke, done=done, template="companies/invitation_revoke.html")


def invitation_sent(request: AuthenticatedRequest, form: InvitationForm) -> bool:
    """Send what a valid form offers and say so, in the same words for every address; a refusal is the form's."""
    with RefusalsOf(form, field="email"):
        invitation = invite(form.offer(), at=timezone.now(), by=request.user)
        messages.success(request, f"Une invitation est partie à {invitation.email}\u00a0: elle est valable sept jours.")
    return form.is_valid()


def _settle(
    request: AuthenticatedRequest, pk: UUID, action: Callable[..., Invitation], *, done: str, template: str
) -> HttpResponse:
    """The question, or what was asked."""
    rows = Invitation.objects.visible_to(request.user).select_related("company", "department")
    invitation = get_object_or_404(rows, pk=pk)
    refuse_out_of_reach(Offer.of(invitation), by=request.user)
    back = _list_of(request, invitation)
    if request.method != "POST":
        list_name = "Invitations" if back == reverse("invitation_list") else "Membres"
        context = {"invitation": invitation, "back": back, "back_label": list_name}
        return TemplateResponse(request, template, context)
    action(invitation, at=timezone.now(), by=request.user)
    messages.success(request, done.format(email=invitation.email))
    return redirect(back)


def _list_of(request: AuthenticatedRequest, invitation: Invitation) -> str:
    """Where this person sees the invitation: a company's member, on the page of its members."""
    if request.user.role == Role.ENTREPRISE and invitation.company:
        return reverse("company_members", args=[invitation.company.pk])
    return reverse("invitation_list")
