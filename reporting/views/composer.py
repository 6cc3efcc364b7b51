"""Writing a bilan: start it, fill its boxes, rectify what was sent. For the référent of the département only."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.confirmation import confirm_removal, must_confirm
from accounts.once import once
from accounts.policies import AuthenticatedRequest, allow
from accounts.roles import Role
from accounts.visitors import is_fetch
from conventions.models import Campaign
from dsfr_forms.forms import posted, status_of
from reporting import actions
from reporting.dashboards.words import days_left
from reporting.forms import BilanForm, ContextForm, PartnerFormSet
from reporting.merging import StaleTexts
from reporting.models import Bilan
from reporting.renderers.document import BilanPage
from reporting.renderers.written import WrittenPage
from reporting.selectors import bilan_for, composer_for
from reporting.views.bilans import department_of, last_bilan, while_written
from territories.clock import now, today
from territories.models import DepartmentFigures
from territories.semester import Semester

EDIT = ["GET", "HEAD", "POST"]
BLANK = "nouveau"
"""Where the first row to fill is on a page of rows."""


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
@while_written
def bilan_edit(request: AuthenticatedRequest, bilan: Bilan) -> HttpResponse:
    """The composer: the boxes on one side, the page being written on the other; saved as one types, or by a button.

    « Relire avant de transmettre » and « J’ai relu » are other buttons of the same form: what is typed is saved first.
    """
    form = BilanForm(posted(request), instance=bilan)
    if is_fetch(request):
        return _autosave(request, bilan, form)
    if not form.is_valid():
        return _composer_page(request, form, status=form.http_status)
    try:
        _store(request, bilan, form)
    except StaleTexts as stale:
        return _composer_page(request, form.beside(stale), status=HTTPStatus.CONFLICT)
    messages.success(request, "Le brouillon est enregistré.")
    if "read_over" in request.POST:
        return redirect("bilan_transmit", bilan.department_id, bilan.semester)
    return redirect(f"{bilan.edit_url}#id_{form.read[0]}" if form.read else bilan.edit_url)


def _store(request: AuthenticatedRequest, bilan: Bilan, form: BilanForm) -> Bilan:
    return actions.save_texts(bilan, texts=form.typed, seen=form.seen, read=form.read, by=request.user)


def _autosave(request: AuthenticatedRequest, bilan: Bilan, form: BilanForm) -> JsonResponse:
    """Saved while one types: says in JSON whether it is, or why not."""
    if not form.is_valid():
        return _unsaved([link.text for link in form.error_links], status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        row = _store(request, bilan, form)
    except StaleTexts as stale:
        labels = ", ".join(f"« {box.label} »" for box in form.asked if box.name in stale.theirs)
        sentence = f"{stale} Enregistrez pour voir les deux textes\u00a0: {labels}."
        return _unsaved([sentence], status=HTTPStatus.CONFLICT)
    return JsonResponse({"saved": True, "sentences": [], "loaded": form.loaded_now(row)})


def _unsaved(sentences: list[str], *, status: int) -> JsonResponse:
    return JsonResponse({"saved": False, "sentences": sentences}, status=status)


def _composer_page(request: AuthenticatedRequest, form: BilanForm, *, status: int) -> HttpResponse:
    bilan = last_bilan(request, form.instance.department_id, form.instance.semester)
    day = today(bilan.department)
    data = bilan_for(bilan, day)
    campaign = Campaign.objects.filter(semester=bilan.semester).first() if bilan.is_due else None
    due_on = campaign and campaign.bilan_due_on
    context = {
        "bilan": bilan,
        "page": BilanPage(data),
        "due_on": due_on,
        "days_left": due_on and days_left(due_on, day),
        "composer": composer_for(bilan, data),
        "form": form,
        "conflict": status == HTTPStatus.CONFLICT,
        "leaving_since": bilan.leaving_since,
    }
    return TemplateResponse(request, "reporting/bilan_edit.html", context, status=status)


@require_safe
@allow(Role.REFERENT)
@while_written
def bilan_preview(request: AuthenticatedRequest, bilan: Bilan) -> HttpResponse:
    """What the composer shows of the texts once they are saved: the parts of its page that change while one types."""
    context = {
        "bilan": bilan,
        "page": WrittenPage(bilan.texts),
        "composer": composer_for(bilan),
        "form": BilanForm(instance=bilan),
    }
    return TemplateResponse(request, "reporting/_composer_live.html", context)


@require_http_methods(EDIT)
@allow(Role.REFERENT)
@once
@while_written
def bilan_partners(request: AuthenticatedRequest, bilan: Bilan) -> HttpResponse:
    """The associations and other actors of the département."""
    back = bilan.edit_url
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
        return redirect(f"{request.path}#{BLANK}" if "more" in request.POST else back)
    context = {"bilan": bilan, "formset": formset, "back": back}
    status = status_of(formset.total_error_count())
    return TemplateResponse(request, "reporting/bilan_partners.html", context, status=status)


@require_http_methods(EDIT)
@allow(Role.REFERENT)
@while_written
def bilan_context(request: AuthenticatedRequest, bilan: Bilan) -> HttpResponse:
    """The figures of context, carried over until somebody reads them again."""
    figures = DepartmentFigures.objects.visible_to(request.user).filter(semester=bilan.semester).first()
    back = bilan.edit_url
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
