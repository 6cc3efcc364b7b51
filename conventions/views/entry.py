"""The company enters its figures: one axis at a time, then its examples of actions."""

from dataclasses import dataclass
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.confirmation import confirm_removal, must_confirm
from accounts.once import once
from accounts.policies import AuthenticatedRequest, allow
from accounts.roles import Role
from accounts.visitors import is_fetch
from conventions.actions import entry as actions
from conventions.actions.entry import Saving, StaleVersion
from conventions.forms.entry import StepForm
from conventions.forms.examples import ExamplesForm
from conventions.models import Submission
from conventions.selectors.entry import EXAMPLES, submission_sheet
from conventions.selectors.lines import SheetSection, SubmissionSheet
from dsfr_forms.forms import posted
from indicators.specs import Axis
from territories.clock import today
from workflows.tables import WrongState

EXAMPLES_TITLE = "Exemples d’actions"


@dataclass(frozen=True)
class StepLink:
    """One link of the step bar."""

    label: str
    url: str
    current: bool


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.ENTREPRISE, Role.ANIMATEUR)
def submission_step(request: AuthenticatedRequest, pk: UUID, step: str) -> HttpResponse:
    """One step of the entry: shown, saved as a draft, or saved as one types (X-Requested-With)."""
    submission = visible_submission(request, pk)
    _refuse_editing(request, submission)
    sheet = submission_sheet(submission)
    if step == EXAMPLES:
        return _examples(request, sheet)
    section = sheet.section(step)
    if section is None:
        raise Http404
    if request.method != "POST":
        return _page(request, sheet, section, StepForm(section))
    form = StepForm(section, request.POST)
    if is_fetch(request):
        return _autosave(request, sheet, form)
    return _save(request, sheet, section, form)


def visible_submission(request: AuthenticatedRequest, pk: UUID) -> Submission:
    """The submission with what every page of it needs, or 404."""
    submissions = Submission.objects.visible_to(request.user).select_related(
        "campaign", "convention", "company__department"
    )
    return get_object_or_404(submissions, pk=pk)


def _refuse_editing(request: AuthenticatedRequest, submission: Submission) -> None:
    """Closed, sent or validated: the page of entry is not shown at all."""
    on = today(submission.company.department)
    refusal = submission.refusal_to_edit(acting_as=submission.acting_as(request.user), on=on)
    if refusal:
        raise WrongState([refusal])


def _store(request: AuthenticatedRequest, sheet: SubmissionSheet, form: StepForm) -> Submission:
    submission = sheet.submission
    on = today(submission.company.department)
    saving = Saving(submission, form.answers, version=form.version, shown=form.shown)
    return actions.save_results([saving], by=request.user, on=on)[0]


