"""Which référents, and what is written to them."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from accounts.models import User
from dsfr_forms.forms import PortalForm
from national.selectors.directory import SITUATIONS
from territories.models import Region


class DirectoryFilters(PortalForm):
    """Filters of the directory; they stay in the address, and one that makes no sense filters nothing."""

    mark_optional = False

    region = forms.ChoiceField(label="Région", required=False)
    situation = forms.ChoiceField(label="Préfectures", required=False, choices=[("", "Toutes"), *SITUATIONS.items()])

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        choice: Any = self.fields["region"]  # Any: a field with choices
        choice.choices = [("", "Toutes"), *Region.objects.order_by("name").values_list("code", "name")]

    @property
    def asked(self) -> dict[str, str]:
        """What narrows the directory."""
        self.is_valid()
        return {name: self.cleaned_data[name] for name in self.fields if self.cleaned_data.get(name)}


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
