"""Pages that take and give files: a preview, then all the rows or none; what is refused goes back annotated."""

from http import HTTPStatus
from typing import Any, ClassVar
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.text import slugify
from django.views.decorators.http import require_POST
from import_export.admin import ImportExportMixin
from import_export.formats.base_formats import Format
from import_export.forms import ConfirmImportForm, ImportForm
from import_export.tmp_storages import MediaStorage

from accounts.models import User
from accounts.once import once
from companies.scoped_admin import Row, ScopedAdmin, may_administer
from companies.scoped_resource import ScopedResource
from dsfr_forms.forms import posted
from tabular.annotating import annotated
from tabular.formats import FrenchCsv, FrenchTable, SafeXlsx
from tabular.importing import ImportResult
from tabular.limits import MAX_BYTES, TOO_HEAVY, FileRefused
from tabular.reading import read_table
from tabular.writing import to_xlsx
from territories.clock import now
from workflows.tables import WrongState

KEPT = 60 * 60
"""Seconds during which a stored file can be confirmed, or asked for annotated; the daily purge erases it later."""

PREVIEWED, REFUSED = "import", "refused"
"""What a signature is for: a file that was refused cannot be confirmed."""

NOT_YOURS = "Seul le référent PAQTE du département envoie ce fichier."
GONE = "Ce fichier n’est plus gardé\u00a0: envoyez-le de nouveau."
NO_FAULT_LEFT = "Ce fichier n’a plus de ligne à corriger\u00a0: envoyez-le de nouveau pour l’importer."
NOT_VALID = "Cette page n’est plus valable\u00a0: envoyez de nouveau votre fichier."
CHANGED = "Rien n’a été importé\u00a0: des lignes ont changé depuis l’aperçu. Recommencez."
ALREADY_IMPORTED = "Ce fichier est déjà importé\u00a0: rien n’a changé. Vérifiez la liste avant de recommencer."


class KeptFile(MediaStorage):
    """A file between its preview and its confirmation."""

    def remove(self) -> None:
        """Once what it brought is there for good: a process killed before leaves both as they were."""
        transaction.on_commit(super().remove)


class TableImportForm(ImportForm):
    """The file to import; its format is found out from it."""

    format = forms.CharField(widget=forms.HiddenInput, initial="0")
    import_file = forms.FileField(
        label="Fichier à importer", widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.ods"})
    )

    def _init_formats(self, formats: list[type[Format]]) -> None:
        """There is one; the field says so and shows nothing."""

    @property
    def media(self) -> forms.Media:
        """No script: the library's only guesses the format, and its jQuery writes styles that the CSP forbids."""
        return forms.Media()

    def clean_import_file(self) -> UploadedFile[Any]:  # Any: bytes, which Django does not say
        """Refuse what is too heavy to be read at all."""
        file: UploadedFile[Any] = self.cleaned_data["import_file"]
        if file.size is None or file.size > MAX_BYTES:
            raise ValidationError(TOO_HEAVY)
        return file


