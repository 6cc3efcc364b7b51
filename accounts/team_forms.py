"""What people type when somebody leaves: who takes over, and why nobody does."""

from django import forms
from django.forms import widgets

from accounts.models import User
from accounts.selectors.team import successors_of
from dsfr_forms.forms import PortalForm


class SuccessorField(forms.ModelChoiceField[User]):
    """A person, by name, function and address: two colleagues may bear one name."""

    def label_from_instance(self, obj: User) -> str:
        """« Camille Terril, chargée de mission, camille.terril@… »."""
        return ", ".join(filter(None, (str(obj), obj.job_title, obj.email)))


class HandoverForm(PortalForm):
    """To whom a portfolio goes."""

    successor = SuccessorField(
        User.objects.none(),
        label="Confier à",
        widget=widgets.RadioSelect,
        empty_label=None,
        help_text="Les comptes actifs du même rôle, dans le même département.",
    )

    def __init__(self, data: object, *, account: User) -> None:
        super().__init__(data)
        choice = self.fields["successor"]
        assert isinstance(choice, forms.ModelChoiceField)  # noqa: S101  # declared above
        choice.queryset = successors_of(account)


class DeactivationForm(PortalForm):
    """Why somebody leaves; asked for when nobody is left."""

    reason = forms.CharField(
        label="Motif",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Reste au journal des comptes. Nécessaire pour le dernier référent d’un département.",
    )
