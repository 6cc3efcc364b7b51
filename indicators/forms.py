"""What the agency types of a version in preparation: its frame, one indicator, or a whole file."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import RegexValidator
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from dsfr_forms.forms import PortalForm, PortalModelForm
from dsfr_forms.layout import Columns, Section
from french.words import file_size
from indicators.document import CODE, LARGEST, LONGEST, VERSION, Table
from indicators.models import Indicator
from indicators.specs import Origin

MAX_BYTES = 500_000
"""Ten times the catalogue of 2018."""


class FrameForm(PortalForm):
    """The name of a version and the day from which it applies."""

    code = forms.CharField(
        label="Nom de la version",
        max_length=LONGEST["version"],
        validators=[RegexValidator(rf"\A{VERSION.pattern}\Z", "Minuscules, chiffres et traits d’union seulement.")],
        help_text="Minuscules, chiffres et traits d’union, par exemple paqte-2021.",
    )
    title = forms.CharField(label="Titre", max_length=LONGEST["title"], help_text="Par exemple Catalogue PAQTE 2021.")
    published_on = forms.DateField(
        label="S’applique à partir du",
        help_text="Les conventions qui commencent ce jour-là ou après la suivent ; les autres gardent la leur.",
    )


class ShownForm(PortalForm):
    """A form of a page that shows a draft: with what writing of it the page was loaded."""

    shown = forms.CharField(required=False, widget=forms.HiddenInput)


class DraftFrameForm(FrameForm, ShownForm):
    """The frame of a draft that exists."""


class ImportForm(ShownForm):
    """A file in the format of the catalogue."""

    file = forms.FileField(
        label="Fichier du catalogue",
        widget=forms.FileInput(attrs={"accept": ".toml,.xlsx,.ods"}),
        help_text=f"Le fichier TOML de la version, ou le tableur de ses indicateurs, {file_size(MAX_BYTES)} au plus.",
    )

    def __init__(
        self, data: QueryDict | None, files: "MultiValueDict[str, UploadedFile[Any]] | None", *, shown: str
    ) -> None:
        super().__init__(data, files, initial={"shown": shown})

    def clean_file(self) -> bytes:
        """Its bytes, unless it is too heavy to be read."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if file.size is None or file.size > MAX_BYTES:
            raise ValidationError(f"Ce fichier dépasse {file_size(MAX_BYTES)}\u00a0: ce n’est pas un catalogue.")
        content: bytes = file.read()
        return content


class IndicatorForm(PortalModelForm[Indicator]):
    """One indicator, as a row of the file says it."""

    shown = forms.CharField(label="Version lue", required=False, widget=forms.HiddenInput)
    one = forms.CharField(label="Une unité", max_length=40, required=False, help_text="Par exemple stagiaire.")
    many = forms.CharField(label="Plusieurs", max_length=40, required=False, help_text="Par exemple stagiaires.")
    ceiling = forms.DecimalField(
        label="Plafond",
        required=False,
        min_value=1,
        max_value=LARGEST,
        decimal_places=2,
        help_text="Au-delà on demande à l’entreprise si c’est exact. Laissé vide\u00a0: celui de l’unité.",
    )
    targetable = forms.BooleanField(label="Peut être promis par une entreprise", required=False)
    distinct = forms.BooleanField(
        label="Distinct seulement dans une entreprise et un semestre",
        required=False,
        help_text="Les mêmes personnes reviennent\u00a0: ni cumul, ni taux.",
    )
    reworded = forms.BooleanField(
        label="Reformulé",
        required=False,
        help_text="D’autres mots que dans la version précédente, qui comptent exactement la même chose.",
    )

    class Meta:
        model = Indicator
        fields = (
            *("code", "axis", "label", "definition", "counts", "excludes", "kind", "unit", "core"),
            *("origin", "source", "plausibility", "valid_from", "valid_until"),
        )
        help_texts = {
            "code": "Majuscules et chiffres, par exemple ABC-13. Ce qui compte autre chose prend un autre code.",
            "core": "Demandé à toute entreprise de l’axe ; sinon, à celles qui s’y engagent.",
        }

    layout = (
        "shown",
        Section("Ce qu’il compte", "code", "axis", "label", "definition", "counts", "excludes", "reworded"),
        Section("Comment", "kind", "unit", Columns("one", "many"), "ceiling", "distinct"),
        Section("À qui on le demande", "core", "targetable", Columns("valid_from", "valid_until")),
        Section("D’où il vient", "origin", "source", "plausibility"),
    )

    def __init__(self, data: QueryDict | None, *, row: Table | None, shown: str) -> None:
        row = row or {}
        super().__init__(data, instance=_instance(row), initial={"shown": shown, **_beside(row)})
        self.fields["code"].validators.append(
            RegexValidator(rf"\A{CODE.pattern}\Z", "Majuscules, chiffres et traits d’union seulement.")
        )
        for name in ("definition", "counts", "excludes"):
            self.fields[name].widget.attrs["rows"] = 4

    def clean(self) -> dict[str, Any] | None:  # Any: Django's own signature
        """Words go by two."""
        data = super().clean()
        if bool(self.cleaned_data.get("one")) != bool(self.cleaned_data.get("many")):
            self.add_error("many", "Donnez le singulier et le pluriel, ou aucun des deux.")
        return data

    @property
    def said(self) -> Mapping[str, object]:
        """The row of the file that the form says; None takes an entry away. The form must be valid."""
        data = self.cleaned_data
        own = {name: data[name] for name in self.Meta.fields}
        ceiling: Decimal | None = data["ceiling"]
        return own | {
            "origin": Origin(data["origin"]).name.lower(),
            "words": [data["one"], data["many"]] if data["one"] else None,
            "ceiling": int(ceiling) if ceiling is not None and ceiling == int(ceiling) else ceiling,
            "targetable": None if data["targetable"] else False,
            "distinct": data["distinct"] or None,
            "reworded": data["reworded"] or None,
        }


def _instance(row: Table) -> Indicator:
    """The row as the database would hold it, for the labels, the lengths and the rules of its columns."""
    own = {name: row[name] for name in IndicatorForm.Meta.fields if name in row}
    if "origin" in own:
        own["origin"] = Origin[row["origin"].upper()].value
    return Indicator(**own)


def _beside(row: Table) -> Table:
    one, many = row.get("words", ["", ""])
    return {
        "one": one,
        "many": many,
        "ceiling": row.get("ceiling"),
        "targetable": row.get("targetable", True),
        "distinct": row.get("distinct", False),
        "reworded": row.get("reworded", False),
    }
