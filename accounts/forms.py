"""Forms of sign-in and of one’s own account."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.forms import AuthenticationForm, PasswordResetForm, SetPasswordForm, UsernameField
from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.buckets import Purpose
from accounts.guessing import Try, may_mail
from accounts.links import link_to
from accounts.models import User
from accounts.outbox import queue_mail
from accounts.policies import AuthenticatedRequest
from accounts.trail import record_refused_sign_in
from dsfr_forms.forms import PortalForm, PortalModelForm, PortalRules
from dsfr_forms.layout import portal_helper

LONGEST_PASSWORD = 128
"""Longer ones are refused before they are hashed: a megabyte would keep the server busy."""


def autofilled(purpose: str) -> forms.TextInput:
    """A line of text that the browser knows how to fill in (RGAA 11.13)."""
    return forms.TextInput(attrs={"autocomplete": purpose})


class SignInForm(PortalRules, AuthenticationForm):
    """Sign in; the error never says whether the account exists."""

    username = UsernameField(
        label="Adresse électronique",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
        help_text="Format attendu : prenom.nom@domaine.fr",
    )
    password = forms.CharField(
        label="Mot de passe",
        max_length=LONGEST_PASSWORD,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    error_messages = {
        "invalid_login": "Adresse ou mot de passe incorrect. Vérifiez-les, ou demandez un nouveau mot de passe.",
        "inactive": "Adresse ou mot de passe incorrect. Vérifiez-les, ou demandez un nouveau mot de passe.",
    }
    helper = portal_helper("Se connecter")

    def clean(self) -> dict[str, Any]:  # Any: Django's own signature
        """Django's own, refused before any hash is computed once too many tries failed. Raises TooMany."""
        if self.request is None or self.errors:
            return super().clean()
        attempt = Try(self.request, self.cleaned_data["username"])
        attempt.check()
        try:
            return super().clean()
        except ValidationError:
            attempt.failed()
            record_refused_sign_in(self.request, User.objects.at(self.cleaned_data["username"]))
            raise


class ForgottenPasswordForm(PortalRules, PasswordResetForm):
    """Ask for a link; the answer is the same whether the account exists or not."""

    email = forms.EmailField(
        label="Adresse électronique",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text="Celle de votre compte. Format attendu : prenom.nom@domaine.fr",
    )
    helper = portal_helper("Recevoir un lien")

    def clean_email(self) -> str:
        """As accounts keep it: what is counted for an address must be what its account is found by."""
        return str(self.cleaned_data["email"]).lower()

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:  # Any: Django's own signature
        """Queue the mail of each account found, unless too many were asked for; the outbox wants a transaction."""
        address = self.cleaned_data["email"]
        if may_mail(kwargs["request"], address, to=Purpose.PASSWORD_MAIL, by=Purpose.PASSWORD_MAIL_NETWORK):
            super().save(*args, **kwargs)

    def get_users(self, email: str) -> Iterable[User]:
        """The account of this address, or one that does not exist: it must cost as much as one that does.

        Also an account that never had a password, which Django leaves out: its owner would wait for a mail in vain.
        """
        return list(User.objects.filter(email=email, is_active=True)) or [User(email=email)]

    def send_mail(
        self,
        subject_template_name: str,
        email_template_name: str,
        context: dict[str, Any],  # Any: Django's own signature
        from_email: str | None,
        to_email: str,
        html_email_template_name: str | None = None,
    ) -> None:
        """Put the mail in the outbox instead of sending it here: an unknown address must not answer faster."""
        link = link_to(reverse("password_reset_confirm", args=[context["uid"], context["token"]]))
        with transaction.atomic():
            queue_mail(
                to=to_email,
                subject=render_to_string(subject_template_name),
                body=render_to_string(email_template_name, {"link": link}),
                holds_secret=True,
            )
            if context["user"].pk is None:
                transaction.set_rollback(True)


