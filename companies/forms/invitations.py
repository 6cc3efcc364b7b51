"""What is typed to invite somebody, and what somebody types who was invited."""

from collections.abc import Mapping
from typing import Any

from django import forms

from accounts.forms import LONGEST_PASSWORD, NewPasswordForm, ProfileForm
from accounts.models import User
from accounts.roles import CompanyRole, Role
from companies.actions.invitations import Offer
from companies.models import Company, Invitation
from companies.seats import ADMINISTRATOR, AGENT, ANIMATEUR, CONTRIBUTOR, LECTEUR, REFERENT, Seat
from dsfr_forms.fields import label_of
from dsfr_forms.forms import PortalForm
from dsfr_forms.layout import portal_helper
from territories.models import Department

PLACES_HINT = "Un administrateur transmet les résultats et gère les membres\u00a0; un contributeur saisit."
SEATS = {CompanyRole.ADMINISTRATOR: ADMINISTRATOR, CompanyRole.CONTRIBUTOR: CONTRIBUTOR}


class InvitationForm(PortalForm):
    """An address, and the seat that this form is for, in the département of whoever invites."""

    seat: Seat
    title = ""
    """What the page is called; what the link that leads to it says too."""
    hint = ""
    """What this person will do in the portal."""

    email = forms.EmailField(
        label="Adresse électronique",
        max_length=254,
        help_text="Professionnelle et personnelle, pas une boîte commune. Format attendu\u00a0: prenom.nom@domaine.fr",
    )
    field_order = ("company", "department", "email")

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:  # Any: Django's own signature
        super().__init__(*args, **kwargs)
        self.by = by

    def clean_email(self) -> str:
        """Jean@X.fr and jean@x.fr are one person."""
        return User.objects.normalize_email(self.cleaned_data["email"])

    def offer(self) -> Offer:
        """What is offered, once the form is valid."""
        return Offer(self.cleaned_data["email"], self.seat, department=self.by.department)


class AgentForm(InvitationForm):
    """An agent of the CGET, who works in no département."""

    seat = AGENT
    title = "Inviter un agent du CGET"
    hint = "Ouvre les campagnes, lit les bilans transmis et invite les référents."