class TableConfirmForm(ConfirmImportForm):
    """The confirmation of a preview, which enters once however often it is pressed."""

    once = forms.UUIDField(widget=forms.HiddenInput, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class TableAdmin(ImportExportMixin, ScopedAdmin[Row]):
    """Import with a preview, then all or nothing; export without live formulas."""

    resource_classes: ClassVar[list[type[ScopedResource]]]
    import_form_class = TableImportForm
    confirm_form_class = TableConfirmForm
    import_template_name = "admin/table_import.html"
    import_export_change_list_template = "admin/table_change_list.html"
    tmp_storage_class = KeptFile

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(self.annotated_file)
        name = f"{'_'.join(self.get_model_info())}_annotated"
        return [path("import/annote/", page, name=name), *super().get_urls()]

    def get_import_formats(self) -> list[type[Format]]:
        return [FrenchTable]

    def get_export_formats(self) -> list[type[Format]]:
        return [FrenchCsv, SafeXlsx]

    def has_import_permission(self, request: HttpRequest) -> bool:
        return may_administer(request)

    def has_export_permission(self, request: HttpRequest) -> bool:
        return may_administer(request)

    def get_resource_kwargs(self, request: HttpRequest, **_kwargs: Any) -> dict[str, Any]:  # Any: the library's
        user = request.user
        return {"user": user, "at": now(user.department if isinstance(user, User) else None)}

    def get_import_form_kwargs(self, request: HttpRequest) -> dict[str, Any]:  # Any: the library's
        """Bound to what was posted, were it nothing: the field then says that it wants a file."""
        usual: dict[str, Any] = super().get_import_form_kwargs(request)  # Any: as above
        return usual | {"data": posted(request)}

    def get_import_context_data(self, **_kwargs: Any) -> dict[str, Any]:  # Any: the library's signature
        """The columns that a file must have, and the others that it may."""
        resource = self.resource_classes[0]
        names = [field.column_name for field in resource.fields.values()]
        return {"needed": resource.needed, "other_columns": [name for name in names if name not in resource.needed]}

    def add_data_read_fail_error_to_form(self, form: forms.Form, error: Exception) -> None:
        """The sentence that says why the file is no table; anything else is an error of ours."""
        if not isinstance(error, FileRefused):
            raise error
        form.add_error("import_file", str(error))

    def import_action(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:  # Any: the library's signature
        """Preview. A refused file is forgotten, unless it has rows to correct and may be asked for annotated."""
        self._refuse_others(request)
        response: HttpResponse = super().import_action(request, **kwargs)
        context = getattr(response, "context_data", None) or {}
        context["title"] = f"Importer des {self.opts.verbose_name_plural}"
        if "confirm_form" in context:
            context["confirm_form"].initial["seen"] = context["result"].seen
        elif request.method == "POST":
            response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
            context["is_refused"] = True
            stored = getattr(request.FILES.get("import_file"), "tmp_storage_name", "")
            if "result" in context and context["result"].faults:
                context["refused_file"] = self._signer(request, REFUSED).sign(stored)
            elif stored:
                self.get_tmp_storage_class()(name=stored).remove()
        return response

    @method_decorator(require_POST)
    def annotated_file(self, request: HttpRequest) -> HttpResponse:
        """The refused file again, with what is wrong beside each row; it is judged anew and nothing is written."""
        self._refuse_others(request)
        stored = self._stored_name(request, "refused_file", REFUSED)
        try:
            table = read_table(self.get_tmp_storage_class()(name=stored).read())
        except FileNotFoundError:
            messages.error(request, GONE)
            return self._back_to_import()
        resource = self.resource_classes[0](**self.get_resource_kwargs(request))
        advice = resource.import_data(table, dry_run=True).advice
        if not advice:
            messages.info(request, NO_FAULT_LEFT)
            return self._back_to_import()
        content = to_xlsx([annotated(table, advice)], unknown="")
        return HttpResponse(
            content,
            content_type=SafeXlsx().get_content_type(),
            headers={"Content-Disposition": f'attachment; filename="{self._file_name()}-a-corriger.xlsx"'},
        )

    def get_confirm_form_initial(self, request: HttpRequest, import_form: forms.Form | None) -> dict[str, Any]:
        """The name of the stored file is signed for this person and this model: another's cannot be confirmed."""
        initial: dict[str, Any] = super().get_confirm_form_initial(request, import_form)  # Any: the library's
        if "import_file_name" in initial:
            initial["import_file_name"] = self._signer(request, PREVIEWED).sign(initial["import_file_name"])
        initial["once"] = uuid4()
        return initial

    def process_import(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:  # Any: the library's signature
        """Confirmation: once, however often it is sent; another time says so, and changes nothing."""
        if request.method != "POST":
            # An address kept, or a session that ended: one starts from the file again.
            return self._back_to_import()
        response = self._confirmed(request, **kwargs)
        if not getattr(request, "has_imported", False) and isinstance(response, HttpResponseRedirect):
            messages.info(request, ALREADY_IMPORTED)
        return response

    @method_decorator(once)  # type: ignore[arg-type]  # its views answer an HttpResponse, which the stub calls a base
    def _confirmed(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:  # Any: as above
        """Every row is checked again, all of them enter or none."""
        self._refuse_others(request)
        posted = request.POST.copy()
        posted["import_file_name"] = self._stored_name(request, "import_file_name", PREVIEWED)
        request.POST = posted  # type: ignore[assignment]  # a mutable copy, as its own tests do
        try:
            response: HttpResponse = super().process_import(request, **kwargs)
        except FileNotFoundError:
            return self._back_to_import()
        if not isinstance(response, HttpResponseRedirect):
            raise PermissionDenied(NOT_VALID)
        return response

    def process_dataset(self, *args: Any, **kwargs: Any) -> ImportResult:  # Any: the library's signature
        """Write the file. Raises WrongState before it is forgotten: pressing again must hear the same."""
        result: ImportResult = super().process_dataset(*args, **kwargs)
        if result.has_errors() or result.has_validation_errors():
            raise WrongState([CHANGED])
        return result

    def get_import_data_kwargs(self, **kwargs: Any) -> dict[str, Any]:  # Any: the library's signature
        """A confirmation says what its preview stood on."""
        form = kwargs["form"]
        return {"seen": form.cleaned_data["seen"]} if isinstance(form, TableConfirmForm) else {}

    def process_result(self, result: ImportResult, request: HttpRequest) -> HttpResponse:
        """Say what was done."""
        if result.to_write:
            setattr(request, "has_imported", True)  # noqa: B010  # what process_import looks at: its sentence is said
        response: HttpResponse = super().process_result(result, request)
        return response

    def add_success_message(self, result: ImportResult, request: HttpRequest) -> None:
        if result.to_write:
            messages.success(request, f"Import terminé\u00a0: {result.summary}.")

    def export_action(self, request: HttpRequest) -> HttpResponse:
        """What the list shows, as ?format=csv or xlsx."""
        if not self.has_export_permission(request):
            raise PermissionDenied
        wanted = request.GET.get("format", "csv")
        formats = {"csv": FrenchCsv, "xlsx": SafeXlsx}
        if wanted not in formats:
            raise Http404
        filters = request.GET.copy()
        filters.pop("format", None)
        request.GET = filters  # type: ignore[assignment]  # the list must not take it for a filter of its own
        response: HttpResponse = self._do_file_export(formats[wanted](), request, self.get_export_queryset(request))
        return response

    def get_export_filename(self, request: HttpRequest, queryset: QuerySet[Row], file_format: Format) -> str:
        return f"{self._file_name()}.{file_format.get_extension()}"

    def _file_name(self) -> str:
        return slugify(str(self.model._meta.verbose_name_plural))

    def _back_to_import(self) -> HttpResponse:
        return HttpResponseRedirect(reverse(f"admin:{'_'.join(self.get_model_info())}_import"))

    def _refuse_others(self, request: HttpRequest) -> None:
        if not self.has_import_permission(request):
            raise PermissionDenied(NOT_YOURS)

    def _stored_name(self, request: HttpRequest, field: str, purpose: str) -> str:
        """The file that the form names. Raises PermissionDenied unless signed for this, WrongState an hour after."""
        try:
            return self._signer(request, purpose).unsign(request.POST.get(field, ""), max_age=KEPT)
        except SignatureExpired as error:
            raise WrongState([NOT_VALID]) from error
        except BadSignature as error:
            raise PermissionDenied(NOT_VALID) from error

    def _signer(self, request: HttpRequest, purpose: str) -> TimestampSigner:
        """For this person and this model."""
        return TimestampSigner(salt=f"{purpose}:{self.model._meta.label}:{request.user.pk}")
