"""The pages that take a file: a preview, then all its rows or none; what is refused goes back annotated.

Each is given the kind of file that it takes, by the addresses of the room that knows it.
"""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.once import once
from accounts.policies import AuthenticatedRequest, allow
from accounts.roles import Role
from accounts.trail import record_import
from companies.forms.imports import ImportForm
from companies.kept_files import NOT_VALID, PREVIEWED, REFUSED, KeptFiles
from companies.scoped_resource import ScopedResource
from documents.attachments import streamed
from dsfr_forms.forms import posted, status_of
from lists.files import FORMATS
from tabular.annotating import annotated
from tabular.cells import About, Table
from tabular.importing import ImportResult
from tabular.limits import FileRefused
from tabular.packing import packed, unpacked
from tabular.reading import ReadTable, read_table
from territories.clock import now
from workflows.tables import WrongState

GONE = "Ce fichier n’est plus gardé\u00a0: envoyez-le de nouveau."
NO_FAULT_LEFT = "Ce fichier n’a plus de ligne à corriger\u00a0: envoyez-le de nouveau pour l’importer."
CHANGED = "Rien n’a été importé\u00a0: des lignes ont changé depuis l’aperçu. Recommencez."
ALREADY_IMPORTED = "Ce fichier est déjà importé\u00a0: rien n’a changé. Vérifiez la liste avant de recommencer."

Kind = type[ScopedResource]


def addresses(kind: Kind, under: str) -> list[URLPattern]:
    """The pages of a kind of file, under an address of its room."""
    given = {"kind": kind}
    return [
        path(f"{under}importer/", import_page, given, name=kind.page),
        path(f"{under}importer/confirmer/", import_confirm, given, name=f"{kind.page}_confirm"),
        path(f"{under}importer/annote/", import_annotated, given, name=f"{kind.page}_annotated"),
        path(f"{under}importer/modele.<slug:ending>", import_model, given, name=f"{kind.page}_model"),
        path(f"{under}importer/a-jour.<slug:ending>", import_current, given, name=f"{kind.page}_current"),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.REFERENT)
def import_page(request: AuthenticatedRequest, kind: Kind) -> HttpResponse:
    """What a file must hold, and the preview of one that is sent. Nothing is written."""
    form, resource = ImportForm(posted(request), request.FILES or None), _work(kind, request)
    table = _table(form, resource) if form.is_valid() else None
    result = resource.import_data(table, dry_run=True) if table else None
    if table and result and not result.is_refused:
        return _preview(request, resource, table, result)
    context = {
        "kind": resource,
        "form": form,
        "result": result,
        "refused_file": _kept(REFUSED, kind, request).keep(packed(table)) if table and result and result.faults else "",
        "columns": resource.explained(),
        "formats": [(made.name, ending) for ending, made in FORMATS.items()],
    }
    return TemplateResponse(request, "companies/import_page.html", context, status=status_of(form.is_bound))


@require_POST
@allow(Role.REFERENT)
def import_confirm(request: AuthenticatedRequest, kind: Kind) -> HttpResponse:
    """Write the file that was previewed, once however often it is sent; another time says so, and changes nothing."""
    response = _confirmed(request, kind)
    if isinstance(response, HttpResponseRedirect) and not getattr(request, "has_imported", False):
        messages.info(request, ALREADY_IMPORTED)
    return response


@require_POST
@allow(Role.REFERENT)
def import_annotated(request: AuthenticatedRequest, kind: Kind) -> HttpResponseBase:
    """The refused file again, with what is wrong beside each row; it is judged anew and nothing is written."""
    resource = _work(kind, request)
    try:
        table = _read(_kept(REFUSED, kind, request), request.POST.get("refused_file", ""))
    except FileNotFoundError:
        messages.error(request, GONE)
        return redirect(kind.page)
    advice = resource.import_data(table, dry_run=True).advice
    if not advice:
        messages.info(request, NO_FAULT_LEFT)
        return redirect(kind.page)
    return _file(request, kind, "-a-corriger", "xlsx", annotated(table, advice))


@require_safe
@allow(Role.REFERENT)
def import_model(request: AuthenticatedRequest, kind: Kind, ending: str) -> HttpResponseBase:
    """A file with the titles of the columns and an example, which is not read when it comes back."""
    return _file(request, kind, "-modele", ending, _work(kind, request).model())


@require_safe
@allow(Role.REFERENT)
def import_current(request: AuthenticatedRequest, kind: Kind, ending: str) -> HttpResponseBase:
    """One's own rows under the same titles: sent back as they are, they change nothing."""
    return _file(request, kind, "", ending, _work(kind, request).current())


@once
def _confirmed(request: AuthenticatedRequest, kind: Kind) -> HttpResponse:
    """Every row is judged again, all of them enter or none. Raises WrongState when one is not what was shown."""
    kept, signed = _kept(PREVIEWED, kind, request), request.POST.get("file", "")
    resource = _work(kind, request)
    try:
        table = _read(kept, signed)
    except FileNotFoundError:
        return redirect(kind.page)
    result = resource.import_data(table, seen=request.POST.get("seen", ""))
    if result.is_refused:
        raise WrongState([CHANGED])
    kept.forget(signed)
    if result.to_write:
        setattr(request, "has_imported", True)  # noqa: B010  # what import_confirm looks at: its sentence is said
        messages.success(request, f"Import terminé\u00a0: {result.summary}.")
        record_import(request, kind.title, rows=len(result.to_write))
    return redirect(kind.home[1])


def _table(form: ImportForm, resource: ScopedResource) -> ReadTable | None:
    """What the file says; None when it is no table, which becomes an error of the form."""
    try:
        return read_table(form.cleaned_data["import_file"], knows=resource.knows)
    except FileRefused as refusal:
        form.add_error("import_file", str(refusal))
        return None


def _preview(
    request: AuthenticatedRequest, kind: ScopedResource, table: ReadTable, result: ImportResult
) -> HttpResponse:
    """What the file would do, and the button that does it."""
    setattr(request, "creates_once", True)  # noqa: B010  # its form confirms once
    file = _kept(PREVIEWED, type(kind), request).keep(packed(table))
    context = {"kind": kind, "result": result, "file": file, "confirm_url": reverse(f"{kind.page}_confirm")}
    return TemplateResponse(request, "companies/import_preview.html", context)


def _work(kind: Kind, request: AuthenticatedRequest) -> ScopedResource:
    return kind(user=request.user, at=now(request.user.department))


def _read(kept: KeptFiles, signed: str) -> ReadTable:
    """What was kept. Raises what `KeptFiles.read` does, and WrongState when the disk did not keep it whole."""
    try:
        return unpacked(kept.read(signed))
    except (ValueError, TypeError) as error:
        raise WrongState([NOT_VALID]) from error


def _kept(purpose: str, kind: Kind, request: AuthenticatedRequest) -> KeptFiles:
    return KeptFiles(purpose, kind.page, request.user)


def _file(request: AuthenticatedRequest, kind: Kind, name: str, ending: str, table: Table) -> HttpResponseBase:
    """The answer that is a file. Raises Http404 for a format that there is not."""
    if ending not in FORMATS:
        raise Http404
    at = now(request.user.department)
    made, about = FORMATS[ending], About(f"PAQTE, {kind.title}", str(request.user.department), at)
    return streamed(made.write(table, about), made.media_type, f"{kind.file_name}{name}.{ending}")
