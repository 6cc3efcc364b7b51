"""What people type about companies: identity, contacts, establishments, members."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet, inlineformset_factory

from companies.actions.signatories import AlreadyRegistered
from companies.addresses import clean_postcode
from companies.models import Company, Contact, Establishment
from companies.models.signatory import SHEET
from companies.naf import clean_naf
from companies.selectors import bearer_of
from companies.siret import SiretRefused, clean_siret, siret_digits
from dsfr_forms.fields import WholeNumberField
from dsfr_forms.forms import OwnRows, PortalModelForm
from dsfr_forms.layout import Columns, PortalHelper, Section, portal_helper

KEY_IS_WRONG = "siret_key"
"""Code of the error after which a reason may be typed."""


class CompanyForm(PortalModelForm[Company]):
    """Identity of a company. A SIRET whose key is wrong is kept only with a reason, which the page then asks for."""

    siret = forms.CharField(max_length=30, help_text="14 chiffres, par exemple 732 829 320 00074.")
    category = forms.ChoiceField(choices=[("", "Choisissez une catégorie"), *Company.Category.choices])
    headcount = WholeNumberField(
        min_value=0, max_value=3_000_000, required=False, help_text="Sert à repérer une erreur de saisie."
    )
    naf = forms.CharField(max_length=12, required=False, help_text="Par exemple 47.11F.")
    postcode = forms.CharField(max_length=12, required=False)

    class Meta:
        model = Company
        fields = SHEET
        help_texts = {"siret_override": "À remplir seulement si l’avis de situation porte bien ce numéro."}

    def clean_naf(self) -> str:
        """Read it as people type it."""
        return _read(clean_naf, self.cleaned_data["naf"])

    def clean_postcode(self) -> str:
        """The same."""
        return _read(clean_postcode, self.cleaned_data["postcode"])

    def clean(self) -> dict[str, Any]:  # Any: Django's own signature
        """The SIRET and the reason that may excuse its key are read together."""
        data: dict[str, Any] = super().clean() or self.cleaned_data  # Any: as above
        if "siret" not in data:
            return data
        reason = data.get("siret_override", "").strip()
        try:
            data["siret"], data["siret_override"] = clean_siret(data["siret"]), ""
        except SiretRefused as refusal:
            if refusal.only_key and reason:
                data["siret"] = siret_digits(data["siret"])
            else:
                self.add_error("siret", ValidationError(str(refusal), code=KEY_IS_WRONG if refusal.only_key else ""))
                return data
        if other := bearer_of(data["siret"], beside=self.instance):
            self.add_error("siret", list(AlreadyRegistered(other).reasons))
        return data

    @property
    def asks_reason(self) -> bool:
        """Whether the reason is shown: once the key was refused, and as long as one is kept."""
        return bool(self.has_error("siret", KEY_IS_WRONG) or self["siret_override"].value())


def _read(clean: Callable[[str], str], text: str) -> str:
    try:
        return clean(text)
    except ValueError as refusal:
        raise ValidationError(str(refusal)) from refusal


def company_helper(form: CompanyForm, *, submit: str, cancel_url: str) -> PortalHelper:
    """The layout of the form, with the field of the reason when it is needed."""
    identity = ("siret", "siret_override", "name") if form.asks_reason else ("siret", "name")
    return portal_helper(
        submit,
        layout=(
            Section("Identité", *identity),
            Section("Activité", Columns("category", "sector"), "headcount", "naf"),
            Section("Adresse", "address", Columns("postcode", "town")),
        ),
        cancel_url=cancel_url,
    )


class ContactForm(PortalModelForm[Contact]):
    """A professional contact."""

    mark_optional = False

    class Meta:
        model = Contact
        fields = ("name", "job_title", "email", "phone")


class EstablishmentForm(PortalModelForm[Establishment]):
    """A further establishment."""

    siret = forms.CharField(max_length=30)
    mark_optional = False

    class Meta:
        model = Establishment
        fields = ("siret", "label")

    def clean_siret(self) -> str:
        """Read it as people type it."""
        try:
            return clean_siret(self.cleaned_data["siret"])
        except SiretRefused as refusal:
            raise ValidationError(str(refusal)) from refusal

    def clean(self) -> dict[str, Any]:  # Any: Django's own signature
        """Django leaves out the constraints that name the parent of an inline form: ask the row itself."""
        data: dict[str, Any] = super().clean() or self.cleaned_data  # Any: as above
        if "siret" in data:
            self.instance.siret = data["siret"]
            self.instance.validate_constraints()
        return data


ContactFormSet: type[BaseInlineFormSet[Contact, Company, ContactForm]] = inlineformset_factory(
    Company, Contact, form=ContactForm, formset=OwnRows, extra=1, max_num=50, absolute_max=60, can_delete_extra=False
)
EstablishmentFormSet: type[BaseInlineFormSet[Establishment, Company, EstablishmentForm]] = inlineformset_factory(
    Company,
    Establishment,
    form=EstablishmentForm,
    formset=OwnRows,
    extra=1,
    max_num=200,
    absolute_max=210,
    can_delete_extra=False,
)
