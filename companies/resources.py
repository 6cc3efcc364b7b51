"""What a file may say of companies, under French headers; and the rules every import of the portal shares."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

import tablib
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet
from django.utils.safestring import SafeString, mark_safe
from import_export.fields import Field
from import_export.resources import Diff, ModelResource
from import_export.widgets import Widget

from accounts.models import User
from companies.actions.signatories import AlreadyRegistered, register
from companies.models import Company
from companies.siret import SiretRefused, clean_siret, siret_digits
from french.numbers import NumberRefused, parse
from french.order import folded
from tabular.limits import FileRefused
from tabular.reading import canonical_headers

FileRow = dict[str, str]
STYLED = re.compile(r'<(ins|del) style="[^"]*">')
OUTSIDE = "Cette ligne n’est pas dans votre périmètre."
"""Said of what belongs to others and of what does not exist alike."""


class PlainDiff(Diff):
    """What a row changes, marked with ins and del; their colours are inline styles, which the CSP forbids."""

    def as_html(self) -> list[SafeString]:
        """The text itself is escaped by the library, so that only its own marks can match."""
        return [mark_safe(STYLED.sub(r"<\1>", html)) for html in super().as_html()]  # noqa: S308  # escaped already


class ScopedResource(ModelResource):
    """Reads and writes the rows of one person's perimeter, by natural keys; a primary key in the file is ignored."""

    aliases: ClassVar[Mapping[str, str]] = {}
    needed: ClassVar[tuple[str, ...]] = ()
    """Columns without which no row can be understood."""

    def __init__(self, *, user: User, at: datetime) -> None:
        super().__init__()
        self.user, self.at = user, at

    def get_diff_class(self) -> type[Diff]:
        return PlainDiff

    def get_queryset(self) -> QuerySet[models.Model]:
        rows: QuerySet[models.Model] = self._meta.model._default_manager.visible_to(self.user)
        return rows

    def before_import(self, dataset: tablib.Dataset, **_kwargs: Any) -> None:  # Any: the library's signature
        """Give the columns their own names. Raises FileRefused: nothing is imported then."""
        known = {folded(field.column_name): field.column_name for field in self.get_import_fields()}
        dataset.headers = canonical_headers(dataset.headers, known | dict(self.aliases))
        missing = [name for name in self.needed if name not in dataset.headers]
        if missing:
            raise FileRefused(f"Il manque la colonne\u00a0: {', '.join(missing)}.")

    def get_instance(self, instance_loader: Any, row: FileRow) -> models.Model | None:  # Any: the library's signature
        """The row's object, if it is in the perimeter."""
        return self.find(row)

    def find(self, row: FileRow) -> models.Model | None:
        """By natural key, which each resource has its own of. Raises ValidationError when the row cannot be placed."""
        raise NotImplementedError

    def _check_import_id_fields(self, headers: object) -> None:
        """Natural keys are looked for by `find`, and `needed` says which columns they want."""


class ChoiceWidget(Widget):
    """A value of an enumeration, typed as its code or its label."""

    def __init__(self, choices: type[models.TextChoices]) -> None:
        super().__init__()
        self.by_text = {folded(text): member.value for member in choices for text in (member.value, member.label)}
        self.labels = ", ".join(choices.values)

    def clean(self, value: str, row: FileRow | None = None, **_kwargs: Any) -> str:  # Any: the library's signature
        if folded(value) not in self.by_text:
            raise ValueError(f"« {value[:30]} » n’est pas l’une des valeurs possibles\u00a0: {self.labels}.")
        return self.by_text[folded(value)]


class WholeNumberWidget(Widget):
    """A French whole number; blank is unknown."""

    def clean(self, value: str, row: FileRow | None = None, **_kwargs: Any) -> int | None:  # Any: as above
        if not value.strip():
            return None
        try:
            number = parse(value)
        except NumberRefused as refusal:
            raise ValueError(str(refusal)) from refusal
        if number != int(number) or not 0 <= number <= 2_147_483_647:
            raise ValueError(f"« {value[:30]} » n’est pas un nombre entier possible.")
        return int(number)

    def render(self, value: int | None, obj: object = None, **_kwargs: Any) -> str:  # Any: as above
        return "" if value is None else str(value)


