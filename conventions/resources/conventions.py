"""What a file may say of conventions, under French headers; never a state, never another's row."""

from collections.abc import Mapping, Sequence
from copy import copy
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from import_export.fields import Field

from companies import contact_cells
from companies.actions.sheet import note_contacts
from companies.contact_cells import KnownContacts, names_contacts
from companies.models import Company
from companies.scoped_resource import OUTSIDE, ScopedResource
from companies.selectors import ended_among
from companies.siret import SiretRefused, read_siret, with_lost_zeros
from conventions.actions.frames import create_all, revise_all
from conventions.actions.promises import set_targets_of
from conventions.expected import Period, last_day
from conventions.models import Convention
from conventions.resources.beside import Beside
from conventions.resources.words import (
    ALIASES,
    AXES,
    EXAMPLE,
    HINTS,
    REASON,
    REFERENCE,
    SIGNED_ON,
    SIRET,
    STARTS_ON,
    STATE,
    read_axes,
)
from conventions.selectors.promised import last_targets
from conventions.signature import overlap_refusal, too_old
from conventions.target_cells import aliases_of, columns_of, read_targets, specs_of, target_cell
from conventions.target_grid import TargetKey, remarks
from dsfr_forms.forms import EARLIEST, LATEST
from indicators.catalogue import Catalogue
from indicators.models import CatalogueVersion
from indicators.models.catalogue import in_force_among
from indicators.specs import Axis, IndicatorSpec
from tabular.cells import Cell
from tabular.importing import CellChange, Draft, FileRow
from tabular.widgets import DateWidget, read_day
from territories.locks import lock_departments
from workflows.tables import TransitionRefused

UNKNOWN = (
    "aucune entreprise de votre département ne porte ce SIRET\u00a0: enregistrez-la d’abord, ou importez-la depuis la "
    "liste des entreprises."
)


