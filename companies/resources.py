"""What a file may say of companies, under French headers."""

from collections.abc import Sequence
from copy import copy

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from import_export.fields import Field

from companies import contact_cells
from companies.actions.sheet import note_contacts
from companies.actions.signatories import register_all
from companies.addresses import clean_postcode
from companies.contact_cells import KnownContacts
from companies.models import Company
from companies.naf import clean_naf
from companies.scoped_resource import OUTSIDE, ScopedResource
from companies.siret import SiretRefused, grouped, read_siret, siret_digits, with_lost_zeros
from french.order import folded
from tabular.cells import Cell
from tabular.importing import CellChange, Draft, FileRow
from tabular.widgets import ChoiceWidget, TextWidget, WholeNumberWidget
from territories.locks import lock_departments
from territories.models import Department

KEYS = ("name_key", "town_key", "search_key")
"""What the row makes of itself when it is saved."""

SIRET, OVERRIDE, DEPARTMENT, NAME = "SIRET", "Motif de dérogation", "Département", "Nom"
CATEGORY, SECTOR, POSTCODE = "Catégorie", "Secteur", "Code postal"

ALIASES = {
    SIRET: ("n siret", "no siret", "numero siret", "num siret", "numero de siret", "siret etablissement"),
    NAME: ("raison sociale", "entreprise", "nom de l entreprise", "nom entreprise", "denomination", "societe"),
    CATEGORY: ("taille", "taille de l entreprise", "categorie d entreprise", "type d entreprise"),
    SECTOR: ("secteur d activite",),
    "NAF": ("code naf", "ape", "code ape", "naf ape"),
    "Effectif": ("effectifs", "nombre de salaries", "nb salaries", "salaries", "effectif dans le departement"),
    "Adresse": ("rue", "adresse postale"),
    POSTCODE: ("cp", "code postal entreprise"),
    "Commune": ("ville",),
    DEPARTMENT: ("dept", "dep"),
}
"""How people head their own tables."""

HINTS = {
    SIRET: "14 chiffres, celui de l’établissement qui signe. Les zéros perdus par le tableur sont retrouvés.",
    OVERRIDE: "À remplir seulement si la clé du SIRET est fausse et que l’avis de situation porte bien ce numéro.",
    DEPARTMENT: "Le vôtre, qui se passe d’être écrit.",
    CATEGORY: "TPE, PME, ETI ou GE.",
    SECTOR: "entreprise, artisanat, agriculture ou public\u00a0; vide\u00a0: entreprise.",
    "NAF": "Par exemple 47.11F.",
    POSTCODE: "Cinq chiffres.",
    "Effectif": "Un nombre entier, celui du département\u00a0; vide\u00a0: non renseigné.",
}

CATEGORY_WORDS = {
    "micro entreprise": "TPE",
    "microentreprise": "TPE",
    "micro": "TPE",
    "tres petite entreprise": "TPE",
    "t p e": "TPE",
    "p m e": "PME",
    "petite et moyenne entreprise": "PME",
    "petite ou moyenne entreprise": "PME",
    "e t i": "ETI",
    "entreprise de taille intermediaire": "ETI",
    "taille intermediaire": "ETI",
    "g e": "GE",
    "grand groupe": "GE",
    "grande": "GE",
}
SECTOR_WORDS = {"artisan": "artisanat", "agricole": "agriculture", "employeur public": "public", "prive": "entreprise"}
"""Folded, as people write them."""


