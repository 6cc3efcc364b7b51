"""What a référent types about a bilan: its boxes, the partners, the figures of context, the word that sends it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.core import signing
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import BaseInlineFormSet, inlineformset_factory

from dsfr_forms.fields import WholeNumberField
from dsfr_forms.forms import OwnRows, PortalForm, PortalModelForm
from dsfr_forms.layout import Columns, Section, portal_helper
from reporting.bilan import BilanData
from reporting.boxes import ESSENTIALS, ORGANISATION, RECTIFICATION, REFERENT, TYPED, Box, Kind, asked_of
from reporting.codec import UnknownSchema, from_json_value, to_json_value
from reporting.merging import StaleTexts, is_untouched, stamp_of
from reporting.method.overlaps import Ruling
from reporting.models import Bilan, Partner
from reporting.models.bilan import CONTEXT_DUE
from reporting.selectors.composer import NOTE_DUE
from territories.models import Department, DepartmentFigures

SEAL = "reporting.departure"
CHAPTER_OF = {
    ESSENTIALS: "essentiel",
    REFERENT: "referent",
    ORGANISATION: "organisation",
    RECTIFICATION: "rectifications",
}
"""The chapter of the document, by its anchor, where the texts of a section are printed."""
ROWS = 8
"""Of a text of several lines."""


@dataclass(frozen=True)
class BoxField:
    """One box in the form of the composer."""

    box: Box
    field: forms.BoundField
    stamp: str
    """Of the text that the page stands on, sent back with the form."""
    is_carried: bool
    """Taken over from the last bilan, and not read again yet."""
    theirs: str | None
    """What somebody else stored meanwhile, when both changed it."""

    @property
    def chapter(self) -> str:
        """Where the document prints it."""
        return CHAPTER_OF.get(self.box.section, "")


class BilanForm(PortalModelForm[Bilan]):
    """The boxes that are written. A draft may be saved with empty ones: transmission asks for them."""

    mark_optional = False

    class Meta:
        model = Bilan
        fields = tuple(box.name for box in TYPED)
        help_texts = {box.name: box.help for box in TYPED if box.help}

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: Django's own signature
        super().__init__(*args, **kwargs)
        self.theirs: Mapping[str, str] = {}
        self.asked = [box for box in asked_of(self.instance.version) if box.is_typed]
        # What is typed goes on the instance as it is checked: the page stands on what was stored.
        self.stored = self.instance.texts
        for box in TYPED:
            if box not in self.asked:
                del self.fields[box.name]
            elif box.kind is Kind.TEXT:
                self.fields[box.name].widget = forms.Textarea(attrs={"rows": ROWS, "class": "fr-input"})

    @property
    def sections(self) -> list[tuple[str, list[BoxField]]]:
        """The boxes under the legend of their section."""
        found: dict[str, list[BoxField]] = {}
        for box in self.asked:
            found.setdefault(box.section, []).append(self._box_field(box))
        return list(found.items())

    @property
    def typed(self) -> dict[str, str]:
        """The boxes that came. Only when there is no error."""
        return {name: self.cleaned_data[name] for name in self.fields if name in self.data}

    @property
    def seen(self) -> dict[str, str]:
        """The stamps of the texts that the page was loaded with, by box."""
        return {name: self.data[f"seen-{name}"] for name in self.fields if f"seen-{name}" in self.data}

    @property
    def read(self) -> list[str]:
        """The box that « J’ai relu » is about."""
        name = self.data.get("read", "")
        return [name] if name in self.fields else []

    def loaded_now(self, row: Bilan) -> dict[str, str]:
        """After a save, the stamps of the boxes that are stored as they were typed.

        A page that stays open keeps the others: what somebody else wrote there, it has not shown yet.
        """
        texts = row.texts
        return {
            f"seen-{name}": stamp_of(texts[name]) for name, text in self.typed.items() if texts[name] == text.strip()
        }

    def beside(self, stale: StaleTexts) -> "BilanForm":
        """The same form after somebody else saved: untouched boxes take what is stored, the others show both."""
        data, seen = dict(self.data.items()), self.seen
        for name, text in self.typed.items():
            if is_untouched(text.strip(), seen.get(name)):
                data[name] = stale.stored[name]
            data[f"seen-{name}"] = stamp_of(stale.stored[name])
        form = BilanForm(data, instance=self.instance)
        form.theirs = stale.theirs
        return form

    def _box_field(self, box: Box) -> BoxField:
        return BoxField(
            box=box,
            field=self[box.name],
            stamp=self.data.get(f"seen-{box.name}") or stamp_of(self.stored[box.name]),
            is_carried=box.name in self.instance.carried,
            theirs=self.theirs.get(box.name),
        )


class DepartureForm(PortalForm):
    """The last word before a bilan leaves: what the page showed, and why it leaves although answers are missing."""

    mark_optional = False

    shown = forms.CharField(required=False, widget=forms.HiddenInput)
    sending_note = forms.CharField(
        label="Motif de l’envoi malgré les manques",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Des remontées manquent ou ne sont pas validées\u00a0: le bilan imprime pourquoi il part.",
    )

    def clean_shown(self) -> BilanData | None:
        """The value that the page carried; None when it is not one that this portal sealed."""
        try:
            return from_json_value(signing.loads(self.cleaned_data["shown"], salt=SEAL))
        except (signing.BadSignature, UnknownSchema):
            return None

    def clean(self) -> None:
        """The reason is due when the page that was read asked for it."""
        super().clean()
        shown, note = self.cleaned_data.get("shown"), self.cleaned_data.get("sending_note", "")
        if shown and shown.needs_note and not note and "sending_note" not in self.errors:
            self.add_error("sending_note", NOTE_DUE)


def departure_form(data: BilanData, posted: Mapping[str, str] | None = None) -> DepartureForm:
    """The form of a page that shows `data`; after a refusal, the reason typed is judged on what is shown now."""
    note = data.sending_note if posted is None else posted.get("sending_note", "")
    fields = {"shown": sealed(data), "sending_note": note}
    form = DepartureForm(initial=fields) if posted is None else DepartureForm(fields)
    if not (data.needs_note or note):
        del form.fields["sending_note"]
    return form


def sealed(data: BilanData) -> str:
    """A value that a page carries and sends back: whoever changes it breaks the seal."""
    return signing.dumps(to_json_value(data), salt=SEAL, compress=True)


class ArbitrationForm(PortalForm):
    """What is counted of a group that reported the same thing several times."""

    ruling = forms.TypedChoiceField(
        label="Ce qui est compté",
        coerce=Ruling,
        choices=[(ruling.value, ruling.label) for ruling in Ruling],
        widget=forms.RadioSelect,
    )
    company = forms.TypedChoiceField(
        label="Entreprise gardée",
        coerce=UUID,
        empty_value=None,
        required=False,
        help_text="Seulement si une seule entreprise est gardée.",
    )
    reason = forms.CharField(label="Motif", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    helper = portal_helper("Enregistrer la décision")

    def __init__(self, *args: Any, companies: Mapping[UUID, str], **kwargs: Any) -> None:  # Any: Django's own
        super().__init__(*args, **kwargs)
        field: forms.TypedChoiceField = self.fields["company"]  # type: ignore[assignment]  # declared above
        field.choices = [("", "Aucune"), *((str(key), name) for key, name in companies.items())]

    def clean(self) -> None:
        """A company goes with the decision that keeps one."""
        super().clean()
        one, company = self.cleaned_data.get("ruling") is Ruling.ONE, self.cleaned_data.get("company")
        if one and not company and "company" not in self.errors:
            self.add_error("company", "Choisissez l’entreprise gardée.")
        if not one:
            self.cleaned_data["company"] = None


class PartnerForm(PortalModelForm[Partner]):
    """A partner of the département."""

    mark_optional = False

    class Meta:
        model = Partner
        fields = ("name", "kind", "part")


PartnerFormSet: type[BaseInlineFormSet[Partner, Department, PartnerForm]] = inlineformset_factory(
    Department,
    Partner,
    form=PartnerForm,
    formset=OwnRows,
    extra=3,
    max_num=100,
    absolute_max=110,
    can_delete_extra=False,
)


class ContextForm(PortalModelForm[DepartmentFigures]):
    """The figures of context of a semester; what is left empty is printed « non renseigné »."""

    qpv_count = WholeNumberField(min_value=0, max_value=2000, required=False)
    pru_count = WholeNumberField(min_value=0, max_value=500, required=False)
    population = WholeNumberField(min_value=0, max_value=5_000_000, required=False)
    population_year = WholeNumberField(min_value=1990, max_value=2100, required=False, help_text="Par exemple 2018.")
    defm = WholeNumberField(min_value=0, max_value=1_000_000, required=False)
    defm_category = forms.ChoiceField(
        choices=[("", "Choisissez une catégorie"), *DepartmentFigures.DEFM_CATEGORIES], required=False
    )
    mark_optional = False

    class Meta:
        model = DepartmentFigures
        fields = (
            "qpv_count",
            "qpv_source",
            "pru_count",
            "pru_source",
            "population",
            "population_year",
            "population_source",
            "defm",
            "defm_date",
            "defm_category",
            "defm_source",
            "defm_reason",
        )
        help_texts = {"defm_reason": "Si leur nombre n’est pas donné\u00a0: le bilan imprime pourquoi."}

    def __init__(self, *args: Any, cancel_url: str = "", **kwargs: Any) -> None:  # Any: Django's own signature
        super().__init__(*args, **kwargs)
        self.helper = portal_helper(
            "Enregistrer les chiffres relus",
            layout=(
                Section("Quartiers prioritaires", Columns("qpv_count", "qpv_source")),
                Section("Rénovation urbaine", Columns("pru_count", "pru_source")),
                Section("Population", Columns("population", "population_year"), "population_source"),
                Section(
                    "Demandeurs d’emploi", Columns("defm", "defm_date"), "defm_category", "defm_source", "defm_reason"
                ),
            ),
            cancel_url=cancel_url,
        )
        self.helper.attrs["data-keep"] = "contexte"

    def clean(self) -> dict[str, Any] | None:  # Any: Django's own signature
        """« Non renseigné » is an answer when it says why."""
        data = super().clean()
        told = any(self.cleaned_data.get(name) not in {None, ""} for name in ("defm", "defm_reason"))
        if not told and {"defm", "defm_reason", NON_FIELD_ERRORS}.isdisjoint(self.errors):
            self.add_error("defm_reason", CONTEXT_DUE)
        return data
