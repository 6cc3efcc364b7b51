"""The file that people send."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from dsfr_forms.forms import PortalForm
from dsfr_forms.layout import portal_helper
from tabular.limits import MAX_BYTES, TOO_HEAVY


class ImportForm(PortalForm):
    """A spreadsheet; its format is found out from what it holds."""

    import_file = forms.FileField(
        label="Fichier à importer",
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.ods"}),
        help_text="CSV, XLSX ou ODS, 10 000 lignes et 5 Mo au plus.",
    )
    helper = portal_helper("Afficher l’aperçu")

    def clean_import_file(self) -> bytes:
        """Its bytes, unless it is too heavy to be read at all."""
        file: UploadedFile[Any] = self.cleaned_data["import_file"]  # Any: bytes, which Django does not say
        if file.size is None or file.size > MAX_BYTES:
            raise ValidationError(TOO_HEAVY)
        content: bytes = file.read()
        return content
