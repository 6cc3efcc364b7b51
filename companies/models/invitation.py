"""An invitation: a place offered to an address, which its link gives once, within a week."""

import hashlib
import uuid
from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from accounts.agency import AGENCY
from accounts.models import OutgoingMail, User
from accounts.roles import DEPARTMENTAL, CompanyRole, Role
from companies.models.signatory import Company
from companies.seats import Seat
from territories.models import Department
from territories.scoping import Paths, ScopedModel, ScopedQuerySet

OPEN = Q(accepted_at__isnull=True, revoked_at__isnull=True)
AT_COMPANY = Q(company__isnull=False)
AT_DEPARTMENT = Q(company__isnull=True, department__isnull=False)
AT_AGENCY = Q(company__isnull=True, department__isnull=True)
ONCE = "Cette adresse est déjà invitée."


def digest_of(token: str) -> str:
    """What the database keeps of a token: enough to recognise it, nothing to make a link of."""
    return hashlib.sha256(token.encode()).hexdigest()


class InvitationQuerySet(ScopedQuerySet["Invitation"]):
    """Invitations, by the questions people ask. Pending and expired come from the hour and are never stored."""

    def open(self) -> "InvitationQuerySet":
        """Neither accepted nor revoked, in time or not: those that can be sent again."""
        return self.filter(OPEN)

    def pending(self, at: datetime) -> "InvitationQuerySet":
        """Those whose link works at this hour."""
        return self.open().filter(expires_at__gt=at)

    def expired(self, at: datetime) -> "InvitationQuerySet":
        """Those whose week ended without an answer."""
        return self.open().filter(expires_at__lte=at)

    def accepted(self) -> "InvitationQuerySet":
        """Those that gave a place."""
        return self.filter(accepted_at__isnull=False)

    def administrators(self) -> "InvitationQuerySet":
        """Those that would make an administrator of a company."""
        return self.filter(company_role=CompanyRole.ADMINISTRATOR)

    def for_place(self, email: str, *, department: Department | None, company: Company | None) -> "InvitationQuerySet":
        """The open ones that offer this address something in this place: one at most."""
        return self.open().filter(email=email, department=department, company=company)

    def take_back(self, *, at: datetime, by: User) -> int:
        """Revoke the open ones: whoever leaves leaves no link behind that lets somebody in. Returns how many."""
        return self.open().update(revoked_at=at, revoked_by=by)