def _save(request: AuthenticatedRequest, sheet: SubmissionSheet, section: SheetSection, form: StepForm) -> HttpResponse:
    """A button was pressed: saved and on, or the page again with everything typed."""
    if form.errors:
        return _page(request, sheet, section, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        _store(request, sheet, form)
    except StaleVersion as stale:
        return _page(request, sheet, section, form.beside(stale), status=HTTPStatus.CONFLICT)
    messages.success(request, f"« {section.title} » : brouillon enregistré.")
    here = reverse("submission_step", args=[sheet.submission.pk, section.slug])
    return redirect(_next_url(sheet, section.slug) if "continue" in request.POST else here)


def _autosave(request: AuthenticatedRequest, sheet: SubmissionSheet, form: StepForm) -> JsonResponse:
    """Saved while one types: says in JSON whether it is, and what is surprising about it."""
    if form.errors:
        return _unsaved(form, [link.text for link in form.errors], status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        row = _store(request, sheet, form)
    except StaleVersion as stale:
        return _unsaved(form, [f"{stale} Enregistrez pour voir les deux saisies."], status=HTTPStatus.CONFLICT)
    saved = submission_sheet(sheet.submission).section(form.section.slug)
    lines = saved.lines if saved else ()
    remarks = [sentence for line in lines for sentence in line.remarks]
    answer = {"saved": True, "version": row.version, "sentences": list(dict.fromkeys(remarks))}
    return JsonResponse(answer | {"loaded": form.loaded_now(lines)})


def _unsaved(form: StepForm, sentences: list[str], *, status: int) -> JsonResponse:
    return JsonResponse({"saved": False, "version": form.version, "sentences": sentences}, status=status)


def _page(
    request: AuthenticatedRequest, sheet: SubmissionSheet, section: SheetSection, form: StepForm, *, status: int = 200
) -> HttpResponse:
    version = sheet.submission.version if form.version < 0 else form.version
    context = {
        "sheet": sheet,
        "submission": sheet.submission,
        "section": section,
        "form": form,
        "version": version,
        "conflict": status == HTTPStatus.CONFLICT,
        "steps": steps_of(sheet, section.slug),
        "following": _following(sheet, section.slug),
    }
    return TemplateResponse(request, "conventions/submission_step.html", context, status=status)


@once
def _examples(request: AuthenticatedRequest, sheet: SubmissionSheet) -> HttpResponse:
    """The step of the examples of actions."""
    submission = sheet.submission
    examples = list(submission.examples.told())
    axes = [Axis(section.slug) for section in sheet.sections if section.slug in set(Axis)]
    form = ExamplesForm(examples, axes, posted(request))
    if request.method != "POST":
        return _examples_page(request, sheet, form, status=200)
    if not form.is_valid():
        return _examples_page(request, sheet, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if must_confirm(request, form.removed):
        return confirm_removal(request, form.removed, back=request.path)
    version = StepForm(SheetSection("", "", "", ()), request.POST).version
    try:
        on = today(submission.company.department)
        actions.save_examples(submission, drafts=form.drafts, version=version, by=request.user, on=on)
    except StaleVersion:
        return _examples_page(request, sheet, form, status=HTTPStatus.CONFLICT)
    messages.success(request, f"{EXAMPLES_TITLE} : brouillon enregistré.")
    here = reverse("submission_step", args=[submission.pk, EXAMPLES])
    return redirect(submission.get_absolute_url() if "continue" in request.POST else here)


def _examples_page(
    request: AuthenticatedRequest, sheet: SubmissionSheet, form: ExamplesForm, *, status: int
) -> HttpResponse:
    context = {
        "sheet": sheet,
        "submission": sheet.submission,
        "form": form,
        "conflict": status == HTTPStatus.CONFLICT,
        "steps": steps_of(sheet, EXAMPLES),
    }
    return TemplateResponse(request, "conventions/submission_examples.html", context, status=status)


def steps_of(sheet: SubmissionSheet, current: str) -> list[StepLink]:
    """The step bar: every axis with its progress, the examples, the last page."""
    pk = sheet.submission.pk
    steps = [
        StepLink(
            f"{section.title} ({section.answered}/{len(section.lines)})",
            reverse("submission_step", args=[pk, section.slug]),
            section.slug == current,
        )
        for section in sheet.sections
    ]
    examples = StepLink(EXAMPLES_TITLE, reverse("submission_step", args=[pk, EXAMPLES]), current == EXAMPLES)
    return [*steps, examples, StepLink("Relire et transmettre", sheet.submission.get_absolute_url(), current == "")]


def _next_url(sheet: SubmissionSheet, slug: str) -> str:
    """Where « Enregistrer et continuer » leads: after a return, to the next step with something to correct."""
    slugs = [section.slug for section in sheet.sections]
    later = sheet.sections[slugs.index(slug) + 1 :]
    target = next((section.slug for section in later if section.open_lines), "")
    if sheet.submission.is_returned and not target:
        return sheet.submission.get_absolute_url()
    return reverse("submission_step", args=[sheet.submission.pk, target or EXAMPLES])


def _following(sheet: SubmissionSheet, slug: str) -> str:
    """The title of the next step."""
    titles = [section.title for section in sheet.sections]
    position = [section.slug for section in sheet.sections].index(slug)
    return [*titles, EXAMPLES_TITLE][position + 1]
