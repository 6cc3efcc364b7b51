"""Forms of sign-in and of a new password."""

from collections.abc import Iterable
from typing import Any

from django import forms
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
from dsfr_forms.forms import PortalRules
from dsfr_forms.layout import portal_helper

LONGEST_PASSWORD = 128
"""Longer ones are refused before they are hashed: a megabyte would keep the server busy."""


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
        attempt = Try(self.request, self.cleaned_data.get("username", "")) if self.request else None
        if attempt is None or self.errors:
            return super().clean()
        attempt.check()
        try:
            return super().clean()
        except ValidationError:
            attempt.failed()
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

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:  # Any: Django's own signature
        """Queue the mail of each account found, unless too many were asked for; the outbox wants a transaction."""
        address = self.cleaned_data["email"]
        if may_mail(kwargs["request"], address, to=Purpose.PASSWORD_MAIL, by=Purpose.PASSWORD_MAIL_NETWORK):
            super().save(*args, **kwargs)

    def get_users(self, email: str) -> Iterable[User]:
        """The accounts of this address, or one that does not exist: it must cost as much as one that does."""
        return list(super().get_users(email)) or [User(email=email)]

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
