"""What a file may say of conventions and results, under French headers; never a state, never another's row."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import tablib
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from import_export.fields import Field
from import_export.widgets import Widget

from companies.models import Company
from companies.resources import OUTSIDE, FileRow, ScopedResource, padded_siret
from conventions.actions import conventions as actions
from conventions.actions.entry import Saving, save_results
from conventions.answers import Answer
from conventions.models import Convention, Result
from conventions.reading import MUDDLED, Typed, read
from dsfr_forms.forms import EARLIEST, LATEST
from dsfr_forms.text import fault_of, tidy
from french.numbers import format_number
from french.order import folded
from indicators.specs import Axis
from workflows.tables import TransitionRefused

REFERENCE, SIRET, STARTS_ON, AXES, REASON = "Référence", "SIRET", "Date d’effet", "Axes", "Motif du choix des axes"
SEMESTER, INDICATOR, ANSWER, VALUE, WHY, COMMENT = (
    "Semestre",
    "Indicateur",
    "Réponse",
    "Valeur",
    "Motif de sans objet",
    "Commentaire",
)
ANSWERS = {
    "valeur": Result.Status.VALUE,
    "sans objet": Result.Status.NOT_APPLICABLE,
    "non renseigne": Result.Status.UNANSWERED,
}


class DateWidget(Widget):
    """A French date."""

    def clean(self, value: str, row: FileRow | None = None, **_kwargs: Any) -> date:  # Any: the library's signature
        for form in ("%d/%m/%Y", "%Y-%m-%d"):
            try:
                day = datetime.strptime(value.strip(), form).date()  # noqa: DTZ007  # a day has no time zone
            except ValueError:
                continue
            if EARLIEST <= day <= LATEST:
                return day
        raise ValueError(f"« {value[:30]} » n’est pas une date\u00a0: écrivez 08/02/2019.")

    def render(self, value: date | None, obj: object = None, **_kwargs: Any) -> str:  # Any: as above
        return value.strftime("%d/%m/%Y") if value else ""


class ConventionResource(ScopedResource):
    """Conventions by reference; a row without one draws up a draft. A signed convention is read, never written."""

    aliases = {"n siret": SIRET, "debut": STARTS_ON, "axes retenus": AXES, "motif": REASON, "convention": REFERENCE}
    needed = (REFERENCE, SIRET, STARTS_ON, AXES)

    reference = Field("reference", REFERENCE, readonly=True)
    siret = Field("company__siret", SIRET, readonly=True)
    company = Field("company__name", "Entreprise", readonly=True)
    starts_on = Field("starts_on", STARTS_ON, widget=DateWidget())
    axes = Field(column_name=AXES, readonly=True)
    axes_reason = Field("axes_reason", REASON)
    state = Field("state_label", "État", readonly=True)
    signed_on = Field("signed_on", "Signée le", widget=DateWidget(), readonly=True)

    class Meta:
        model = Convention
        fields = ("reference", "siret", "company", "starts_on", "axes", "axes_reason", "state", "signed_on")
        use_transactions = True
        skip_unchanged = True

    def get_queryset(self) -> QuerySet[Convention]:
        rows = Convention.objects.visible_to(self.user).select_related("company__department", "catalogue")
        return rows.prefetch_related("axes").order_by("reference")

    def dehydrate_axes(self, convention: Convention) -> str:
        """For the export."""
        return ", ".join(axis.value for axis in convention.signed_axes())

    def find(self, row: FileRow) -> Convention | None:
        """By reference. Raises ValidationError for a reference that one does not see."""
        reference = row.get(REFERENCE, "").strip()
        if not reference:
            return None
        found = self.get_queryset().filter(reference=reference).first()
        if found is None:
            raise ValidationError(OUTSIDE)
        return found

    def init_instance(self, row: FileRow | None = None) -> Convention:
        """A draft of a company of the perimeter. Raises ValidationError."""
        siret = padded_siret((row or {}).get(SIRET, ""))
        companies = list(Company.objects.visible_to(self.user).select_related("department").filter(siret=siret)[:2])
        if len(companies) != 1:
            raise ValidationError(OUTSIDE)
        return Convention(company=companies[0])

    def skip_row(
        self,
        instance: Convention,
        original: Convention,
        row: FileRow,
        import_validation_errors: dict[str, Any] | None = None,  # Any: Django's error lists
    ) -> bool:
        """An unchanged row is left alone, whatever the state of its convention."""
        same = super().skip_row(instance, original, row, import_validation_errors)
        return bool(same) and bool(instance.reference) and _axes(row.get(AXES, "")) == instance.signed_axes()

    def save_instance(
        self,
        instance: Convention,
        is_create: bool,  # noqa: FBT001  # the library's signature
        row: FileRow,
        **_kwargs: Any,  # Any: as above
    ) -> None:
        """Through the portal's own actions, which refuse what must be refused."""
        _refuse_long(axes_reason=(instance.axes_reason, 2000))
        axes = _axes(row.get(AXES, ""))
        try:
            if is_create:
                self._create(instance, axes)
            else:
                actions.revise(
                    instance,
                    starts_on=instance.starts_on,
                    axes=axes,
                    axes_reason=instance.axes_reason,
                    charter=instance.charter,
                )
        except TransitionRefused as refusal:
            raise ValidationError(list(refusal.reasons)) from refusal

    def _create(self, instance: Convention, axes: Sequence[Axis]) -> None:
        created = actions.create(
            company=instance.company,
            starts_on=instance.starts_on,
            axes=axes,
            axes_reason=instance.axes_reason,
            at=self.at,
            by=self.user,
        )
        instance.pk, instance.reference = created.pk, created.reference


