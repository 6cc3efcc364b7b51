"""What people type when a company ends: its last day, why, and who goes on."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from companies.models import Company, CompanyQuerySet, Succession
from companies.siret import grouped
from dsfr_forms.forms import PortalForm
from dsfr_forms.layout import portal_helper

NAMED = 5
"""How many companies are named to somebody who did not say which one."""

TO_REGISTER = "Aucune autre entreprise de votre département ne répond à ces mots\u00a0: enregistrez-la d’abord."


class SuccessionForm(PortalForm):
    """The end of `company`. Its successor is one of `companies`, found as the list of companies finds one."""

    kind = forms.ChoiceField(
        label="Ce qui arrive à l’entreprise", choices=Succession.Kind.choices, widget=forms.RadioSelect
    )
    last_day = forms.DateField(
        label="Dernier jour", help_text="Inclus. Ses objectifs et ses résultats courent jusque-là."
    )
    successor = forms.CharField(
        label="Entreprise qui prend la suite",
        max_length=100,
        required=False,
        help_text="Son SIRET, ou son nom. Seulement si l’entreprise est absorbée, ou reprise sous un autre SIRET.",
    )
    helper = portal_helper("Enregistrer la fin de l’entreprise", form_tag=False)

    def __init__(self, *args: Any, companies: CompanyQuerySet, **kwargs: Any) -> None:  # Any: Django's own signature
        super().__init__(*args, **kwargs)
        self.companies = companies

    def clean_kind(self) -> Succession.Kind:
        """The kind itself."""
        return Succession.Kind(self.cleaned_data["kind"])

    def clean_successor(self) -> Company | None:
        """The one company that these words find."""
        asked = self.cleaned_data["successor"]
        if not asked:
            return None
        found = list(self.companies.search(asked)[: NAMED + 1])
        if not found:
            raise ValidationError(TO_REGISTER)
        if len(found) > 1:
            names = ", ".join(f"{item} ({grouped(item.siret)})" for item in found[:NAMED])
            others = "…" if len(found) > NAMED else ""
            raise ValidationError(
                f"Plusieurs entreprises répondent à ces mots\u00a0: indiquez un SIRET. {names}{others}"
            )
        return found[0]

    def clean(self) -> dict[str, Any]:  # Any: Django's own signature
        """A successor goes with an end that has one."""
        data: dict[str, Any] = super().clean() or self.cleaned_data  # Any: as above
        if "kind" not in data or "successor" not in data:
            return data
        continued, other = data["kind"] in Succession.CONTINUED, data["successor"]
        if continued and other is None:
            self.add_error("successor", "Indiquez l’entreprise qui prend la suite.")
        if other and not continued:
            self.add_error("successor", "Une entreprise partie ou fermée n’a pas de suite ici\u00a0: laissez vide.")
        return data
