"""What people type when a company takes another name."""

from django import forms

from companies.models import Company
from dsfr_forms.forms import PortalForm
from dsfr_forms.layout import portal_helper

LONGEST = Company._meta.get_field("name").max_length


class RenameForm(PortalForm):
    """The new name, and its first day."""

    name = forms.CharField(label="Nouveau nom", max_length=LONGEST)
    since = forms.DateField(
        label="Premier jour sous ce nom", help_text="Les bilans des semestres finis avant ce jour gardent l’ancien."
    )
    helper = portal_helper("Changer de nom", form_tag=False)