class ResultResource(ScopedResource):
    """Results by (reference, semester, code of the indicator); rows exist already, a file only answers them."""

    aliases = {"convention": REFERENCE, "code": INDICATOR, "resultat": VALUE, "motif": WHY}
    needed = (REFERENCE, SEMESTER, INDICATOR, VALUE)

    reference = Field("submission__convention__reference", REFERENCE, readonly=True)
    company = Field("submission__convention__company__name", "Entreprise", readonly=True)
    semester = Field("submission__campaign__semester", SEMESTER, readonly=True)
    indicator = Field("indicator__code", INDICATOR, readonly=True)
    label = Field("indicator__label", "Libellé", readonly=True)
    status = Field("status", ANSWER)
    value = Field("value", VALUE)
    reason = Field("reason", WHY)
    comment = Field("comment", COMMENT)
    state = Field("submission__state_label", "État de la remontée", readonly=True)

    class Meta:
        model = Result
        fields = (
            "reference",
            "company",
            "semester",
            "indicator",
            "label",
            "status",
            "value",
            "reason",
            "comment",
            "state",
        )
        use_transactions = True
        skip_unchanged = True

    def get_queryset(self) -> QuerySet[Result]:
        rows = Result.objects.visible_to(self.user).of_catalogue()
        related = rows.select_related(
            "submission__convention__company__department", "submission__campaign", "indicator"
        )
        return related.order_by(
            "submission__convention__reference", "submission__campaign__semester", "indicator__position"
        )

    def before_import(self, dataset: tablib.Dataset, **kwargs: Any) -> None:  # Any: the library's signature
        """Read at once the rows that the file names: a query per line would take minutes."""
        super().before_import(dataset, **kwargs)
        references = {reference.strip() for reference in dataset[REFERENCE]}
        rows = self.get_queryset().filter(submission__convention__reference__in=references)
        self.known = {
            (row.submission.convention.reference, str(row.submission.semester), row.code): row for row in rows
        }

    def dehydrate_status(self, result: Result) -> str:
        """For the export."""
        return result.get_status_display()

    def dehydrate_value(self, result: Result) -> str:
        """0 is printed, nothing is blank."""
        return "" if result.value is None else format_number(result.value).replace("\u202f", "")

    def find(self, row: FileRow) -> Result | None:
        """Raises ValidationError when one does not see such a row."""
        key = (row[REFERENCE].strip(), row[SEMESTER].strip().upper(), row[INDICATOR].strip().upper())
        found = self.known.get(key)
        if found is None:
            raise ValidationError(OUTSIDE)
        return found

    def import_instance(self, instance: Result, row: FileRow, **_kwargs: Any) -> None:  # Any: the library's signature
        """Read the four cells together. Raises ValidationError."""
        answer = _answer(instance, row)
        instance.status, instance.value = answer.status, answer.value
        instance.reason, instance.comment = answer.reason, answer.comment

    def save_instance(
        self,
        instance: Result,
        is_create: bool,  # noqa: FBT001  # the library's signature
        row: FileRow,
        **_kwargs: Any,  # Any: as above
    ) -> None:
        """Through the action, which refuses a closed submission."""
        try:
            saving = Saving(instance.submission, {instance.pk: _answer(instance, row)})
            save_results([saving], by=self.user, on=self.at.date(), by_file=True)
        except TransitionRefused as refusal:
            raise ValidationError(list(refusal.reasons)) from refusal


def _axes(text: str) -> list[Axis]:
    """« sensibiliser, former » in the order of the circular. Raises ValidationError."""
    by_name = {folded(axis.value): axis for axis in Axis}
    names = [folded(name) for name in text.replace(";", ",").split(",") if name.strip()]
    unknown = [name for name in names if name not in by_name]
    if unknown or not names:
        raise ValidationError({"axes": f"Axes possibles\u00a0: {', '.join(axis.value for axis in Axis)}."})
    return [axis for axis in Axis if folded(axis.value) in names]


def _answer(result: Result, row: FileRow) -> Answer:
    """What the row says: a value (0 is one), « sans objet » with its reason, or nothing. Raises ValidationError."""
    said = folded(row.get(ANSWER, ""))
    if said and said not in ANSWERS:
        raise ValidationError({"status": "Réponses possibles\u00a0: valeur, sans objet, non renseigné."})
    typed = _typed(row, said)
    if typed.not_applicable and typed.value:
        raise ValidationError({"value": MUDDLED})
    answer, errors = read(typed, result.unit)
    if errors.by_field:
        raise ValidationError(dict(errors.by_field))
    if said and ANSWERS[said] != answer.status:
        raise ValidationError({"value": MUDDLED})
    return answer


def _typed(row: FileRow, said: str) -> Typed:
    """The cells of a row, as the fields of the page hold them; a reason alone says « sans objet »."""
    value, reason, comment = (tidy(row.get(name, "")).strip() for name in (VALUE, WHY, COMMENT))
    is_reasoned = bool(reason) and not value and not said
    value = {"oui": "1", "non": "0"}.get(folded(value), value)
    return Typed(value, said == "sans objet" or is_reasoned, reason, comment)


def _refuse_long(**texts: tuple[str, int]) -> None:
    """Nothing of a file is cut: what is too long is refused, with its length. Raises ValidationError."""
    faults = {name: fault for name, (text, longest) in texts.items() if (fault := fault_of(text, longest))}
    if faults:
        raise ValidationError(faults)
