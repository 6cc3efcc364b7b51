"""What a file may say of conventions, under French headers; never a state, never another's row."""

from collections.abc import Sequence
from copy import copy
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from import_export.fields import Field

from companies.models import Company
from companies.scoped_resource import OUTSIDE, ScopedResource
from companies.siret import SiretRefused, read_siret
from conventions.actions.frames import create_all, revise_all
from conventions.expected import Period, last_day
from conventions.models import Convention
from conventions.signature import overlap_refusal, too_old
from dsfr_forms.forms import EARLIEST, LATEST
from french.order import folded
from indicators.specs import Axis
from tabular.importing import Draft, FileRow
from tabular.widgets import DateWidget
from territories.locks import lock_departments
from workflows.tables import TransitionRefused

REFERENCE, SIRET, STARTS_ON, AXES, REASON = "Référence", "SIRET", "Date d’effet", "Axes", "Motif du choix des axes"


class ConventionResource(ScopedResource):
    """Conventions by reference; a row without one draws up a draft. A signed convention is read, never written."""

    title = "Importer des conventions"
    page = "convention_import"
    home = ("Conventions", "convention_list")
    file_name = "conventions"
    aliases = {"n siret": SIRET, "debut": STARTS_ON, "axes retenus": AXES, "motif": REASON, "convention": REFERENCE}
    needed = (REFERENCE, SIRET, STARTS_ON, AXES)
    several_lines = frozenset({REASON})

    reference = Field("reference", REFERENCE, readonly=True)
    siret = Field("company__siret", SIRET, readonly=True)
    company = Field("company__name", "Entreprise", readonly=True)
    starts_on = Field("starts_on", STARTS_ON, widget=DateWidget(EARLIEST, LATEST))
    axes = Field(column_name=AXES, readonly=True)
    axes_reason = Field("axes_reason", REASON)
    state = Field("state_label", "État", readonly=True)
    signed_on = Field("signed_on", "Signée le", widget=DateWidget(EARLIEST, LATEST), readonly=True)

    class Meta:
        model = Convention
        fields = ("reference", "siret", "company", "starts_on", "axes", "axes_reason", "state", "signed_on")

    chosen: dict[int, list[Axis]] = {}
    """The axes that the file gives to each convention that it makes; none are written in a preview.

    By id(), not by key: the row as it was has the same key, and its own axes.
    """

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
        """The conventions and companies that the file names, and what these have signed: four queries."""
        references = {row.text(REFERENCE).strip() for row in rows}
        named_here = self.get_queryset().filter(reference__in=references).order_by("pk")
        if lock:
            lock_departments([self.user.department_id or ""])
            named_here = named_here.select_for_update(of=("self",), no_key=True)
        self.known = {item.reference: item for item in named_here}
        companies = Company.objects.visible_to(self.user).select_related("department")
        named = companies.filter(siret__in={_siret(row) for row in rows if not row.text(REFERENCE).strip()})
        self.companies: dict[str, list[Company]] = {}
        for company in named:
            self.companies.setdefault(company.siret, []).append(company)
        bound = {company.pk for company in named} | {item.company_id for item in self.known.values()}
        self.others: dict[object, list[Convention]] = {}
        for other in Convention.objects.visible_to(self.user).filter(company__in=bound):
            self.others.setdefault(other.company_id, []).append(other)
        self.lines: dict[object, int] = {}
        self.chosen = {}

    def draft(self, row: FileRow) -> Draft:
        before = self._found(row)
        after = copy(before) if before else Convention(company=self._company(row))
        faults = self.read_cells(after, row)
        axes: list[Axis] = []
        try:
            axes = _axes(row.text(AXES))
        except ValidationError as error:
            faults |= error.message_dict
        written = {"starts_on", "axes_reason"}
        self.check_fields(
            after, faults, but=[field.name for field in Convention._meta.fields if field.name not in written]
        )
        is_changed = before is None or self.differs(before, after) or axes != before.signed_axes()
        if is_changed:
            self._refuse(row, before, after)
        self.chosen[id(after)] = axes
        return Draft(row, before, after, is_changed)

    def write(self, drafts: Sequence[Draft]) -> None:
        revised = {draft.after: self.chosen[id(draft.after)] for draft in drafts if draft.before}
        drawn_up = {draft.after: self.chosen[id(draft.after)] for draft in drafts if not draft.before}
        try:
            revise_all(revised, at=self.at, by=self.user)
            create_all(drawn_up, at=self.at, by=self.user)
        except TransitionRefused as refusal:
            raise ValidationError(list(refusal.reasons)) from refusal

    def _found(self, row: FileRow) -> Convention | None:
        """By reference. Raises ValidationError for a reference that one does not see, or that came before."""
        reference = row.text(REFERENCE).strip()
        if not reference:
            return None
        if reference not in self.known:
            raise ValidationError({REFERENCE: OUTSIDE})
        first = self.lines.setdefault(reference, row.number)
        if first != row.number:
            raise ValidationError({REFERENCE: f"cette convention figure déjà à la ligne {first}\u00a0: gardez-en une."})
        return self.known[reference]

    def _company(self, row: FileRow) -> Company:
        """A company of the perimeter. Raises ValidationError."""
        found = self.companies.get(_siret(row), [])
        if len(found) != 1:
            raise ValidationError({SIRET: OUTSIDE})
        return found[0]

    def _refuse(self, row: FileRow, before: Convention | None, after: Convention) -> None:
        """What the actions would refuse, looked at without writing. Raises ValidationError."""
        if before and (refusal := before.refusal_to_edit()):
            raise ValidationError(refusal)
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
    """The SIRET of a row; what is none names no company."""
    try:
        return read_siret(row.text(SIRET))
    except SiretRefused:
        return row.text(SIRET).strip()


def _axes(text: str) -> list[Axis]:
    """« sensibiliser, former » in the order of the circular. Raises ValidationError."""
    by_name = {folded(axis.value): axis for axis in Axis}
    names = [folded(name) for name in text.replace(";", ",").split(",") if name.strip()]
    unknown = [name for name in names if name not in by_name]
    if unknown or not names:
        raise ValidationError({AXES: f"Axes possibles\u00a0: {', '.join(axis.value for axis in Axis)}."})
    return [axis for axis in Axis if folded(axis.value) in names]
