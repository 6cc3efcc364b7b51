"""What a file may say of companies, under French headers."""

from collections.abc import Sequence
from copy import copy

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from import_export.fields import Field

from companies.actions.signatories import register_all
from companies.models import Company
from companies.scoped_resource import OUTSIDE, ScopedResource
from companies.siret import SiretRefused, grouped, read_siret, siret_digits, with_lost_zeros
from tabular.importing import Draft, FileRow
from tabular.widgets import ChoiceWidget, WholeNumberWidget
from territories.locks import lock_departments
from territories.models import Department

KEYS = ("name_key", "town_key", "search_key")
"""What the row makes of itself when it is saved."""


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

    def get_queryset(self) -> QuerySet[Company]:
        return Company.objects.visible_to(self.user).order_by("department", "name_key", "siret")

    def load(self, rows: Sequence[FileRow], *, lock: bool) -> None:
        """The départements that the file names, and the companies that bear its SIRET there: two queries."""
        self.seen: dict[tuple[str, str], int] = {}
        codes = {self._code(row) for row in rows} - {None}
        self.departments = {place.pk for place in Department.objects.visible_to(self.user).filter(pk__in=codes)}
        if lock:
            lock_departments(self.departments)
        sirets = {with_lost_zeros(row.text("SIRET")) for row in rows}
        found = self.get_queryset().filter(department__in=self.departments, siret__in=sirets).order_by()
        self.known = {(company.department_id, company.siret): company for company in found}

    def draft(self, row: FileRow) -> Draft:
        remarks = self._put_in_order(row)
        siret, department = row.cells["SIRET"], row.cells["Département"]
        first = self.seen.setdefault((department, siret), row.number)
        if first != row.number:
            raise ValidationError({"SIRET": f"ce SIRET figure déjà à la ligne {first}\u00a0: gardez une des deux."})
        before = self.known.get((department, siret))
        instance = copy(before) if before else Company(department_id=department)
        faults = self.read_cells(instance, row)
        is_changed = before is None or self.differs(before, instance)
        if is_changed or faults:
            self.check_fields(instance, faults, but=["id", "department", "legal_unit", *KEYS])
        return Draft(row, before, instance, is_changed, remarks)

    def write(self, drafts: Sequence[Draft]) -> None:
        register_all([draft.after for draft in drafts], at=self.at, by=self.user)

    def _put_in_order(self, row: FileRow) -> tuple[str, ...]:
        """The SIRET, the département and the blanks that stand for something. Raises ValidationError."""
        typed = row.text("SIRET")
        row.cells["SIRET"] = _siret(typed, row.text("Motif de dérogation"))
        row.cells["Département"] = self._department(row)
        if not row.text("Secteur").strip():
            row.cells["Secteur"] = Company.Sector.PRIVATE
        if row.text("Code postal").isdecimal():
            row.cells["Code postal"] = row.text("Code postal").zfill(5)
        if with_lost_zeros(typed) != typed.strip() and typed.strip().isdecimal():
            return (f"le SIRET « {typed} » a retrouvé ses zéros du début, {grouped(row.cells['SIRET'])}.",)
        return ()

    def _code(self, row: FileRow) -> str | None:
        """The code of the département that the file names, else one's own."""
        code = row.text("Département").strip().upper()
        return (code.zfill(2) if code.isdecimal() else code) or self.user.department_id

    def _department(self, row: FileRow) -> str:
        """One's own, whatever the file says; technical administration must say which."""
        code = self._code(row)
        if code is None or code not in self.departments:
            raise ValidationError(OUTSIDE)
        return code


def _siret(typed: str, override: str) -> str:
    """The fourteen digits. Raises ValidationError."""
    try:
        return read_siret(typed)
    except SiretRefused as refusal:
        if refusal.only_key and override.strip():
            return siret_digits(typed)
        raise ValidationError({"SIRET": str(refusal)}) from refusal
