"""The dates of a campaign and the days on which silent companies are reminded."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from conventions.expected import Period
from conventions.models import Campaign, CampaignReminder
from conventions.models.campaign import TO_WRITE_A_BILAN
from dsfr_forms.forms import ErrorLink, PortalForm, PortalModelForm
from french.words import long_date
from territories.semester import Semester

BLANK_REMINDERS = 2


class CampaignForm(PortalModelForm[Campaign]):
    """When a campaign opens, is due and closes; its semester never changes once it exists."""

    class Meta:
        model = Campaign
        fields = ("semester", "opens_on", "due_on", "locks_on", "bilan_due_on")
        help_texts = {"semester": "Par exemple 2020-S2."}
        error_messages = {
            "semester": {
                "required": "Indiquez le semestre, par exemple 2020-S2.",
                "unique": "La campagne de ce semestre existe déjà : modifiez ses dates.",
            }
        }

    def __init__(self, data: QueryDict | None = None, *, instance: Campaign | None = None) -> None:
        super().__init__(data, instance=instance)
        self.fields["semester"].disabled = instance is not None
        self.fields["bilan_due_on"].required = False

    def clean_semester(self) -> Semester:
        """The semester that the text names."""
        try:
            return Semester.parse(str(self.cleaned_data["semester"]))
        except ValueError as error:
            raise ValidationError(str(error)) from error

    def clean_opens_on(self) -> date:
        """Figures of a semester cannot be asked before it has begun."""
        opens_on: date = self.cleaned_data["opens_on"]
        semester = self.cleaned_data.get("semester")
        if semester and opens_on < semester.start:
            raise ValidationError(
                f"La saisie du {semester.label} ne peut pas ouvrir avant le {semester.start:%d/%m/%Y}."
            )
        return opens_on

    @property
    def window(self) -> Period | None:
        """From the opening to the closing, once both can be read."""
        opens_on, locks_on = self.cleaned_data.get("opens_on"), self.cleaned_data.get("locks_on")
        return Period(opens_on, locks_on) if opens_on and locks_on else None

    def clean(self) -> dict[str, Any] | None:  # Any: Django's own signature
        """Left blank, the day of the bilans follows that of the companies."""
        data = super().clean()
        due_on = self.cleaned_data.get("due_on")
        if due_on and not self.cleaned_data.get("bilan_due_on") and "bilan_due_on" not in self.errors:
            self.cleaned_data["bilan_due_on"] = due_on + TO_WRITE_A_BILAN
        return data


class ReminderForm(PortalForm):
    """One day of reminder; emptied, it is dropped."""

    mark_optional = False

    on = forms.DateField(label="Relance le", required=False)

    def __init__(self, data: QueryDict | None, *, number: int, on: date | None = None) -> None:
        super().__init__(data, prefix=f"relance-{number}", initial={"on": on})
        self.fields["on"].label = f"Relance n° {number}"


class RemindersForm:
    """All the days of reminder of a campaign, and two blank ones."""

    def __init__(self, reminders: Sequence[CampaignReminder], data: QueryDict | None = None) -> None:
        days: list[date | None] = [reminder.on for reminder in reminders]
        days += [None] * BLANK_REMINDERS
        self.forms = [ReminderForm(data, number=number, on=day) for number, day in enumerate(days, start=1)]

    def fit(self, window: Period | None) -> bool:
        """Whether every day can be read and, once `window` is known, falls while companies can answer."""
        for form in self.forms:
            day = form.cleaned_data.get("on") if form.is_valid() else None
            if day and window and not window.start <= day <= window.end:
                form.add_error(
                    "on",
                    f"Une relance tombe entre l’ouverture ({window.start:%d/%m/%Y}) "
                    f"et la fermeture ({window.end:%d/%m/%Y}).",
                )
        return not self.errors

    @property
    def errors(self) -> list[ErrorLink]:
        """The lines of the error summary."""
        return [link for form in self.forms if form.is_bound for link in form.error_links]

    @property
    def removed(self) -> list[str]:
        """The days that were planned and that the form drops, as people say them."""
        planned = [form.initial["on"] for form in self.forms if form.initial["on"]]
        return [f"Relance du {long_date(day)}" for day in planned if day not in self.days]

    @property
    def days(self) -> set[date]:
        """The days kept."""
        return {form.cleaned_data["on"] for form in self.forms if form.cleaned_data.get("on")}
