"""What a référent types about a convention that another bilan counts too."""

from django import forms

from conventions.models import ElsewhereFlag
from dsfr_forms.forms import PortalForm, PortalModelForm
from dsfr_forms.layout import portal_helper


class FlagForm(PortalModelForm[ElsewhereFlag]):
    """Where, and from when."""

    helper = portal_helper("Signaler", form_tag=False)

    class Meta:
        model = ElsewhereFlag
        fields = ("where", "since")
        help_texts = {"where": "Par exemple\u00a0: convention nationale du groupe."}


class LiftForm(PortalForm):
    """Why, and until when."""

    reason = forms.CharField(label="Motif", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    until = forms.DateField(
        label="Dernier jour où elle est comptée ailleurs",
        required=False,
        help_text="Laissez vide si le signalement est une erreur\u00a0: il est retiré.",
    )
    helper = portal_helper("Lever le signalement", form_tag=False)
