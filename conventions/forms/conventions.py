"""What a référent types about a convention: its frame, its signature, its end, its commitments of its own."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import F, QuerySet
from django.http import QueryDict

from companies.models import Charter, Company
from conventions.expected import Period
from conventions.figures import read_figure
from conventions.models import Convention
from conventions.models.convention import AXIS_CHOICES, axes_refusal
from conventions.selectors.frames import frame_refusals
from conventions.signature import signature_refusal, termination_refusal
from dsfr_forms.forms import PortalForm
from dsfr_forms.layout import Columns, Section, portal_helper
from french.numbers import NumberRefused
from indicators.specs import Axis

CHARTER_HINT = "Seulement si la convention transforme une Charte Entreprises et Quartiers."
FRAME = (
    Section("Durée", "starts_on"),
    Section("Axes", "axes", "axes_reason"),
    Section("Charte d’origine", Columns("charter_reference", "charter_signed_on"), hint=CHARTER_HINT),
)


class FrameForm(PortalForm):
    """The frame of a draft: when it starts, on which axes, what it comes from."""

    starts_on = forms.DateField(
        label="Date d’effet", help_text="La convention dure trois ans à partir de ce jour, quel qu’il soit."
    )
    axes = forms.MultipleChoiceField(
        label="Axes retenus",
        choices=AXIS_CHOICES,
        widget=forms.CheckboxSelectMultiple,
        help_text="Une ETI ou une grande entreprise les retient tous ; une PME ou une TPE peut choisir.",
        error_messages={"required": "Cochez au moins un axe."},
    )
    axes_reason = forms.CharField(
        label="Motif du choix des axes",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Nécessaire quand une PME ou une TPE ne retient pas les quatre.",
    )
    charter_reference = forms.CharField(label="Référence de la charte", max_length=60, required=False)
    charter_signed_on = forms.DateField(label="Signée le", required=False)

    def __init__(
        self, *args: Any, company: Company | None = None, draft: Convention | None = None, **kwargs: Any
    ) -> None:  # Any: Django's own signature
        super().__init__(*args, **kwargs)
        self.signatory = draft.company if draft else company
        self.draft = draft
        if self.signatory and not self.signatory.may_choose_axes:
            said = f"{self.signatory.name} ({self.signatory.get_category_display()}) retient les quatre."
            self.fields["axes"].help_text = said

    def clean(self) -> dict[str, Any]:  # Any: Django's own signature
        """The charter has both a reference and a date, or neither; the rest depends on the company."""
        data: dict[str, Any] = super().clean() or self.cleaned_data  # Any: as above
        reference, signed_on = data.get("charter_reference"), data.get("charter_signed_on")
        if reference and not signed_on and "charter_signed_on" in data:
            self.add_error("charter_signed_on", "Indiquez la date de la charte.")
        if signed_on and not reference and "charter_reference" in data:
            self.add_error("charter_reference", "Indiquez la référence de la charte.")
        if company := data.get("company", self.signatory):
            self._suit(company, data.get("starts_on"), reference or "")
        return data

    def _suit(self, company: Company, starts_on: date | None, charter: str) -> None:
        """What this company cannot sign so is said beside each field."""
        if "axes" in self.cleaned_data and (refusal := axes_refusal(company, self.kept_axes)):
            self.add_error("axes", refusal)
        for name, refusal in frame_refusals(company, starts_on=starts_on, charter=charter, draft=self.draft):
            self.add_error(name, refusal)

    @property
    def kept_axes(self) -> list[Axis]:
        """The axes ticked."""
        return [Axis(value) for value in self.cleaned_data["axes"]]


class CompanyField(forms.ModelChoiceField[Company]):
    """A company with its category, on which the axes depend."""

    def label_from_instance(self, obj: Company) -> str:
        """« Ateliers Terril – PME »."""
        return f"{obj.name} – {obj.get_category_display().partition(' (')[0]}"


class NewConventionForm(FrameForm):
    """The frame of a new draft, with its company."""

    company = CompanyField(
        Company.objects.none(), label="Entreprise", empty_label="Choisissez une entreprise", blank=False
    )
    field_order = ("company",)
    helper = portal_helper("Créer le brouillon", layout=(Section("Entreprise", "company"), *FRAME))


def new_convention_form(
    data: QueryDict | None, companies: QuerySet[Company], company: Company | None
) -> NewConventionForm:
    """The form, where only `companies` may be chosen; `company` is the one that the page was opened for."""
    charter = company.charters.filter(convention=None).first() if company else None
    taken_over = _taken_over(company) if company else {}
    initial = {"company": company, "axes": list(Axis), **taken_over, **charter_fields(charter)}
    form = NewConventionForm(data, initial=initial, company=company)
    form.fields["company"].queryset = companies  # type: ignore[attr-defined]  # declared above as a CompanyField
    return form


def _taken_over(company: Company) -> dict[str, Any]:  # Any: initial values of several types
    """What a company that follows another may promise in its place: its axes, from the day on which it follows."""
    end = company.predecessors.filter(company__conventions__terminated_on=F("last_day")).first()
    if end is None or company.conventions.exists():
        return {}
    ended = Convention.objects.filter(company=end.company_id, terminated_on=end.last_day).latest("starts_on")
    return {"starts_on": end.first_day, "axes": ended.signed_axes(), "axes_reason": ended.axes_reason}


def frame_of(convention: Convention) -> dict[str, Any]:  # Any: initial values of several types
    """What the form shows of a draft."""
    return {
        "starts_on": convention.starts_on,
        "axes": convention.signed_axes(),
        "axes_reason": convention.axes_reason,
        **charter_fields(convention.charter),
    }


def charter_fields(charter: Charter | None) -> dict[str, Any]:  # Any: initial values of several types
    """What the form shows of a charter."""
    return {"charter_reference": charter.reference, "charter_signed_on": charter.signed_on} if charter else {}


class SignatureForm(PortalForm):
    """When and where the convention was signed; the days possible are said beside the field."""

    signed_on = forms.DateField(label="Date de signature")
    place = forms.CharField(label="Lieu de signature", max_length=150)

    def __init__(self, *args: Any, window: Period, **kwargs: Any) -> None:  # Any: Django's own signature
        super().__init__(*args, **kwargs)
        if window.days:
            self.initial["signed_on"] = window.end
            self.fields["signed_on"].help_text = f"Entre le {window.start:%d/%m/%Y} et le {window.end:%d/%m/%Y}."
        self.window = window

    def clean_signed_on(self) -> date:
        """One of the days possible."""
        return _unless(signature_refusal(self.cleaned_data["signed_on"], self.window), self.cleaned_data["signed_on"])


class CancellationForm(PortalForm):
    """Why a signature is taken back."""

    comment = forms.CharField(
        label="Motif de l’annulation",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Il est gardé au journal et envoyé à l’entreprise.",
    )


class TerminationForm(PortalForm):
    """The last day in force and the reason."""

    on = forms.DateField(label="Dernier jour de la convention", help_text="Inclus. Les objectifs courent jusque-là.")
    comment = forms.CharField(
        label="Motif de la résiliation", max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, term: Period, **kwargs: Any) -> None:  # Any: Django's own signature
        super().__init__(*args, **kwargs)
        self.term = term

    def clean_on(self) -> date:
        """A day of the convention."""
        return _unless(termination_refusal(self.cleaned_data["on"], self.term), self.cleaned_data["on"])


class CommitmentForm(PortalForm):
    """A commitment outside the catalogue."""

    label = forms.CharField(
        label="Engagement", max_length=255, help_text="Par exemple : prêter une salle aux associations du quartier."
    )
    target = forms.CharField(label="Objectif sur trois ans", max_length=30, help_text="Un nombre, par exemple 30.")
    unit = forms.CharField(label="Unité", max_length=40, help_text="Par exemple : demi-journées.")
    helper = portal_helper(
        "Ajouter cet engagement",
        layout=(Section("Ajouter un engagement", "label", Columns("target", "unit")),),
        form_tag=False,
    )

    def clean_target(self) -> object:
        """A French number, 0 included."""
        try:
            return read_figure(self.cleaned_data["target"], None)
        except NumberRefused as refusal:
            raise ValidationError(str(refusal)) from refusal


def _unless(refusal: str, day: date) -> date:
    """The day, unless something is said against it."""
    if refusal:
        raise ValidationError(refusal)
    return day
