"""What people type around a submission: filters of the list, the message of a transmission, corrections, a delay."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django import forms
from django.forms import widgets
from django.http import QueryDict

from conventions.models.submission import SubmissionQuerySet
from conventions.selectors.lines import Line
from dsfr_forms.forms import ErrorLink, PortalForm
from dsfr_forms.text import tidy
from territories.semester import Semester

LONGEST_CORRECTION = 1000

FILTERS = {
    "a-valider": "à valider",
    "a-corriger": "à corriger",
    "en-retard": "en retard",
    "silencieuses": "jamais transmises",
    "validees": "validées",
}
NARROWING: Mapping[str, Callable[[SubmissionQuerySet, date], SubmissionQuerySet]] = {
    "a-valider": lambda rows, _on: rows.filter(state="transmitted"),
    "a-corriger": lambda rows, _on: rows.filter(state="returned"),
    "en-retard": lambda rows, on: rows.overdue(on=on),
    "silencieuses": lambda rows, _on: rows.silent(),
    "validees": lambda rows, _on: rows.filter(state="validated"),
}


class SubmissionFilterForm(PortalForm):
    """The filters of the list; they stay in the address, and one that makes no sense filters nothing."""

    mark_optional = False

    semestre = forms.ChoiceField(label="Semestre", required=False)
    etat = forms.ChoiceField(label="État", required=False, choices=[("", "Tous"), *FILTERS.items()])
    q = forms.CharField(label="Entreprise, commune ou référence", required=False, max_length=100)

    def __init__(self, data: QueryDict, *, semesters: Sequence[Semester]) -> None:
        super().__init__(data)
        choice = self.fields["semestre"]
        assert isinstance(choice, forms.ChoiceField)  # noqa: S101  # declared above
        choice.choices = [("", "Tous"), *((str(semester), semester.label) for semester in semesters)]

    def narrow(self, submissions: SubmissionQuerySet, *, on: date) -> SubmissionQuerySet:
        """Keep the submissions that were asked for."""
        self.is_valid()
        asked = self.cleaned_data
        rows = submissions.filter(campaign__semester=asked["semestre"]) if asked.get("semestre") else submissions
        rows = rows.search(asked["q"]) if asked.get("q") else rows
        narrowing = NARROWING.get(asked.get("etat", ""))
        return narrowing(rows, on) if narrowing else rows


class TransmissionForm(PortalForm):
    """The last word before the figures leave."""

    message = forms.CharField(
        label="Message à votre référent",
        required=False,
        max_length=2000,
        widget=widgets.Textarea(attrs={"rows": 3}),
        help_text="Ce qu’il faut savoir pour lire ces chiffres.",
    )


class ExtensionForm(PortalForm):
    """More time for one company."""

    until = forms.DateField(label="Nouveau dernier jour", widget=widgets.DateInput)
    reason = forms.CharField(label="Motif", max_length=255)


@dataclass(frozen=True)
class CorrectionField:
    """The box « à corriger » of one line and what is asked."""

    line: Line
    ticked: bool
    comment: str
    error: str


class CorrectionsForm:
    """What the référent asks to correct, line by line, and why the submission comes back."""

    def __init__(self, lines: Sequence[Line], data: QueryDict | None = None) -> None:
        self.fields: Mapping[int, CorrectionField] = {line.pk: _correction(line, data) for line in lines}
        self.comment = tidy(data.get("comment", "")).strip() if data is not None else ""
        self.is_bound = data is not None

    @property
    def corrections(self) -> dict[int, str]:
        """What to ask, by result."""
        return {pk: field.comment for pk, field in self.fields.items() if field.ticked}

    @property
    def asks_something(self) -> bool:
        """Whether a box is ticked or something is asked: one does not validate then."""
        return any(field.ticked or field.comment for field in self.fields.values())

    @property
    def errors(self) -> list[ErrorLink]:
        """The lines of the error summary."""
        if not self.is_bound:
            return []
        found = [
            ErrorLink(f"{field.line.anchor}-correction", f"{field.line.result.label} : {field.error}")
            for field in self.fields.values()
            if field.error
        ]
        if not self.corrections:
            found.insert(0, ErrorLink("", "Cochez au moins un indicateur à corriger."))
        if not self.comment:
            found.append(ErrorLink("id_comment", "Dites à l’entreprise pourquoi vous lui renvoyez sa remontée."))
        return found


def _correction(line: Line, data: QueryDict | None) -> CorrectionField:
    if data is None:
        return CorrectionField(line, ticked=False, comment="", error="")
    comment = tidy(data.get(f"c{line.pk}-comment", "")).strip()
    ticked = f"c{line.pk}" in data
    return CorrectionField(line, ticked, comment, _correction_error(comment, ticked=ticked))


def _correction_error(comment: str, *, ticked: bool) -> str:
    if not ticked:
        return "cochez « à corriger », ou effacez ce qui est demandé." if comment else ""
    if not comment:
        return "dites ce qui est à corriger."
    if len(comment) > LONGEST_CORRECTION:
        return f"{len(comment)} caractères : {LONGEST_CORRECTION} au plus."
    return "retirez le caractère nul." if "\0" in comment else ""