class CompanyResource(ScopedResource):
    """Companies by SIRET. The département is one's own: a file reaches no other."""

    title = "Importer des entreprises"
    page = "company_import"
    home = ("Entreprises", "company_list")
    file_name = "entreprises"
    aliases = contact_cells.ALIASES | {alias: column for column, words in ALIASES.items() for alias in words}
    needed = (SIRET, NAME, CATEGORY)
    hints = HINTS | contact_cells.HINTS
    beside = tuple(contact_cells.FIELDS)
    example = {
        SIRET: "732 829 320 00074",
        NAME: "Exemple à remplacer",
        CATEGORY: "PME",
        SECTOR: "entreprise",
        "NAF": "47.11F",
        "Effectif": 120,
        "Adresse": "1 rue du Terril",
        POSTCODE: "62000",
        "Commune": "Arras",
        contact_cells.CONTACT: "Alix Terril",
        contact_cells.JOB: "Responsable des ressources humaines",
        contact_cells.EMAIL: "alix.terril@entreprise.example",
        contact_cells.PHONE: "03 21 00 00 00",
    }

    siret = Field("siret", SIRET)
    siret_override = Field("siret_override", OVERRIDE)
    department = Field("department_id", DEPARTMENT, readonly=True)
    name = Field("name", NAME)
    category = Field("category", CATEGORY, widget=ChoiceWidget(Company.Category, CATEGORY_WORDS))
    sector = Field("sector", SECTOR, widget=ChoiceWidget(Company.Sector, SECTOR_WORDS))
    naf = Field("naf", "NAF", widget=TextWidget(clean_naf))
    headcount = Field("headcount", "Effectif", widget=WholeNumberWidget())
    address = Field("address", "Adresse")
    postcode = Field("postcode", POSTCODE, widget=TextWidget(clean_postcode))
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
        sirets = {with_lost_zeros(row.text(SIRET)) for row in rows}
        found = self.get_queryset().filter(department__in=self.departments, siret__in=sirets).order_by()
        self.known = {(company.department_id, company.siret): company for company in found}
        self.contacts = KnownContacts(rows, [company.pk for company in self.known.values()])

    def draft(self, row: FileRow) -> Draft:
        remarks = self._put_in_order(row)
        siret, department = row.cells[SIRET], row.cells[DEPARTMENT]
        first = self.seen.setdefault((department, siret), row.number)
        if first != row.number:
            raise ValidationError({SIRET: f"ce SIRET figure déjà à la ligne {first}\u00a0: gardez une des deux."})
        before = self.known.get((department, siret))
        instance = copy(before) if before else Company(department_id=department)
        faults = self.read_cells(instance, row)
        contact = self.contacts.change(instance, row, faults)
        is_changed = before is None or self.differs(before, instance)
        if is_changed or faults:
            self.check_fields(instance, faults, but=["id", "department", "legal_unit", *KEYS])
        return Draft(row, before, instance, is_changed or contact is not None, remarks, contact)

    def write(self, drafts: Sequence[Draft]) -> None:
        sheets = (draft for draft in drafts if draft.before is None or self.differs(draft.before, draft.after))
        register_all([draft.after for draft in sheets], at=self.at, by=self.user)
        if contacts := [draft.aside.after for draft in drafts if draft.aside]:
            note_contacts(contacts, at=self.at, by=self.user)

    def exported(self) -> QuerySet[Company]:
        return self.get_queryset().prefetch_related("contacts")

    def cells_beside(self, company: Company) -> list[Cell]:
        return contact_cells.contact_cells(company)

    def changes_beside(self, draft: Draft) -> list[CellChange]:
        return contact_cells.contact_changes(draft.aside, is_new=draft.before is None)

    def _put_in_order(self, row: FileRow) -> tuple[str, ...]:
        """The SIRET, the département and the blanks that stand for something. Raises ValidationError."""
        typed = row.text(SIRET)
        row.cells[SIRET] = _siret(typed, row.text(OVERRIDE))
        row.cells[DEPARTMENT] = self._department(row)
        if SECTOR in row.cells and not row.text(SECTOR).strip():
            row.cells[SECTOR] = Company.Sector.PRIVATE
        if row.text(POSTCODE).isdecimal():
            row.cells[POSTCODE] = row.text(POSTCODE).zfill(5)
        if with_lost_zeros(typed) != typed.strip() and typed.strip().isdecimal():
            return (f"le SIRET « {typed} » a retrouvé ses zéros du début, {grouped(row.cells[SIRET])}.",)
        return ()

    def _code(self, row: FileRow) -> str | None:
        """The code of the département that the file names (« 62 », « 62 – Pas-de-Calais »), else one's own."""
        text = row.text(DEPARTMENT)
        if not text.strip() or (self.user.department and folded(text) == folded(self.user.department.name)):
            return self.user.department_id
        code = text.split()[0].upper()
        return code.zfill(2) if code.isdecimal() else code

    def _department(self, row: FileRow) -> str:
        """One's own. Raises ValidationError for another."""
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
        raise ValidationError({SIRET: str(refusal)}) from refusal
