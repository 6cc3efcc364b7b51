"""What the agency and the préfecture type to each other about a bilan that was sent."""

from django import forms
from django.forms import widgets

from dsfr_forms.forms import PortalForm

LONGEST = 2000


class WordForm(PortalForm):
    """A question, or its answer."""

    comment = forms.CharField(
        label="Votre message",
        max_length=LONGEST,
        widget=widgets.Textarea(attrs={"rows": 5}),
        help_text="Il part aussi par courriel. Aucun nom de bénéficiaire.",
    )
