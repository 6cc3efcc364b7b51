"""Pages of conventions: the sheet, the frame of a draft."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.confirmation import confirm_removal, must_confirm
from accounts.models import User
from accounts.once import once
from accounts.policies import AuthenticatedRequest, allow
from accounts.roles import Role
from companies.actions.signatories import record_charter
from companies.models import Charter, Company
from conventions.actions import conventions as actions
from conventions.forms.conventions import FRAME, FrameForm, NewConventionForm, frame_of
from conventions.forms.conventions import new_convention_form as convention_form
from conventions.models import Convention
from conventions.selectors.sheet import convention_sheet, targets_lost
from dsfr_forms.forms import posted
from dsfr_forms.layout import portal_helper
from territories.clock import now, today
from workflows.forms import RefusalsOf
from workflows.tables import WrongState

READERS = (Role.REFERENT, Role.LECTEUR, Role.ANIMATEUR, Role.ENTREPRISE)


@require_safe
@allow(*READERS)
def convention_detail(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """The sheet of a convention, with its next step."""
    visible = Convention.objects.visible_to(request.user).select_related("company__department", "charter", "renews")
    convention = get_object_or_404(visible.prefetch_related("axes"), pk=pk)
    sheet = convention_sheet(convention, user=request.user, day=today(convention.company.department))
    return TemplateResponse(request, "conventions/convention_detail.html", {"sheet": sheet})


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.REFERENT)
@once
def convention_create(request: AuthenticatedRequest) -> HttpResponse:
    """Draw up a draft for a company of one's département."""
    companies = Company.objects.visible_to(request.user).filter(succession=None)
    form = convention_form(posted(request), companies, _company_asked(request))
    if form.is_valid() and (convention := _drawn_up(form, by=request.user)):
        messages.success(request, f"Le brouillon {convention.reference} est créé. Fixez maintenant ses objectifs.")
        return redirect("convention_targets", pk=convention.pk)
    context = {"form": form, "has_companies": companies.exists()}
    return TemplateResponse(request, "conventions/convention_create.html", context, status=form.http_status)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.REFERENT)
def convention_update(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """Change the frame of a draft; the targets that go with an axis are named first."""
    convention = draft_of(request.user, pk)
    form = FrameForm(posted(request), initial=frame_of(convention), draft=convention)
    if form.is_valid():
        lost = targets_lost(convention, form.kept_axes)
        if must_confirm(request, lost):
            return confirm_removal(request, lost, back=request.path)
        if _revised(convention, form, by=request.user):
            messages.success(request, "Les modifications sont enregistrées.")
            return redirect(convention)
    helper = portal_helper("Enregistrer", layout=FRAME, cancel_url=convention.get_absolute_url())
    context = {"convention": convention, "form": form, "helper": helper}
    return TemplateResponse(request, "conventions/convention_update.html", context, status=form.http_status)


def draft_of(user: User, pk: UUID) -> Convention:
    """The draft, with its company. Raises WrongState when it is no longer one."""
    visible = Convention.objects.visible_to(user).select_related("company__department", "charter")
    convention = get_object_or_404(visible, pk=pk)
    if refusal := convention.refusal_to_edit():
        raise WrongState([refusal])
    return convention


def _company_asked(request: AuthenticatedRequest) -> Company | None:
    """The company named in the address; anything else there is ignored."""
    try:
        return Company.objects.visible_to(request.user).filter(pk=request.GET.get("company", "")).first()
    except ValidationError:
        return None


def _drawn_up(form: NewConventionForm, *, by: User) -> Convention | None:
    """Create the draft and its charter together; a refusal becomes an error of the form."""
    company = form.cleaned_data["company"]
    with RefusalsOf(form), transaction.atomic():
        return actions.create(
            company=company,
            starts_on=form.cleaned_data["starts_on"],
            axes=form.kept_axes,
            axes_reason=form.cleaned_data["axes_reason"],
            charter=_charter(company, form, by=by),
            at=now(by.department),
            by=by,
        )
    return None


def _revised(convention: Convention, form: FrameForm, *, by: User) -> bool:
    """Change the draft and its charter together; a refusal becomes an error of the form."""
    with RefusalsOf(form), transaction.atomic():
        actions.revise(
            convention,
            starts_on=form.cleaned_data["starts_on"],
            axes=form.kept_axes,
            axes_reason=form.cleaned_data["axes_reason"],
            charter=_charter(convention.company, form, by=by),
            at=now(convention.company.department),
            by=by,
        )
    return form.is_valid()


def _charter(company: Company, form: FrameForm, *, by: User) -> Charter | None:
    """The charter of origin that was typed, if any."""
    reference, signed_on = form.cleaned_data["charter_reference"], form.cleaned_data["charter_signed_on"]
    if not reference:
        return None
    return record_charter(company, reference=reference, signed_on=signed_on, at=now(company.department), by=by)
