"""What people type about a Charte Entreprises et Quartiers."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import User
from companies.models import Charter, Company
from dsfr_forms.forms import PortalForm
from dsfr_forms.layout import portal_helper
from french.words import long_date

UNSIGNED = "Une charte est signée avant d’être enregistrée\u00a0: la date est au plus tard celle d’aujourd’hui."


class CharterForm(PortalForm):
    """Its number and its date, as the paper says them; of one company."""

    reference = forms.CharField(
        label="Référence de la charte",
        max_length=Charter._meta.get_field("reference").max_length,
        help_text="Celle du document. Retapée avec une autre date, elle corrige la date.",
    )
    signed_on = forms.DateField(label="Signée le")
    field_order = ("company",)
    helper = portal_helper("Enregistrer la charte", form_tag=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:  # Any: Django's own signature
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_signed_on(self) -> date:
        """Not a day to come."""
        day: date = self.cleaned_data["signed_on"]
        if day > self.today:
            raise ValidationError(UNSIGNED)
        return day

    def said(self, charter: Charter) -> str:
        """What was done, for whoever did it."""
        return f"La charte {charter.reference}, signée le {long_date(charter.signed_on)}, est enregistrée."


class NewCharterForm(CharterForm):
    """The same, of a company that one chooses."""

    company = forms.ModelChoiceField(
        label="Entreprise", queryset=Company.objects.none(), empty_label="Choisissez une entreprise"
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:  # Any: Django's own signature
        super().__init__(*args, **kwargs)
        field: Any = self.fields["company"]  # Any: a field with a queryset
        field.queryset = Company.objects.visible_to(by)
