"""What the form of a new company starts from: nothing, the company that it follows, or the State's register."""

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from accounts.policies import AuthenticatedRequest
from companies.models import Company
from companies.models.signatory import SHEET
from companies.register import Registered, RegisterRefused, look_up
from companies.siret import SiretRefused, clean_siret
from dsfr_forms.forms import PortalForm
from french.words import long_date

OF_ITS_OWN = frozenset({"siret", "siret_override"})
"""What a company does not have from the one that it follows."""

FILLED = "Champs remplis d’après l’annuaire des entreprises\u00a0: relisez, complétez, puis enregistrez."


class LookUpForm(PortalForm):
    """The SIRET to ask the register about."""

    annuaire = forms.CharField(
        label="Remplir d’après l’annuaire des entreprises", max_length=30, help_text="Le SIRET ; le reste se complète."
    )
    found: Registered | None = None

    def clean_annuaire(self) -> str:
        """Read it as people type it, and ask."""
        try:
            siret = clean_siret(self.cleaned_data["annuaire"])
            self.found = look_up(siret)
        except (SiretRefused, RegisterRefused) as refusal:
            raise ValidationError(str(refusal)) from refusal
        return siret


@dataclass(frozen=True)
class Start:
    """The values that the form shows first, where they come from, and how to ask the register."""

    initial: dict[str, Any] = field(default_factory=dict)  # Any: values of several types
    sentences: tuple[str, ...] = ()
    follows: Company | None = None
    look_up: LookUpForm | None = None
    """None where there is no register."""


def start_of(request: AuthenticatedRequest) -> Start:
    """What the address asks for; anything else there is ignored. Asks the register when it is told to."""
    follows = _followed(request)
    initial = {name: getattr(follows, name) for name in SHEET if name not in OF_ITS_OWN} if follows else {}
    if not settings.COMPANY_REGISTER:
        return Start(initial, follows=follows)
    asked = request.GET if request.method != "POST" and "annuaire" in request.GET else None
    form = LookUpForm(asked)
    if form.is_valid() and form.found:
        return Start({**initial, **form.found.fields}, _said(form.found), follows, form)
    return Start(initial, follows=follows, look_up=form)


def _followed(request: AuthenticatedRequest) -> Company | None:
    try:
        return Company.objects.visible_to(request.user).filter(pk=request.GET.get("reprend", "")).first()
    except ValidationError:
        return None


def _said(found: Registered) -> tuple[str, ...]:
    if found.closed_on is None:
        return (FILLED,)
    return (FILLED, f"D’après l’annuaire, cet établissement est fermé depuis le {long_date(found.closed_on)}.")