class Invitation(ScopedModel):
    """A role, and where it is exercised, offered to an address. The token of its link is never stored."""

    class State(models.TextChoices):
        """What is said of it at an hour."""

        PENDING = "en-attente", "en attente"
        ACCEPTED = "acceptee", "acceptée"
        EXPIRED = "expiree", "expirée"
        REVOKED = "annulee", "annulée"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField("adresse électronique", max_length=254)
    role = models.CharField("rôle", max_length=10, choices=Role.choices)
    department = models.ForeignKey(
        Department,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="invitations",
        verbose_name="département",
    )
    company = models.ForeignKey(
        Company, on_delete=models.CASCADE, null=True, blank=True, related_name="invitations", verbose_name="entreprise"
    )
    """An offer says nothing without its company, and nobody accepted it: it goes with it."""
    company_role = models.CharField("place", max_length=14, choices=CompanyRole.choices, blank=True)
    portfolio = models.ManyToManyField(
        Company, blank=True, related_name="portfolio_invitations", verbose_name="entreprises confiées"
    )
    mail = models.ForeignKey(
        OutgoingMail, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="courriel"
    )
    """The last one that carried its link: whoever invites sees when it is refused. It may go before the invitation."""
    token_digest = models.CharField("empreinte du jeton", max_length=64, unique=True)
    invited_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="invitations_sent",
        verbose_name="invité par",
    )
    """None for the first agents, whom a command invites before anybody has an account."""
    invited_at = models.DateTimeField("invité le")
    expires_at = models.DateTimeField("valable jusqu’au")
    accepted_at = models.DateTimeField("acceptée le", null=True, blank=True)
    accepted_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="invitations_accepted",
        verbose_name="acceptée par",
    )
    revoked_at = models.DateTimeField("annulée le", null=True, blank=True)
    revoked_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="invitations_revoked",
        verbose_name="annulée par",
    )

    objects = InvitationQuerySet.as_manager()  # type: ignore[misc]  # richer than the base's

    # The agency sees who enters the préfectures and itself, never the people of companies.
    scope_paths = Paths(
        department="department", company="company", national=Q(role__in=[Role.CGET.value, Role.REFERENT.value])
    )

    class Meta:
        verbose_name = "invitation"
        ordering = ("-invited_at", "email")
        constraints = (
            models.CheckConstraint(
                condition=Q(email=Lower("email")),
                name="invitation_email_lower",
                violation_error_message="L’adresse s’écrit en minuscules.",
            ),
            models.CheckConstraint(
                condition=Q(
                    role__in=sorted(DEPARTMENTAL), department__isnull=False, company__isnull=True, company_role=""
                )
                | Q(
                    role=Role.ENTREPRISE,
                    department__isnull=False,
                    company__isnull=False,
                    company_role__in=CompanyRole.values,
                )
                | Q(role=Role.CGET, department__isnull=True, company__isnull=True, company_role=""),
                name="invitation_place_goes_with_role",
                violation_error_message="Ce rôle ne va pas avec ce lieu.",
            ),
            models.CheckConstraint(
                condition=Q(invited_by__isnull=False) | Q(role=Role.CGET),
                name="invitation_has_inviter",
                violation_error_message="Seul un agent du CGET est invité par une commande.",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("invited_at")),
                name="invitation_expires_after_sending",
                violation_error_message="L’échéance suit l’envoi.",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False, revoked_at__isnull=True),
                name="invitation_accepted_by_somebody",
                violation_error_message="Une invitation acceptée l’est par quelqu’un, et n’est pas annulée.",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="invitation_revoked_by_somebody",
                violation_error_message="Une invitation annulée l’est par quelqu’un.",
            ),
            models.UniqueConstraint(
                fields=("email", "company"),
                condition=OPEN & AT_COMPANY,
                name="invitation_once_per_company",
                violation_error_message=ONCE,
            ),
            models.UniqueConstraint(
                fields=("email", "department"),
                condition=OPEN & AT_DEPARTMENT,
                name="invitation_once_per_department",
                violation_error_message=ONCE,
            ),
            models.UniqueConstraint(
                fields=("email",),
                condition=OPEN & AT_AGENCY,
                name="invitation_once_at_the_agency",
                violation_error_message=ONCE,
            ),
        )

    def __str__(self) -> str:
        return f"{self.email} – {self.seat.label}"

    @property
    def seat(self) -> Seat:
        """What it gives."""
        return Seat(Role(self.role), CompanyRole(self.company_role) if self.company_role else None)

    @property
    def where(self) -> str:
        """Where it gives it: a company, a département, or the agency."""
        if self.company:
            return self.company.name
        return str(self.department) if self.department else AGENCY

    @property
    def is_open(self) -> bool:
        """Neither accepted nor revoked."""
        return self.accepted_at is None and self.revoked_at is None

    def state_at(self, at: datetime) -> State:
        """What is said of it at this hour."""
        if self.accepted_at:
            return self.State.ACCEPTED
        if self.revoked_at:
            return self.State.REVOKED
        return self.State.PENDING if at < self.expires_at else self.State.EXPIRED

    def refusal_for(self, user: User) -> str:
        """Why this account, which has the address, cannot take the seat, in French; empty when it can."""
        if not user.is_active:
            return "Le compte qui porte cette adresse est désactivé."
        # An account of the technical administration holds powers that no role of the programme goes with.
        if user.role != self.role and (user.role or user.is_staff or user.is_superuser):
            return "Votre compte a déjà un autre rôle dans le portail\u00a0: une adresse n’en a qu’un."
        if user.role in DEPARTMENTAL and user.department_id != self.department_id:
            return "Votre compte travaille déjà pour un autre département\u00a0: une adresse n’en a qu’un."
        return ""