class PrefectureForm(InvitationForm):
    """The référent of a département, as the agency names them."""

    seat = REFERENT
    title = "Inviter un référent PAQTE"
    hint = "Conduit le pacte dans son département et y invite les autres."

    department = forms.ModelChoiceField(
        label="Département", queryset=Department.objects.none(), empty_label="Choisissez un département"
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:  # Any: Django's own signature
        super().__init__(*args, by=by, **kwargs)
        field: Any = self.fields["department"]  # Any: a field with a queryset
        field.queryset = Department.objects.visible_to(by)

    def offer(self) -> Offer:
        """In the département chosen."""
        return Offer(self.cleaned_data["email"], self.seat, department=self.cleaned_data["department"])


class ReferentForm(InvitationForm):
    """Another référent of the same département."""

    seat = REFERENT
    title = "Inviter un autre référent PAQTE"
    hint = "A les mêmes droits que vous dans le département."


class LecteurForm(InvitationForm):
    """Somebody of the préfecture who reads."""

    seat = LECTEUR
    title = "Inviter un lecteur"
    hint = "Le préfet, son délégué, la DDETS\u00a0: lit tout ce qui concerne le département, ne modifie rien."


class AnimateurForm(InvitationForm):
    """An animateur délégué and the companies entrusted to them."""

    seat = ANIMATEUR
    title = "Inviter un animateur délégué"
    hint = "Un club d’entreprises\u00a0: suit les entreprises que vous lui confiez et peut répondre pour elles."

    portfolio = forms.ModelMultipleChoiceField(
        label="Entreprises confiées",
        queryset=Company.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Cochez au moins une entreprise."},
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:  # Any: Django's own signature
        super().__init__(*args, by=by, **kwargs)
        field: Any = self.fields["portfolio"]  # Any: a field with a queryset
        field.queryset = Company.objects.visible_to(by)

    def offer(self) -> Offer:
        """With the companies ticked."""
        portfolio = tuple(self.cleaned_data["portfolio"])
        return Offer(self.cleaned_data["email"], self.seat, department=self.by.department, portfolio=portfolio)


class MemberForm(InvitationForm):
    """A member of one company, from its own page."""

    title = "Inviter un membre"
    role = forms.ChoiceField(
        label="Rôle", choices=CompanyRole.choices, initial=CompanyRole.ADMINISTRATOR, help_text=PLACES_HINT
    )
    helper = portal_helper("Envoyer l’invitation", form_tag=False)

    def __init__(self, *args: Any, by: User, company: Company, **kwargs: Any) -> None:  # Any: Django's own signature
        super().__init__(*args, by=by, **kwargs)
        self.company = company

    def offer(self) -> Offer:
        """A seat in this company."""
        seat = SEATS[CompanyRole(self.cleaned_data["role"])]
        return Offer(self.cleaned_data["email"], seat, department=self.company.department, company=self.company)


class SignatoryForm(InvitationForm):
    """A member of a company of the département, chosen in the list."""

    title = "Inviter une entreprise"
    hint = "La première personne invitée répond pour elle, puis invite ses collègues."

    company = forms.ModelChoiceField(
        label="Entreprise", queryset=Company.objects.none(), empty_label="Choisissez une entreprise"
    )
    role = forms.ChoiceField(
        label="Rôle", choices=CompanyRole.choices, initial=CompanyRole.ADMINISTRATOR, help_text=PLACES_HINT
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:  # Any: Django's own signature
        super().__init__(*args, by=by, **kwargs)
        field: Any = self.fields["company"]  # Any: a field with a queryset
        field.queryset = Company.objects.visible_to(by)

    def offer(self) -> Offer:
        """A seat in the company chosen."""
        company: Company = self.cleaned_data["company"]
        seat = SEATS[CompanyRole(self.cleaned_data["role"])]
        return Offer(self.cleaned_data["email"], seat, department=company.department, company=company)


INVITATION_FORMS: Mapping[str, Mapping[str, type[InvitationForm]]] = {
    Role.REFERENT: {
        "entreprise": SignatoryForm,
        "animateur": AnimateurForm,
        "lecteur": LecteurForm,
        "referent": ReferentForm,
    },
    Role.CGET: {"referent": PrefectureForm, "cget": AgentForm},
}
"""By role, the forms of « Inviter » and the word that stands for each in the address."""


class NewcomerForm(NewPasswordForm):
    """Who one is, and a password: what an invitation asks of somebody without an account."""

    # As « Mon compte » will show them.
    first_name = ProfileForm.base_fields["first_name"]
    last_name = ProfileForm.base_fields["last_name"]
    field_order = ("first_name", "last_name", "job_title", "phone", "new_password1", "new_password2")
    helper = portal_helper("Accepter l’invitation")

    def _called(self, name: str) -> str:
        return label_of(self.user, name)

    def clean(self) -> dict[str, Any]:  # Any: Django's own signature
        """The name is set first: a password that is one's own name is refused."""
        self.user.first_name = self.cleaned_data.get("first_name", "")
        self.user.last_name = self.cleaned_data.get("last_name", "")
        data: dict[str, Any] = super().clean() or self.cleaned_data  # Any: as above
        return data

    def account(self) -> User:
        """The account described, not saved yet; without a password nobody signs in by one."""
        account: User = self.user
        account.job_title = self.cleaned_data.get("job_title", "")
        account.phone = self.cleaned_data.get("phone", "")
        account.set_password(self.cleaned_data["new_password1"] or None)
        return account


class NewColleagueForm(NewcomerForm):
    """The same for those who work with the préfecture: companies read there whom to call."""

    job_title = ProfileForm.base_fields["job_title"]
    phone = ProfileForm.base_fields["phone"]


class NewMemberForm(NewcomerForm):
    """The same for a company, which may go without a password: a link by mail signs it in."""

    new_password1 = forms.CharField(
        label="Mot de passe",
        max_length=LONGEST_PASSWORD,
        strip=False,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Sans mot de passe, un lien envoyé à votre adresse vous connecte. Sinon, au moins 15 caractères.",
    )
    new_password2 = forms.CharField(
        label="Le même, une seconde fois",
        max_length=LONGEST_PASSWORD,
        strip=False,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:  # Any: Django's own signature
        """Twice or not at all."""
        data = super().clean()
        if "new_password2" not in self.errors and bool(data.get("new_password1")) != bool(data.get("new_password2")):
            self.add_error("new_password2", "Saisissez le mot de passe deux fois, ou pas du tout.")
        return data


def newcomer_form(invitation: Invitation) -> type[NewcomerForm]:
    """The form for whoever was invited to this seat."""
    return NewMemberForm if invitation.role == Role.ENTREPRISE else NewColleagueForm
