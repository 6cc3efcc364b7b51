"""The steps of a convention: ready to sign, signed, terminated, renewed."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from accounts.once import once
from accounts.policies import AuthenticatedRequest, allow
from accounts.roles import Role
from conventions.actions import conventions as actions
from conventions.actions.conventions import StakeChanged
from conventions.expected import Period
from conventions.forms.conventions import CancellationForm, SignatureForm, TerminationForm
from conventions.models import Convention, Target
from conventions.notifications import administrators_of, told
from conventions.selectors.stake import stake_of
from dsfr_forms.forms import posted
from dsfr_forms.layout import portal_helper
from territories.clock import now, today
from workflows.forms import RefusalsOf
from workflows.tables import Incomplete


@require_POST
@allow(Role.REFERENT)
def convention_prepare(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """Declare the draft ready to sign."""
    convention = _visible(request.user, pk)
    actions.prepare(convention, at=now(convention.company.department), by=request.user)
    messages.success(request, "La convention est prête à signer.")
    return redirect(convention)


@require_POST
@allow(Role.REFERENT)
def convention_resume(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """Take it back to its draft."""
    convention = _visible(request.user, pk)
    actions.resume(convention, at=now(convention.company.department), by=request.user)
    messages.success(request, "La convention est de nouveau un brouillon.")
    return redirect(convention)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.REFERENT)
def convention_sign(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """Record the day and place of the signature."""
    convention = _open_for("signer", request.user, pk)
    department = convention.company.department
    window = convention.signature_window(today(department))
    form = SignatureForm(posted(request), initial={"place": department.prefecture}, window=window)
    if form.is_valid() and (sentence := _signed(convention, form, by=request.user)):
        messages.success(request, f"La signature est enregistrée. {sentence}")
        return redirect(convention)
    helper = portal_helper("Enregistrer la signature", cancel_url=convention.get_absolute_url())
    people = administrators_of(convention.company)
    context = {"convention": convention, "form": form, "helper": helper, "told": told(people)}
    return TemplateResponse(request, "conventions/convention_sign.html", context, status=form.http_status)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.REFERENT)
def convention_cancel(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """Take back a signature, once what that loses has been read."""
    convention = _open_for("annuler", request.user, pk)
    if obstacles := convention.obstacles_to_cancel():
        raise Incomplete(obstacles)
    form = CancellationForm(posted(request))
    status, refusals = form.http_status, tuple[str, ...]()
    if form.is_valid():
        try:
            people = actions.cancel_signature(
                convention,
                comment=form.cleaned_data["comment"],
                read=request.POST.get("read", ""),
                at=now(convention.company.department),
                by=request.user,
            )
        except StakeChanged as changed:
            status, refusals = HTTPStatus.CONFLICT, changed.reasons
        else:
            messages.success(request, f"La signature est annulée. {told(people)}")
            return redirect(convention)
    context = {"convention": convention, "form": form, "refusals": refusals, "stake": stake_of(convention)}
    context["told"] = told(administrators_of(convention.company))
    return TemplateResponse(request, "conventions/convention_cancel.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.REFERENT)
def convention_drop(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """Delete a draft, once what goes with it has been read."""
    convention = _open_for("supprimer", request.user, pk)
    if obstacles := convention.obstacles_to_drop():
        raise Incomplete(obstacles)
    if request.method == "POST":
        actions.drop(convention, at=now(convention.company.department), by=request.user)
        messages.success(request, f"Le brouillon {convention.reference} est supprimé.")
        return redirect("convention_list")
    context = {
        "convention": convention,
        "targets": Target.objects.visible_to(request.user).of(convention).count(),
        "commitments": list(convention.specific_commitments.all()),
    }
    return TemplateResponse(request, "conventions/convention_drop.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.REFERENT)
def convention_terminate(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """End a signed convention before its time."""
    convention = _open_for("resilier", request.user, pk)
    form = TerminationForm(posted(request), term=Period(convention.starts_on, convention.ends_on))
    if form.is_valid() and _terminated(convention, form, by=request.user):
        messages.success(request, "La résiliation est enregistrée.")
        return redirect(convention)
    helper = portal_helper("Résilier la convention", cancel_url=convention.get_absolute_url())
    context = {"convention": convention, "form": form, "helper": helper}
    return TemplateResponse(request, "conventions/convention_terminate.html", context, status=form.http_status)


@require_POST
@allow(Role.REFERENT)
@once
def convention_renew(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """Draw up the draft of the next three years."""
    convention = _visible(request.user, pk)
    renewal = actions.renew(convention, at=now(convention.company.department), by=request.user)
    messages.success(request, f"Le brouillon {renewal.reference} prend la suite. Fixez maintenant ses objectifs.")
    return redirect("convention_targets", pk=renewal.pk)


def _visible(user: User, pk: UUID) -> Convention:
    return get_object_or_404(Convention.objects.visible_to(user).select_related("company__department"), pk=pk)


def _open_for(name: str, user: User, pk: UUID) -> Convention:
    """The convention, when this step is the one that comes next. Raises TransitionRefused."""
    convention = _visible(user, pk)
    # The comment is asked by the page itself: here it must not stand in the way.
    convention.workflow.check(name, state=convention.state, acting_as=convention.acting_as(user), comment="…")
    return convention


def _signed(convention: Convention, form: SignatureForm, *, by: User) -> str:
    """Sign, and say who is told; empty when the date cannot be, which becomes an error of the form."""
    on, place = form.cleaned_data["signed_on"], form.cleaned_data["place"]
    with RefusalsOf(form, field="signed_on"):
        return told(actions.sign(convention, on=on, place=place, at=now(convention.company.department), by=by))
    return ""


def _terminated(convention: Convention, form: TerminationForm, *, by: User) -> bool:
    """Terminate; false when the day cannot be, which becomes an error of the form."""
    on, comment = form.cleaned_data["on"], form.cleaned_data["comment"]
    with RefusalsOf(form, field="on"):
        actions.terminate(convention, on=on, comment=comment, at=now(convention.company.department), by=by)
    return form.is_valid()