class ConventionResource(ScopedResource):
    """Conventions by reference, or by company and first day; any other row draws up a draft.

    A signed convention is read, never written.
    """

    title = "Importer des conventions"
    page = "convention_import"
    home = ("Conventions", "convention_list")
    file_name = "conventions"
    needed = (SIRET, STARTS_ON, AXES)
    several_lines = frozenset({REASON, AXES})
    example = EXAMPLE

    reference = Field("reference", REFERENCE, readonly=True)
    siret = Field("company__siret", SIRET, readonly=True)
    company = Field("company__name", "Entreprise", readonly=True)
    starts_on = Field("starts_on", STARTS_ON, widget=DateWidget(EARLIEST, LATEST))
    axes = Field(column_name=AXES, readonly=True)
    axes_reason = Field("axes_reason", REASON)
    state = Field("state_label", STATE, readonly=True)
    signed_on = Field("signed_on", SIGNED_ON, widget=DateWidget(EARLIEST, LATEST), readonly=True)

    class Meta:
        model = Convention
        fields = ("reference", "siret", "company", "starts_on", "axes", "axes_reason", "state", "signed_on")

    chosen: dict[int, list[Axis]] = {}
    """The axes that the file gives to each convention, by id(): the row as it was has the same key."""

    @cached_property
    def versions(self) -> list[CatalogueVersion]:
        """Those that are published, the oldest first."""
        return list(CatalogueVersion.objects.order_by("published_on", "code"))

    @cached_property
    def specs(self) -> dict[str, IndicatorSpec]:
        """The indicators that one may promise, by code."""
        return specs_of(version.catalogue for version in self.versions)

    @cached_property
    def targets(self) -> dict[str, TargetKey]:
        """The columns of the targets."""
        return columns_of(self.specs)

    @cached_property
    def beside(self) -> tuple[str, ...]:  # type: ignore[override]  # the others know theirs without asking
        return (*contact_cells.FIELDS, *self.targets)

    @cached_property
    def aliases(self) -> dict[str, str]:  # type: ignore[override]  # idem
        own = {alias: column for column, words in ALIASES.items() for alias in words}
        return contact_cells.ALIASES | own | aliases_of(self.targets)

    def explained(self) -> list[tuple[str, bool, str]]:
        """One line for the three years of an indicator."""
        hints = HINTS | contact_cells.HINTS
        first = [(title, title in self.needed, hints.get(title, "")) for title in self.titles[: -len(self.targets)]]
        return first + [
            (f"{code} année 1, 2 et 3 (trois colonnes)", False, f"{spec.label}, {spec.unit.label}.")
            for code, spec in self.specs.items()
        ]

    def subject(self, convention: Convention) -> str:
        return f"{convention.reference} – {convention.company}".removeprefix(" – ")

    def get_queryset(self) -> QuerySet[Convention]:
        rows = Convention.objects.visible_to(self.user).select_related("company__department", "catalogue", "charter")
        return rows.prefetch_related("axes").order_by("reference")

    def dehydrate_axes(self, convention: Convention) -> str:
        """For the export, and for the preview of what a file says."""
        axes = self.chosen.get(id(convention)) or convention.signed_axes()
        return ", ".join(axis.value for axis in axes)

    def values(self, instance: Convention) -> list[Any]:  # Any: what the fields hold
        """The axes are rows of their own."""
        return [*super().values(instance), instance.signed_axes()]

    def load(self, rows: Sequence[FileRow], *, lock: bool) -> None:
        """The conventions and companies that the file names, what these have signed, and what is promised there."""
        references = {row.text(REFERENCE).strip() for row in rows}
        sirets = {_siret(row) for row in rows if not row.text(REFERENCE).strip()}
        named_here = self.get_queryset().filter(Q(reference__in=references) | Q(company__siret__in=sirets))
        companies = Company.objects.visible_to(self.user).select_related("department")
        if lock:
            self._lock(rows, references, sirets)
            named_here = named_here.order_by("pk").select_for_update(of=("self",), no_key=True)
        self.known = {item.reference: item for item in named_here}
        self.by_day = {(item.company_id, item.starts_on): item for item in self.known.values()}
        self.companies: dict[str, list[Company]] = {}
        for company in companies.filter(siret__in=sirets):
            self.companies.setdefault(company.siret, []).append(company)
        bound = {company.pk for same in self.companies.values() for company in same}
        bound |= {item.company_id for item in self.known.values()}
        self.others: dict[object, list[Convention]] = {}
        for other in Convention.objects.visible_to(self.user).filter(company__in=bound):
            self.others.setdefault(other.company_id, []).append(other)
        speaks_of_targets = any(column in row.cells for row in rows[:1] for column in self.targets)
        self.ended = ended_among(bound)
        self.promised = last_targets(self.known.values()) if speaks_of_targets else {}
        self.contacts = KnownContacts(rows, bound)
        self.lines: dict[object, int] = {}
        self.chosen = {}

    def draft(self, row: FileRow) -> Draft:
        before = self._found(row)
        after = copy(before) if before else Convention(company=self._company(row))
        faults = self.read_cells(after, row)
        axes = self._axes(row, faults)
        contact = self.contacts.change(after.company, row, faults)
        targets = self._targets(row, after, axes, faults) if axes and STARTS_ON not in faults else {}
        written = {"starts_on", "axes_reason"}
        self.check_fields(
            after, faults, but=[field.name for field in Convention._meta.fields if field.name not in written]
        )
        self.chosen[id(after)] = axes
        former = self.promised.get(after.pk, {})
        is_framed = before is None or self.differs(before, after) or axes != before.signed_axes()
        changed = {key: value for key, value in targets.items() if former.get(key) != value}
        if before and (is_framed or changed) and (refusal := before.refusal_to_edit()):
            raise ValidationError(refusal)
        if is_framed:
            self._refuse(row, after)
        warned = remarks(self._catalogue(after), {**former, **targets}) if changed else []
        is_changed = is_framed or bool(changed) or contact is not None
        return Draft(row, before, after, is_changed, tuple(warned), Beside(axes, is_framed, changed, former, contact))

    def write(self, drafts: Sequence[Draft]) -> None:
        framed = [draft for draft in drafts if draft.aside.is_framed]
        try:
            revise_all({one.after: one.aside.axes for one in framed if one.before}, at=self.at, by=self.user)
            create_all({one.after: one.aside.axes for one in framed if not one.before}, at=self.at, by=self.user)
            promised = {one.after: one.aside.targets for one in drafts if one.aside.targets}
            set_targets_of(promised, at=self.at, by=self.user)
            contacts = [one.aside.contact.after for one in drafts if one.aside.contact]
            note_contacts(contacts, at=self.at, by=self.user)
        except TransitionRefused as refusal:
            raise ValidationError(list(refusal.reasons)) from refusal

    def exported(self) -> QuerySet[Convention]:
        return self.get_queryset().prefetch_related("target_sets__targets__indicator", "company__contacts")

    def cells_beside(self, convention: Convention) -> list[Cell]:
        """The contact, then the targets in force last: those of a draft are its only ones."""
        sets = sorted(convention.target_sets.all(), key=lambda item: item.number)
        last = {(one.indicator.code, one.year): one.value for one in sets[-1].targets.all()} if sets else {}
        targets = [target_cell(self.specs[code], last.get((code, year))) for code, year in self.targets.values()]
        return [*contact_cells.contact_cells(convention.company), *targets]

    def changes_beside(self, draft: Draft) -> list[CellChange]:
        beside: Beside = draft.aside
        return beside.changes(self.targets, self.specs, is_new=draft.before is None)

    def _lock(self, rows: Sequence[FileRow], references: set[str], sirets: set[str]) -> None:
        """The département, then the companies whose contacts the file changes: before their conventions."""
        lock_departments([self.user.department_id or ""])
        if names_contacts(rows):
            asked = Company.objects.filter(Q(siret__in=sirets) | Q(conventions__reference__in=references)).order_by()
            theirs = Company.objects.visible_to(self.user).filter(pk__in=asked.values("pk")).order_by("pk")
            list(theirs.select_for_update(of=("self",), no_key=True))

    def _targets(
        self, row: FileRow, after: Convention, axes: list[Axis], faults: dict[str, list[str]]
    ) -> Mapping[TargetKey, Decimal | None]:
        """What the row promises; what is wrong joins the faults."""
        catalogue = self._catalogue(after)
        read = read_targets(row, self.targets, catalogue=catalogue, axes=axes, starts_on=after.starts_on)
        faults |= read.faults
        return read.values

    def _catalogue(self, convention: Convention) -> Catalogue:
        """Its own; a new one is pinned to the version in force on its first day."""
        if convention.catalogue_id:
            return convention.specification
        return in_force_among(self.versions, on=convention.starts_on).catalogue

    def _axes(self, row: FileRow, faults: dict[str, list[str]]) -> list[Axis]:
        """Those of the row, none when they cannot be read, which joins the faults."""
        try:
            return read_axes(row.text(AXES))
        except ValueError as error:
            faults[AXES] = [str(error)]
            return []

    def _found(self, row: FileRow) -> Convention | None:
        """By reference, else by company and day. Raises ValidationError for one that is not seen, or came before."""
        reference = row.text(REFERENCE).strip()
        if reference and reference not in self.known:
            raise ValidationError({REFERENCE: OUTSIDE})
        found = self.known[reference] if reference else self._starting(self._company(row), row)
        if found is None:
            return None
        first = self.lines.setdefault(found.reference, row.number)
        if first != row.number:
            raise ValidationError({REFERENCE: f"cette convention figure déjà à la ligne {first}\u00a0: gardez-en une."})
        return found

    def _starting(self, company: Company, row: FileRow) -> Convention | None:
        """The convention of the company that starts that day."""
        day = read_day(row.text(STARTS_ON))
        return self.by_day.get((company.pk, day)) if day else None

    def _company(self, row: FileRow) -> Company:
        """A company of the perimeter. Raises ValidationError."""
        try:
            found = self.companies.get(read_siret(row.text(SIRET)), [])
        except SiretRefused as refusal:
            found = self.companies.get(_siret(row), [])
            if not found:
                raise ValidationError({SIRET: str(refusal)}) from refusal
        if len(found) != 1:
            raise ValidationError({SIRET: UNKNOWN})
        return found[0]

    def _refuse(self, row: FileRow, after: Convention) -> None:
        """What the actions would refuse, looked at without writing. Raises ValidationError."""
        if refusal := self.ended.get(after.company_id):
            raise ValidationError({SIRET: refusal})
        if refusal := too_old(after.starts_on):
            raise ValidationError({STARTS_ON: refusal})
        running = Period(after.starts_on, last_day(after.starts_on))
        others = self.others.setdefault(after.company_id, [])
        for other in others:
            if other.pk != after.pk and running.meets(Period(other.starts_on, other.effective_end)):
                raise ValidationError({STARTS_ON: self._overlap(other)})
        after.ends_on = running.end
        self.others[after.company_id] = [*(other for other in others if other.pk != after.pk), after]
        self.lines[after.pk] = row.number

    def _overlap(self, other: Convention) -> str:
        if line := self.lines.get(other.pk):
            return f"cette convention chevauche celle de la ligne {line}\u00a0: changez l’une des deux dates."
        return overlap_refusal(other.reference, other.starts_on, other.effective_end)


def _siret(row: FileRow) -> str:
    """The SIRET of a row; what is none names no company, unless one was registered so."""
    try:
        return read_siret(row.text(SIRET))
    except SiretRefused:
        return with_lost_zeros(row.text(SIRET))