class NewPasswordForm(PortalRules, SetPasswordForm):  # type: ignore[type-arg]  # the account is any account
    """Choose a new password, typed twice."""

    new_password1 = forms.CharField(
        label="Nouveau mot de passe",
        max_length=LONGEST_PASSWORD,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Au moins 15 caractères, sans autre contrainte : une phrase se retient bien.",
    )
    new_password2 = forms.CharField(
        label="Le même, une seconde fois",
        max_length=LONGEST_PASSWORD,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    helper = portal_helper("Enregistrer le mot de passe")

    def validate_password_for_user(self, user: Any, password_field_name: str = "") -> None:  # Any: any account
        """Beside the first of the two, and whether or not the second is the same: both faults are told at once."""
        super().validate_password_for_user(user, "new_password1")


class CurrentPassword(PortalRules, forms.Form):
    """Asks for the password again before something that a stranger at the keyboard must not do.

    It is checked as at sign-in, by the same throttle. An account without a password is asked nothing.
    """

    current_password = forms.CharField(
        label="Votre mot de passe actuel",
        max_length=LONGEST_PASSWORD,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, request: AuthenticatedRequest, *args: Any, **kwargs: Any) -> None:  # Any: Django's own signature
        super().__init__(*args, **kwargs)
        self.request = request
        if not request.user.has_usable_password():
            del self.fields["current_password"]

    def clean_current_password(self) -> str:
        """The right one, or a sentence."""
        typed: str = self.cleaned_data["current_password"]
        if authenticate(self.request, username=self.request.user.email, password=typed) != self.request.user:
            raise ValidationError("Ce n’est pas votre mot de passe actuel.")
        return typed


class ChangePasswordForm(CurrentPassword, NewPasswordForm):
    """The current password, then the new one twice."""

    field_order = ("current_password", "new_password1", "new_password2")

    def __init__(self, request: AuthenticatedRequest, *args: Any, **kwargs: Any) -> None:  # Any: Django's own signature
        super().__init__(request, request.user, *args, **kwargs)


class ProfileForm(PortalModelForm[User]):
    """Who one is, as others read it."""

    first_name = forms.CharField(max_length=100, widget=autofilled("given-name"))
    last_name = forms.CharField(max_length=100, widget=autofilled("family-name"))
    job_title = forms.CharField(max_length=150, required=False, widget=autofilled("organization-title"))
    phone = forms.RegexField(
        r"^\+?[0-9 .()\-]{6,20}$",
        label="Téléphone professionnel",
        max_length=20,
        required=False,
        widget=autofilled("tel"),
        help_text="Format attendu\u00a0: 03 21 00 00 00 ou +33 3 21 00 00 00",
        error_messages={"invalid": "Un numéro n’a que des chiffres, par exemple 03 21 00 00 00."},
    )
    helper = portal_helper("Enregistrer")

    class Meta:
        model = User
        fields = ("first_name", "last_name", "job_title", "phone")


class NewAddressForm(CurrentPassword):
    """The address to move the account to."""

    new_email = forms.EmailField(
        label="Nouvelle adresse électronique",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text="Format attendu\u00a0: prenom.nom@domaine.fr",
    )
    field_order = ("new_email", "current_password")
    helper = portal_helper("Envoyer le lien de confirmation")

    def clean_new_email(self) -> str:
        """Kept in lower case, as every address."""
        address = User.objects.normalize_email(self.cleaned_data["new_email"])
        if address == self.request.user.email:
            raise ValidationError("C’est déjà l’adresse de votre compte.")
        return address


class SignInLinkForm(PortalForm):
    """Ask for a link to sign in; the answer is the same whoever asks."""

    email = forms.EmailField(
        label="Adresse électronique",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text="Celle de votre compte. Format attendu\u00a0: prenom.nom@domaine.fr",
    )
    helper = portal_helper("Recevoir un lien de connexion")


def code_field(label: str, hint: str) -> forms.CharField:
    """A field for a code that an application shows or that was printed."""
    attributes = {"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}
    return forms.CharField(label=label, max_length=20, help_text=hint, widget=forms.TextInput(attrs=attributes))


class SavedViewForm(PortalForm):
    """The name under which a list is found again."""

    name = forms.CharField(label="Nom de la vue", max_length=60, help_text="Par exemple\u00a0: « PME silencieuses ».")


class FirstCodeForm(PortalForm):
    """The first code of an application: it proves that the secret was copied."""

    code = code_field("Code affiché par l’application", "Six chiffres, qui changent toutes les trente secondes.")
    helper = portal_helper("Activer le second facteur")


class CodeForm(PortalForm):
    """The second proof, at sign-in."""

    code = code_field("Code", "Six chiffres de votre application, ou l’un de vos codes de secours.")
    helper = portal_helper("Continuer")


class TurnOffForm(CurrentPassword):
    """Password and code, before one goes back to a single proof."""

    code = code_field("Code", "Six chiffres de votre application, ou l’un de vos codes de secours.")
    helper = portal_helper("Désactiver le second facteur")


class RenewCodesForm(CurrentPassword):
    """The password, before the recovery codes are replaced."""

    helper = portal_helper("Remplacer mes codes de secours")
