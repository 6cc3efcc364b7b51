"""The people of a company: contacts, members, and the animateur to whom it is entrusted."""

from django.db import models
from django.db.models import Q

from accounts.models import User
from accounts.roles import CompanyRole
from companies.models.signatory import Company
from territories.fields import OrderKeyField
from territories.scoping import Paths, ScopedModel, ScopedQuerySet


class Contact(ScopedModel):
    """A person to write to or call at the company; professional data only."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="contacts", verbose_name="entreprise")
    name = models.CharField("nom", max_length=150)
    job_title = models.CharField("fonction", max_length=150, blank=True)
    email = models.EmailField("courriel professionnel", blank=True)
    phone = models.CharField("téléphone professionnel", max_length=20, blank=True)
    name_key = OrderKeyField("rang alphabétique", of=("name",))

    scope_paths = Paths(department="company__department", company="company")

    class Meta:
        verbose_name = "contact"
        ordering = ("name_key", "pk")

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(ScopedQuerySet["Membership"]):
    """Members of companies."""

    def administrators(self) -> "MembershipQuerySet":
        """Those who transmit and manage the others."""
        return self.filter(role=CompanyRole.ADMINISTRATOR)

    def active(self) -> "MembershipQuerySet":
        """Those who can sign in: a closed account answers for nobody."""
        return self.filter(user__is_active=True)


class Membership(ScopedModel):
    """An account's place in a company; several people share one company, and one person may serve several."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships", verbose_name="compte")
    company = models.ForeignKey(
        Company, on_delete=models.CASCADE, related_name="memberships", verbose_name="entreprise"
    )
    role = models.CharField("rôle", max_length=14, choices=CompanyRole.choices, default=CompanyRole.CONTRIBUTOR)

    objects = MembershipQuerySet.as_manager()  # type: ignore[misc]  # richer than the base's

    scope_paths = Paths(department="company__department", company="company")

    class Meta:
        verbose_name = "membre"
        ordering = ("role", "user__name_key", "user__email")
        constraints = (
            models.UniqueConstraint(
                fields=("user", "company"),
                name="membership_once",
                violation_error_message="Cette personne est déjà membre de l’entreprise.",
            ),
            models.CheckConstraint(
                condition=Q(role__in=CompanyRole.values),
                name="membership_role_known",
                violation_error_message="Ce rôle n’existe pas.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} – {self.company}"

    def is_last_administrator(self) -> bool:
        """Whether nobody else who can sign in administers the company."""
        others = Membership.objects.administrators().active().filter(company=self.company_id).exclude(pk=self.pk)
        return self.role == CompanyRole.ADMINISTRATOR and not others.exists()


class Portfolio(ScopedModel):
    """A company entrusted to an animateur délégué (club: FACE, CREPI, LEPC…)."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="portfolio", verbose_name="animateur")
    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="portfolio", verbose_name="entreprise")

    scope_paths = Paths(department="company__department", company="company")

    class Meta:
        verbose_name = "entreprise suivie"
        verbose_name_plural = "entreprises suivies"
        constraints = (
            models.UniqueConstraint(
                fields=("user", "company"),
                name="portfolio_once",
                violation_error_message="Cette entreprise est déjà dans le portefeuille.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} – {self.company}"
