"""The agency prepares a version of the catalogue: change, import, compare, publish once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.confirmation import confirm_removal, must_confirm
from accounts.models import User
from accounts.once import once
from accounts.policies import AuthenticatedRequest, allow
from accounts.roles import Role
from documents.attachments import attachment
from dsfr_forms.forms import PortalRules, posted
from dsfr_forms.layout import portal_helper
from indicators import editing
from indicators.actions import drafts as actions
from indicators.document import CatalogueError, written
from indicators.forms import DraftFrameForm, FrameForm, ImportForm, IndicatorForm
from indicators.models import CatalogueDraft
from indicators.selectors import review
from indicators.sheet import document_of, is_spreadsheet, sheet_of
from indicators.views.catalogue import TOML
from lists.files import FORMATS
from territories.clock import now, today
from workflows.forms import RefusalsOf
from workflows.tables import TransitionRefused

LINKED = "Ce qui lie des indicateurs (parties, contrôles, taux, chiffres clés) se change dans le fichier de la version."


FILES: Mapping[str, tuple[str, Callable[[CatalogueDraft], bytes]]] = {
    "toml": (TOML, lambda draft: draft.content.encode()),
    "xlsx": (FORMATS["xlsx"].media_type, lambda draft: sheet_of(draft.document)),
}
"""By the end of an address: what it is, and how it is written."""

IMPORTED = (
    "Un fichier TOML prend la place de tout ce que dit la version\u00a0; un tableur, de ses indicateurs seulement. "
    "Téléchargez l’un ou l’autre sur la page de la version, changez-le, puis importez-le."
)


@dataclass(frozen=True)
class FormPage:
    """What stands around a form."""

    heading: str
    sentence: str
    submit: str = "Enregistrer"
    layout: Sequence[object] = ()
    """Of the fields, where they are many."""


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.CGET)
@once
def draft_create(request: AuthenticatedRequest) -> HttpResponse:
    """Begin a version; it says what the last one says."""
    form = FrameForm(posted(request))
    if form.is_valid():
        draft = actions.begin_version(**form.cleaned_data, at=now(), by=request.user)
        messages.success(request, "La version est commencée\u00a0: elle dit pour l’instant ce que dit la dernière.")
        return redirect(draft)
    page = FormPage("Préparer une version", "Elle dira d’abord ce que dit la dernière version publiée.", "Commencer")
    return _asked(request, form, page, back=reverse("catalogue_list"))


@require_safe
@allow(Role.CGET)
def draft_detail(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """What it says, what it changes word for word, and what stands in the way of publishing it."""
    draft = _visible(request.user, pk)
    context = {
        "draft": draft,
        "review": review(draft, on=today()),
        "journal": draft.logs.select_related("by").order_by("-pk"),
    }
    return TemplateResponse(request, "indicators/draft_detail.html", context)


@require_safe
@allow(Role.CGET)
def draft_file(request: AuthenticatedRequest, pk: UUID, fmt: str) -> HttpResponse:
    """Its file as it is now, or the spreadsheet of its indicators, to be changed elsewhere and imported."""
    draft = _visible(request.user, pk)
    if fmt not in FILES:
        raise Http404
    kind, write = FILES[fmt]
    return attachment(write(draft), kind, f"{draft.catalogue.version}-projet.{fmt}")


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.CGET)
def draft_frame(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """Its name, its title, its day."""
    draft = _open(request.user, pk)
    catalogue = draft.catalogue
    known = {"code": catalogue.version, "title": catalogue.title, "published_on": catalogue.published_on}
    form = DraftFrameForm(posted(request), initial={**known, "shown": catalogue.fingerprint})
    if form.is_valid():
        actions.change_frame(draft, **form.cleaned_data, at=now(), by=request.user)
        return _saved(request, draft)
    page = FormPage("Changer le nom ou la date", "Ce que la version dit des indicateurs reste.")
    return _asked(request, form, page, back=draft.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.CGET)
@once
def draft_indicator_create(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """One indicator more."""
    draft = _open(request.user, pk)
    form = IndicatorForm(posted(request), row=None, shown=draft.catalogue.fingerprint)
    if form.is_valid():
        with RefusalsOf(form):
            actions.add_indicator(draft, said=form.said, shown=form.cleaned_data["shown"], at=now(), by=request.user)
            return _saved(request, draft)
    return _asked(
        request, form, FormPage("Ajouter un indicateur", LINKED, layout=form.layout), back=draft.get_absolute_url()
    )


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.CGET)
def draft_indicator_update(request: AuthenticatedRequest, pk: UUID, code: str) -> HttpResponse:
    """What the version says of one indicator."""
    draft = _open(request.user, pk)
    row = editing.row_of(draft.document, code)
    if row is None:
        raise Http404
    form = IndicatorForm(posted(request), row=row, shown=draft.catalogue.fingerprint)
    if form.is_valid():
        with RefusalsOf(form):
            actions.change_indicator(
                draft, code=code, said=form.said, shown=form.cleaned_data["shown"], at=now(), by=request.user
            )
            return _saved(request, draft)
    return _asked(
        request, form, FormPage(f"Modifier {code}", LINKED, layout=form.layout), back=draft.get_absolute_url()
    )


@require_POST
@allow(Role.CGET)
@once
def draft_indicator_remove(request: AuthenticatedRequest, pk: UUID, code: str) -> HttpResponse:
    """One indicator less, once it was named."""
    draft = _open(request.user, pk)
    row = editing.row_of(draft.document, code)
    if row is None:
        raise Http404
    removed = [f"{code} {row['label']}"]
    if must_confirm(request, removed):
        effect = "Ce qui est signé et transmis garde cet indicateur. Son code ne servira pas à autre chose."
        return confirm_removal(request, removed, back=draft.get_absolute_url(), effect=effect)
    actions.remove_indicator(draft, code=code, shown=request.POST.get("shown", ""), at=now(), by=request.user)
    return _saved(request, draft)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.CGET)
def draft_import(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """Take a file in place of all that the version says."""
    draft = _open(request.user, pk)
    files = request.FILES if request.method == "POST" else None
    form = ImportForm(posted(request), files, shown=draft.catalogue.fingerprint)
    if form.is_valid():
        content, shown = form.cleaned_data["file"], form.cleaned_data["shown"]
        with RefusalsOf(form, field="file"):
            actions.import_file(draft, content=_toml_of(content, draft), shown=shown, at=now(), by=request.user)
            return _saved(request, draft)
    page = FormPage("Importer un fichier", IMPORTED, "Importer")
    return _asked(request, form, page, back=draft.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.CGET)
@once
def draft_publish(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """Read what is about to be published, then publish it for good."""
    draft = _open(request.user, pk)
    if request.method == "POST":
        version = actions.publish(draft, shown=request.POST.get("shown", ""), at=now(), by=request.user)
        messages.success(request, f"{version} est publié.")
        return redirect(version)
    return TemplateResponse(
        request, "indicators/draft_publish.html", {"draft": draft, "review": review(draft, on=today())}
    )


@require_POST
@allow(Role.CGET)
@once
def draft_drop(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """Give a version up, once it was named."""
    draft = _open(request.user, pk)
    removed = [f"{draft} ({draft.catalogue.version})"]
    if must_confirm(request, removed):
        effect = "La version n’est pas publiée et ne change plus. Son journal reste."
        return confirm_removal(request, removed, back=draft.get_absolute_url(), effect=effect)
    actions.drop(draft, at=now(), by=request.user)
    messages.success(request, "La version est abandonnée.")
    return redirect("catalogue_list")


def _toml_of(content: bytes, draft: CatalogueDraft) -> bytes:
    """The file as the catalogue writes it. Raises TransitionRefused with all that is wrong in a spreadsheet."""
    if not is_spreadsheet(content):
        return content
    try:
        return written(document_of(content, draft.document))
    except CatalogueError as error:
        raise TransitionRefused(str(error).splitlines()) from error


def _visible(user: User, pk: UUID) -> CatalogueDraft:
    return get_object_or_404(CatalogueDraft.objects.visible_to(user), pk=pk)


def _open(user: User, pk: UUID) -> CatalogueDraft:
    """One that may still change; of another its pages say that it does not, any more than its actions."""
    draft = _visible(user, pk)
    draft.refuse_closed()
    return draft


def _saved(request: AuthenticatedRequest, draft: CatalogueDraft) -> HttpResponse:
    messages.success(request, "C’est enregistré. Voyez ci-dessous ce que la version change et ce qui reste à corriger.")
    return redirect(draft)


def _asked(request: AuthenticatedRequest, form: PortalRules, page: FormPage, *, back: str) -> HttpResponse:
    context = {"form": form, "page": page, "helper": portal_helper(page.submit, layout=page.layout, cancel_url=back)}
    return TemplateResponse(request, "indicators/draft_form.html", context, status=form.http_status)
