"""Which référents, and what is written to them."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.http import urlencode

from accounts.models import User
from companies.models import Company
from companies.naf import SECTIONS
from dsfr_forms.forms import PortalForm
from indicators.specs import Axis
from national.selectors.companies import ANSWERS
from national.selectors.directory import SITUATIONS
from national.selectors.gathered import KINDS
from reporting.models import SentText
from territories.models import Department, Region
from territories.semester import Semester


def regions() -> list[tuple[str, str]]:
    """Code and name, by name."""
    return list(Region.objects.order_by("name").values_list("code", "name"))


class Filters(PortalForm):
    """Filters that stay in the address; one that makes no sense filters nothing."""

    mark_optional = False

    @property
    def asked(self) -> dict[str, str]:
        """What narrows the list, by the name of the filter."""
        self.is_valid()
        return {name: self.cleaned_data[name] for name in self.fields if self.cleaned_data.get(name)}

    @property
    def query(self) -> str:
        """The same at the end of an address: with its question mark, or empty."""
        return f"?{urlencode(self.asked)}" if self.asked else ""


class DirectoryFilters(Filters):
    """Filters of the directory."""

    region = forms.ChoiceField(label="Région", required=False)
    situation = forms.ChoiceField(label="Préfectures", required=False, choices=[("", "Toutes"), *SITUATIONS.items()])

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        choice: Any = self.fields["region"]  # Any: a field with choices
        choice.choices = [("", "Toutes"), *regions()]


class MessageForm(PortalForm):
    """A text, and those of the référents shown to whom it goes: all of them unless some are unticked."""

    subject = forms.CharField(label="Objet", max_length=150)
    body = forms.CharField(
        label="Texte",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="Votre nom et l’adresse à laquelle répondre sont ajoutés à la fin.",
    )
    to = forms.TypedMultipleChoiceField(
        label="Destinataires",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Cochez au moins un référent."},
    )

    def __init__(self, data: QueryDict | None, *, people: Sequence[User]) -> None:
        self.people = {str(person.public_id): person for person in people}
        super().__init__(data, initial={"to": list(self.people)})
        choice: Any = self.fields["to"]  # Any: a field with choices
        choice.choices = [(key, f"{person}, {person.department}") for key, person in self.people.items()]

    @property
    def recipients(self) -> list[User]:
        """Those who stayed ticked; the form must be valid."""
        return [self.people[key] for key in self.cleaned_data["to"]]


class PracticeFilters(Filters):
    """Filters of the library."""

    axe = forms.ChoiceField(
        label="Axe", required=False, choices=[("", "Tous"), *((axis.value, axis.label) for axis in Axis)]
    )
    region = forms.ChoiceField(label="Région", required=False)
    departement = forms.ChoiceField(label="Département", required=False)
    semestre = forms.ChoiceField(label="Semestre", required=False)
    q = forms.CharField(label="Mots cherchés", required=False, max_length=100)

    def __init__(self, data: QueryDict, *, places: Sequence[Department], semesters: Sequence[Semester]) -> None:
        super().__init__(data)
        choices: dict[str, Any] = self.fields  # Any: fields with choices
        choices["region"].choices = [("", "Toutes"), *regions()]
        choices["departement"].choices = [("", "Tous"), *((place.pk, str(place)) for place in places)]
        choices["semestre"].choices = [("", "Tous"), *((str(semester), semester.label) for semester in semesters)]


class CompanyFilters(Filters):
    """Filters of the companies of a bilan that was sent."""

    categorie = forms.ChoiceField(
        label="Catégorie", required=False, choices=[("", "Toutes"), *Company.Category.choices]
    )
    secteur = forms.ChoiceField(
        label="Secteur", required=False, choices=[("", "Tous"), *((one, one) for one in Company.Sector.labels)]
    )
    section = forms.ChoiceField(
        label="Section NAF",
        required=False,
        choices=[("", "Toutes"), *((letter, f"{letter} – {name}") for letter, (name, _) in SECTIONS.items())],
    )
    axe = forms.ChoiceField(
        label="Axe", required=False, choices=[("", "Tous"), *((axis.label, axis.label) for axis in Axis)]
    )
    reponse = forms.ChoiceField(
        label="Réponse", required=False, choices=[("", "Toutes"), *((one, one) for one in ANSWERS)]
    )


class EditionForm(PortalForm):
    """What a frozen version is published for, and what was read of it."""

    reason = forms.CharField(
        label="Ce que l’on publie",
        max_length=300,
        help_text="Par exemple\u00a0: « Rapport au Premier ministre, septembre 2020 ».",
    )
    shown = forms.CharField(widget=forms.HiddenInput, max_length=64)


class GatheredFilters(Filters):
    """Filters of what the départements wrote."""

    rubrique = forms.ChoiceField(label="Rubrique", required=False, choices=[*KINDS.items()])
    region = forms.ChoiceField(label="Région", required=False)
    departement = forms.ChoiceField(label="Département", required=False)
    q = forms.CharField(label="Mots cherchés", required=False, max_length=100)

    def __init__(self, data: QueryDict, *, places: Iterable[Department]) -> None:
        super().__init__({"rubrique": SentText.Box.STRATEGY, **data.dict()})
        choices: dict[str, Any] = self.fields  # Any: fields with choices
        choices["region"].choices = [("", "Toutes"), *regions()]
        choices["departement"].choices = [("", "Tous"), *((place.pk, str(place)) for place in places)]
