"""Technical administration of companies, and what all its pages share: scoped rows, safe files, nothing deleted."""

from http import HTTPStatus
from pathlib import PurePath
from typing import Any, ClassVar, TypeVar
from uuid import uuid4

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.signing import BadSignature, TimestampSigner
from django.db import models
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.text import slugify
from import_export.admin import ImportExportMixin
from import_export.formats.base_formats import Format
from import_export.forms import ConfirmImportForm, ImportForm
from import_export.tmp_storages import MediaStorage

from accounts.models import User
from accounts.once import once
from companies.models import Charter, Company, Contact, Establishment, Membership
from companies.resources import CompanyResource, ScopedResource
from tabular.formats import FrenchCsv, FrenchTable, SafeXlsx
from tabular.importing import ImportResult
from tabular.limits import MAX_BYTES, TOO_HEAVY, FileRefused
from territories.clock import now

Row = TypeVar("Row", bound=models.Model)

CONFIRM_WITHIN = 60 * 60
"""Seconds between a preview and its confirmation."""

ALREADY_IMPORTED = "Ce fichier est déjà importé\u00a0: rien n’a changé. Vérifiez la liste avant de recommencer."


def may_administer(request: HttpRequest) -> bool:
    """Who comes in sees; which rows, visible_to says."""
    return isinstance(request.user, User) and request.user.may_administer


class ScopedAdmin(admin.ModelAdmin[Row]):
    """Rows of one's perimeter, to read. States move in the portal only, journals never change, nothing is deleted."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Row]:
        model: Any = self.model  # Any: its manager is the one of a ScopedQuerySet
        rows: QuerySet[Row] = model._default_manager.visible_to(request.user)
        return rows

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Row], search_term: str
    ) -> tuple[QuerySet[Row], bool]:
        """As the portal's own lists search, accents aside; `search_fields` then only makes Django show the box."""
        if search_term and hasattr(queryset, "search"):
            return queryset.search(search_term), False
        return super().get_search_results(request, queryset, search_term)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Nothing holds the character NUL, and PostgreSQL fails on being asked: 400."""
        return "\0" not in value and super().lookup_allowed(lookup, value, request)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return may_administer(request)

    def has_view_permission(self, request: HttpRequest, obj: Row | None = None) -> bool:
        return may_administer(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Row | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Row | None = None) -> bool:
        return False


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


class TableAdmin(ImportExportMixin, ScopedAdmin[Row]):
    """Import with a preview, then all or nothing; export without live formulas."""

    resource_classes: ClassVar[list[type[ScopedResource]]]
    import_form_class = TableImportForm
    confirm_form_class = TableConfirmForm
    import_template_name = "admin/table_import.html"
    change_list_template = "admin/table_change_list.html"
    tmp_storage_class = MediaStorage

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
        """Preview: nothing is kept of a file that is refused."""
        response: HttpResponse = super().import_action(request, **kwargs)
        context = getattr(response, "context_data", None) or {}
        if request.method == "POST" and "confirm_form" not in context:
            response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
            self._forget(request)
        return response

    def get_confirm_form_initial(self, request: HttpRequest, import_form: forms.Form | None) -> dict[str, Any]:
        """The name of the stored file is signed for this person and this model: another's cannot be confirmed."""
        initial: dict[str, Any] = super().get_confirm_form_initial(request, import_form)  # Any: the library's
        if "import_file_name" in initial:
            initial["import_file_name"] = self._signer(request).sign(initial["import_file_name"])
        initial["once"] = uuid4()
        return initial

    def process_import(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:  # Any: the library's signature
        """Confirmation: once, however often it is sent; another time says so, and changes nothing."""
        response = self._confirmed(request, **kwargs)
        if not getattr(request, "has_imported", False) and isinstance(response, HttpResponseRedirect):
            messages.info(request, ALREADY_IMPORTED)
        return response

    @method_decorator(once)  # type: ignore[arg-type]  # its views answer an HttpResponse, which the stub calls a base
    def _confirmed(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:  # Any: as above
        """Every row is checked again, all of them enter or none."""
        posted = request.POST.copy()
        try:
            signed = posted.get("import_file_name", "")
            posted["import_file_name"] = self._signer(request).unsign(signed, max_age=CONFIRM_WITHIN)
        except BadSignature as error:
            raise PermissionDenied("Cet aperçu n’est plus valable : envoyez de nouveau votre fichier.") from error
        request.POST = posted  # type: ignore[assignment]  # a mutable copy, as its own tests do
        try:
            response: HttpResponse = super().process_import(request, **kwargs)
        except FileNotFoundError:
            return self._back_to_import()
        return response

    def process_result(self, result: ImportResult, request: HttpRequest) -> HttpResponse:
        """Say what was done, or that nothing was written when the data changed since the preview."""
        if result.has_errors() or result.has_validation_errors():
            setattr(request, "has_imported", True)  # noqa: B010  # what process_import looks at: its sentence is said
            messages.error(request, "Rien n’a été importé\u00a0: des lignes ont changé depuis l’aperçu. Recommencez.")
            return self._back_to_import()
        if result.to_write:
            setattr(request, "has_imported", True)  # noqa: B010  # as above
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
        name = slugify(str(self.model._meta.verbose_name_plural))
        return str(PurePath(f"{name}.{file_format.get_extension()}"))

    def _back_to_import(self) -> HttpResponse:
        return HttpResponseRedirect(reverse(f"admin:{'_'.join(self.get_model_info())}_import"))

    def _forget(self, request: HttpRequest) -> None:
        """Delete the stored copy of a file that was refused."""
        file = request.FILES.get("import_file")
        if name := getattr(file, "tmp_storage_name", ""):
            self.get_tmp_storage_class()(name=name).remove()

    def _signer(self, request: HttpRequest) -> TimestampSigner:
        return TimestampSigner(salt=f"import:{self.model._meta.label}:{request.user.pk}")


class LinesInline(admin.TabularInline[Any, Any]):  # Any: one class for several models
    """Rows that belong to another, shown under it."""

    extra = 0
    can_delete = False

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return may_administer(request)

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


class ContactInline(LinesInline):
    """Contacts of the company."""

    model = Contact


class EstablishmentInline(LinesInline):
    """Further establishments."""

    model = Establishment


class MembershipInline(LinesInline):
    """Members."""

    model = Membership


class CharterInline(LinesInline):
    """Former chartes."""

    model = Charter


@admin.register(Company)
class CompanyAdmin(TableAdmin[Company]):
    """Companies: identity corrected by file or in the portal."""

    resource_classes = [CompanyResource]
    list_display = ("name", "siret", "department", "category", "sector", "town")
    list_filter = ("category", "sector")
    list_select_related = ("department",)
    search_fields = ("name", "siret")
    inlines = (ContactInline, EstablishmentInline, MembershipInline, CharterInline)
