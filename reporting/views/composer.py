"""Writing a bilan: start it, fill its boxes, transmit it, rectify it. For the référent of the département only."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.confirmation import confirm_removal, must_confirm
from accounts.once import once
from accounts.policies import AuthenticatedRequest, allow
from accounts.roles import Role
from conventions.models import Campaign
from dsfr_forms.forms import posted, status_of
from reporting import actions
from reporting.dashboards.words import days_left
from reporting.forms import BilanForm, ContextForm, PartnerFormSet
from reporting.renderers.document import BilanPage
from reporting.selectors import bilan_for, composer_for
from reporting.views.bilans import department_of, last_bilan
from territories.clock import now, today
from territories.models import DepartmentFigures
from territories.semester import Semester

EDIT = ["GET", "HEAD", "POST"]


@require_POST
@allow(Role.REFERENT)
@once
def bilan_start(request: AuthenticatedRequest, department: str, semester: Semester) -> HttpResponse:
    """Open the bilan of a campaign that has begun."""
    place = department_of(request, department)
    get_object_or_404(Campaign.objects.opened_by(today(place)), semester=semester)
    actions.start(department=place, semester=semester, at=now(place), by=request.user)
    messages.success(request, "Le bilan est commencé : le portail a rempli ce qu’il sait déjà.")
    return redirect("bilan_edit", department, semester)


@require_http_methods(EDIT)
@allow(Role.REFERENT)
def bilan_edit(request: AuthenticatedRequest, department: str, semester: Semester) -> HttpResponse:
    """The composer: the boxes on one side, the live figures on the other.

    « Relire avant de transmettre » is a second button of the boxes: what is typed is saved, then shown.
    """
    bilan = last_bilan(request, department, semester)
    if not bilan.is_draft:
        return redirect(bilan)
    form = BilanForm(posted(request), instance=bilan)
    if form.is_valid():
        actions.write(bilan, by=request.user, **{name: form.cleaned_data[name] for name in form.fields})
        messages.success(request, "Le brouillon est enregistré.")
        return redirect("bilan_transmit" if "read_over" in request.POST else "bilan_edit", department, semester)
    bilan = last_bilan(request, department, semester)
    day = today(bilan.department)
    data = bilan_for(bilan, day)
    due_on = Campaign.objects.filter(semester=semester).values_list("bilan_due_on", flat=True).first()
    context = {
        "bilan": bilan,
        "page": BilanPage(data),
        "due_on": due_on,
        "days_left": due_on and days_left(due_on, day),
        "composer": composer_for(bilan, data),
        "form": form,
    }
    return TemplateResponse(request, "reporting/bilan_edit.html", context, status=form.http_status)


@require_http_methods(EDIT)
@allow(Role.REFERENT)
@once
def bilan_partners(request: AuthenticatedRequest, department: str, semester: Semester) -> HttpResponse:
    """The associations and other actors of the département."""
    bilan = last_bilan(request, department, semester)
    formset = PartnerFormSet(posted(request), instance=bilan.department)
    if formset.is_valid():
        gone = [form.instance for form in formset.deleted_forms]
        names = [partner.name for partner in gone]
        if must_confirm(request, names):
            return confirm_removal(request, names, back=request.path)
        formset.save(commit=False)
        written = [*(partner for partner, _ in formset.changed_objects), *formset.new_objects]
        actions.change_partners(bilan, written=written, removed=gone, by=request.user)
        messages.success(request, "La liste des partenaires est enregistrée.")
        return redirect("bilan_partners" if "more" in request.POST else "bilan_edit", department, semester)
    context = {"bilan": bilan, "formset": formset, "back": reverse("bilan_edit", args=[department, semester])}
    status = status_of(formset.total_error_count())
    return TemplateResponse(request, "reporting/bilan_partners.html", context, status=status)


@require_http_methods(EDIT)
@allow(Role.REFERENT)
def bilan_context(request: AuthenticatedRequest, department: str, semester: Semester) -> HttpResponse:
    """The figures of context, carried over until somebody reads them again."""
    bilan = last_bilan(request, department, semester)
    figures = DepartmentFigures.objects.visible_to(request.user).filter(semester=semester).first()
    back = reverse("bilan_edit", args=[department, semester])
    form = ContextForm(posted(request), instance=figures, cancel_url=back)
    if form.is_valid():
        actions.set_context(bilan, figures=form.instance, by=request.user)
        messages.success(request, "Les chiffres de contexte sont enregistrés.")
        return redirect(back)
    context = {"bilan": bilan, "form": form, "back": back, "carried": bool(figures and not figures.confirmed)}
    return TemplateResponse(request, "reporting/bilan_context.html", context, status=form.http_status)


@require_POST
@allow(Role.REFERENT)
@once
def bilan_rectify(request: AuthenticatedRequest, department: str, semester: Semester) -> HttpResponse:
    """Prepare the next version of a transmitted bilan."""
    bilan = last_bilan(request, department, semester)
    actions.rectify(bilan, at=now(bilan.department), by=request.user)
    messages.success(request, "Le bilan rectificatif est en préparation. La version transmise reste disponible.")
    return redirect("bilan_edit", department, semester)
