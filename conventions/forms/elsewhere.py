"""What a référent types about a convention that another bilan counts too."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from conventions.expected import Period
from conventions.models import ElsewhereFlag
from conventions.signature import flag_refusal
from dsfr_forms.forms import PortalForm, PortalModelForm
from dsfr_forms.layout import portal_helper


class FlagForm(PortalModelForm[ElsewhereFlag]):
    """Where, and from when."""

    helper = portal_helper("Signaler", form_tag=False)

    class Meta:
        model = ElsewhereFlag
        fields = ("where", "since")
        help_texts = {"where": "Par exemple\u00a0: convention nationale du groupe."}

    def __init__(self, *args: Any, term: Period, **kwargs: Any) -> None:  # Any: Django's own signature
        super().__init__(*args, **kwargs)
        self.term = term

    def clean_since(self) -> date:
        """A day of the convention."""
        since: date = self.cleaned_data["since"]
        if refusal := flag_refusal(since, self.term):
            raise ValidationError(refusal)
        return since


class LiftForm(PortalForm):
    """Why, and until when."""

    reason = forms.CharField(label="Motif", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    until = forms.DateField(
        label="Dernier jour où elle est comptée ailleurs",
        required=False,
        help_text="Laissez vide si le signalement est une erreur\u00a0: il est retiré.",
    )
    helper = portal_helper("Lever le signalement", form_tag=False)
