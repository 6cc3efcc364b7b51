"""What people type about the group of a company."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from companies.models import Company, LegalUnit
from companies.selectors import refusals_to_join
from companies.siret import SiretRefused, clean_siren
from dsfr_forms.forms import PortalForm
from dsfr_forms.layout import portal_helper

FOUND = 10
"""How many firms a search shows: somebody who sees more types one more word."""


class FindGroupForm(PortalForm):
    """The group by its name or its number, among the firms that the portal knows."""

    q = forms.CharField(label="Chercher le groupe", max_length=100, help_text="Son nom, ou le début de son SIREN.")

    def found(self, *, besides: str) -> list[LegalUnit]:
        """The first of those that these words find, `besides` a SIREN apart, and one more when there are more."""
        rows = LegalUnit.objects.search(self.cleaned_data["q"]).exclude(pk=besides)
        return list(rows.order_by("search_key")[: FOUND + 1])


class JoinGroupForm(PortalForm):
    """Which group, and from when."""

    siren = forms.CharField(
        label="SIREN du groupe",
        max_length=30,
        help_text="9 chiffres, ceux de la tête du groupe.",
    )
    name = forms.CharField(
        label="Raison sociale du groupe",
        max_length=255,
        required=False,
        help_text="Utile si le portail ne connaît pas encore ce SIREN.",
    )
    since = forms.DateField(label="Premier jour dans le groupe")
    helper = portal_helper("Rattacher à ce groupe", form_tag=False)

    def __init__(self, *args: Any, company: Company, **kwargs: Any) -> None:  # Any: Django's own signature
        super().__init__(*args, **kwargs)
        self.company = company

    def clean_siren(self) -> str:
        """Read it as people type it."""
        try:
            return clean_siren(self.cleaned_data["siren"])
        except SiretRefused as refusal:
            raise ValidationError(str(refusal)) from refusal

    def clean(self) -> dict[str, Any]:  # Any: Django's own signature
        """A SIREN that nobody named yet wants its name; what the action would refuse is said beside the rest."""
        data: dict[str, Any] = super().clean() or self.cleaned_data  # Any: as above
        unnamed = "siren" in data and not data.get("name") and "name" not in self.errors
        if unnamed and not LegalUnit.objects.filter(pk=data["siren"]).exists():
            self.add_error("name", "Le portail ne connaît pas encore ce SIREN\u00a0: indiquez la raison sociale.")
        asked = {name: data.get(name) for name in ("siren", "since")}
        for name, sentence in refusals_to_join(self.company, **asked).items():
            self.add_error(name, sentence)
        return data


class LeaveGroupForm(PortalForm):
    """Until when."""

    until = forms.DateField(
        label="Dernier jour dans le groupe", help_text="Inclus. Les bilans déjà transmis ne changent pas."
    )
    helper = portal_helper("Mettre fin au rattachement", form_tag=False)