class CompanyResource(ScopedResource):
    """Companies by SIRET. The département is one's own: a file reaches no other."""

    aliases = {
        "n siret": "SIRET",
        "numero siret": "SIRET",
        "raison sociale": "Nom",
        "entreprise": "Nom",
        "taille": "Catégorie",
        "code naf": "NAF",
        "ape": "NAF",
        "ville": "Commune",
        "cp": "Code postal",
        "dept": "Département",
    }
    needed = ("SIRET", "Nom", "Catégorie")

    siret = Field("siret", "SIRET")
    siret_override = Field("siret_override", "Motif de dérogation")
    department = Field("department_id", "Département", readonly=True)
    name = Field("name", "Nom")
    category = Field("category", "Catégorie", widget=ChoiceWidget(Company.Category))
    sector = Field("sector", "Secteur", widget=ChoiceWidget(Company.Sector))
    naf = Field("naf", "NAF")
    headcount = Field("headcount", "Effectif", widget=WholeNumberWidget())
    address = Field("address", "Adresse")
    postcode = Field("postcode", "Code postal")
    town = Field("town", "Commune")

    class Meta:
        model = Company
        fields = (
            "siret",
            "siret_override",
            "department",
            "name",
            "category",
            "sector",
            "naf",
            "headcount",
            "address",
            "postcode",
            "town",
        )
        skip_unchanged = True
        use_transactions = True

    def get_queryset(self) -> QuerySet[Company]:
        return Company.objects.visible_to(self.user).order_by("department", "name_key", "siret")

    def before_import_row(self, row: FileRow, **_kwargs: Any) -> None:  # Any: the library's signature
        """Put the SIRET and the département in order. Raises ValidationError."""
        row["SIRET"] = _siret(row.get("SIRET", ""), row.get("Motif de dérogation", ""))
        row["Département"] = self._department(row.get("Département", ""))
        if not row.get("Secteur", "").strip():
            row["Secteur"] = Company.Sector.PRIVATE
        if row.get("Code postal", "").isdecimal():
            row["Code postal"] = row["Code postal"].zfill(5)

    def find(self, row: FileRow) -> Company | None:
        """By SIRET in the département."""
        return self.get_queryset().filter(siret=row["SIRET"], department=row["Département"]).first()

    def init_instance(self, row: FileRow | None = None) -> Company:
        return Company(department_id=row["Département"]) if row else Company()

    def validate_instance(
        self,
        instance: Company,
        import_validation_errors: dict[str, Any] | None = None,  # Any: Django's error lists
        validate_unique: bool = True,  # noqa: FBT001, FBT002  # the library's signature
    ) -> None:
        """The model's own rules, but for the legal unit, which registering creates."""
        errors = dict(import_validation_errors or {})
        try:
            instance.full_clean(exclude=[*errors, "legal_unit"], validate_unique=validate_unique)
        except ValidationError as error:
            errors = error.update_error_dict(errors)
        if errors:
            columns = {field.attribute: field.column_name for field in self.get_import_fields()}
            raise ValidationError({name: _under(columns.get(name, ""), found) for name, found in errors.items()})

    def do_instance_save(self, instance: Company, is_create: bool) -> None:  # noqa: FBT001  # the library's signature
        """As the portal itself registers a company."""
        try:
            register(instance)
        except AlreadyRegistered as refusal:
            raise ValidationError(str(refusal)) from refusal

    def _department(self, typed: str) -> str:
        """One's own, whatever the file says; technical administration must say which."""
        code = typed.strip().upper()
        code = code.zfill(2) if code.isdecimal() else code
        own = self.user.department_id
        if self.user.is_superuser and code:
            return code
        if own is None or (code and code != own):
            raise ValidationError(OUTSIDE)
        return own


def _under(column: str, found: Any) -> list[str]:  # Any: Django's error lists
    """The sentences of one field, with the name of its column."""
    sentences = ValidationError(found).messages
    return [f"{column}\u00a0: {sentence}" for sentence in sentences] if column else sentences


def padded_siret(text: str) -> str:
    """A spreadsheet takes a SIRET for a number and drops its zeros: give them back."""
    digits = text.strip()
    return digits.zfill(14) if digits.isdecimal() and 9 <= len(digits) < 14 else digits


def _siret(typed: str, override: str) -> str:
    try:
        return clean_siret(padded_siret(typed))
    except SiretRefused as refusal:
        if refusal.only_key and override.strip():
            return siret_digits(padded_siret(typed))
        raise ValidationError({"siret": str(refusal)}) from refusal
