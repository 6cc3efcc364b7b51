"""Versions of the consolidated bilan that the agency freezes: asked for having read what is counted, then kept."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.once import once
from accounts.policies import AuthenticatedRequest, allow
from accounts.roles import Role
from conventions.models import Campaign
from documents.attachments import attachment
from documents.downloads import Download
from dsfr_forms.forms import posted
from dsfr_forms.layout import portal_helper
from national import files, tasks
from national.actions.editions import ask_to_freeze
from national.forms import EditionForm
from national.models import Edition
from national.selection import Selection
from national.selectors.total import nation
from national.value import names_of
from national.views.choosing import of_a_part
from reporting.views.waiting import Place, waiting_page
from territories.clock import now
from territories.semester import Semester


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.CGET)
@once
@of_a_part
def edition_create(request: AuthenticatedRequest, campaign: Campaign, selection: Selection) -> HttpResponse:
    """What would be frozen, who is missing from it, and why it is published; then the worker freezes it."""
    semester = campaign.semester
    total = nation(semester, selection)
    if not total.shares:
        raise Http404
    form = EditionForm(posted(request), initial={"shown": files.fingerprint(total)})
    if form.is_valid():
        edition = ask_to_freeze(
            semester=semester,
            selection=selection,
            **form.cleaned_data,
            read=_current,
            enqueue=tasks.tell_worker,
            at=now(),
            by=request.user,
        )
        return redirect(edition)
    back = reverse("national_detail", args=[semester]) + selection.query
    context = {
        "nation": total,
        "semester": semester,
        "missing": names_of(total.missing),
        "form": form,
        "helper": portal_helper("Figer cette version", cancel_url=back),
        "back": back,
    }
    return TemplateResponse(request, "national/edition_create.html", context, status=form.http_status)


def _current(semester: Semester, selection: Selection) -> str:
    return files.fingerprint(nation(semester, selection))


@require_safe
@allow(Role.CGET)
def edition_detail(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """On its way, refused, or frozen with its files and the fingerprint of its PDF."""
    edition = get_object_or_404(Edition.objects.visible_to(request.user).select_related("by"), pk=pk)
    said = f"{edition.title}, {edition.semester.label}"
    back = reverse("national_detail", args=[edition.semester]) + edition.selection.query
    if edition.finished_at is None:
        return waiting_page(
            request,
            Place(said, "National", back, "Revenir aux chiffres"),
            title="La version se prépare",
            sentences=("Il faut jusqu’à une minute pour un pays entier\u00a0; les fichiers sont gardés ensemble.",),
            since=edition.at,
            to=edition.get_absolute_url(),
            done=(files.how_many_made(edition.fingerprint), len(files.FORMATS)),
        )
    context = {
        "edition": edition,
        "back": back,
        "downloads": [Download(reverse("edition_download", args=[pk, kind]), said, kind) for kind in files.FORMATS],
    }
    return TemplateResponse(request, "national/edition_detail.html", context)


@require_safe
@allow(Role.CGET)
def edition_download(request: AuthenticatedRequest, pk: UUID, fmt: str) -> HttpResponse:
    """A file of a frozen version, byte for byte, whatever was sent since."""
    edition = get_object_or_404(Edition.objects.visible_to(request.user).frozen(), pk=pk)
    file = edition.kept(fmt)
    if file is None:
        raise Http404
    name = f"paqte-{edition.selection.slug}-{edition.semester}-version-{edition.number}.{fmt}"
    return attachment(file.data, file.media_type, name)
