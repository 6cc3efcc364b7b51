"""What people type around a submission: the message of a transmission, corrections, a delay."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import widgets
from django.http import QueryDict

from conventions.models import Campaign
from conventions.selectors.lines import Line
from dsfr_forms.forms import ErrorLink, PortalForm
from dsfr_forms.text import fault_of, tidy

LONGEST_CORRECTION = 1000
LONGEST_COMMENT = 2000
NOTHING_TICKED = "Cochez au moins un indicateur à corriger."
NO_COMMENT = "Dites à l’entreprise pourquoi vous lui renvoyez sa remontée."


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

    def __init__(self, *args: Any, campaign: Campaign, **kwargs: Any) -> None:  # Any: Django's own signature
        super().__init__(*args, **kwargs)
        self.campaign = campaign

    def clean_until(self) -> date:
        """A day that is a delay."""
        until: date = self.cleaned_data["until"]
        if refusal := self.campaign.refusal_to_extend(until):
            raise ValidationError(refusal)
        return until


@dataclass(frozen=True)
class CorrectionField:
    """The box « à corriger » of one line and what is asked."""

    line: Line
    ticked: bool
    comment: str
    error: str
    tick_error: str = ""
    """On the first line, when no box of the page is ticked."""


class CorrectionsForm:
    """What the référent asks to correct, line by line, and why the submission comes back."""

    def __init__(self, lines: Sequence[Line], data: QueryDict | None = None) -> None:
        fields = {line.pk: _correction(line, data) for line in lines}
        if data is not None and lines and not _asks_something(fields):
            fields[lines[0].pk] = replace(fields[lines[0].pk], tick_error=NOTHING_TICKED)
        self.fields: Mapping[int, CorrectionField] = fields
        self.comment = tidy(data.get("comment", "")).strip() if data is not None else ""
        self.is_bound = data is not None

    @property
    def corrections(self) -> dict[int, str]:
        """What to ask, by result."""
        return {pk: field.comment for pk, field in self.fields.items() if field.ticked}

    @property
    def asks_something(self) -> bool:
        """Whether a box is ticked or something is asked: one does not validate then."""
        return _asks_something(self.fields)

    @property
    def comment_error(self) -> str:
        """What is wrong with the word to the company."""
        if not self.is_bound:
            return ""
        return fault_of(self.comment, LONGEST_COMMENT) if self.comment else NO_COMMENT

    @property
    def errors(self) -> list[ErrorLink]:
        """The lines of the error summary; each leads to its field."""
        found = [
            ErrorLink(f"{field.line.anchor}-{end}", text)
            for field in self.fields.values()
            for end, text in (
                ("tick", field.tick_error),
                ("correction", f"{field.line.result.label}\u00a0: {field.error}" if field.error else ""),
            )
            if text
        ]
        return [*found, *([ErrorLink("id_comment", self.comment_error)] if self.comment_error else [])]


def _asks_something(fields: Mapping[int, CorrectionField]) -> bool:
    return any(field.ticked or field.comment for field in fields.values())


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
    return fault_of(comment, LONGEST_CORRECTION)
