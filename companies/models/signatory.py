"""Who signs: a company as its département knows it, its establishments, and the charter it may come from."""

import uuid
from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from companies.acts import COMPANY, TECHNICIAN
from companies.siret import grouped
from french.order import searched_words
from territories.fields import OrderKeyField, SearchKeyField
from territories.models import Department
from territories.scoping import Paths, ScopedModel, ScopedQuerySet
from workflows.changes import changes_between
from workflows.models import JournaledModel
from workflows.tables import ActTable

SHEET = (
    *("siret", "siret_override", "name", "category", "sector", "naf", "headcount"),
    *("address", "postcode", "town"),
)
"""What people type about a company."""


class LegalUnitQuerySet(models.QuerySet["LegalUnit"]):
    """Firms, by what people know of them."""

    def search(self, text: str) -> "LegalUnitQuerySet":
        """Those whose name or SIREN has every word of `text`, accents and case aside."""
        return self.filter(*(Q(search_key__contains=word) for word in searched_words(text)))


class LegalUnit(models.Model):
    """A firm (SIREN): joins its signatories across départements. Others see its name and number, no more."""

    siren = models.CharField("SIREN", max_length=9, primary_key=True)
    name = models.CharField("raison sociale", max_length=255)
    search_key = SearchKeyField("ce qu’on y cherche", of=("name", "siren"))

    objects = LegalUnitQuerySet.as_manager()

    class Meta:
        verbose_name = "unité légale"
        verbose_name_plural = "unités légales"
        ordering = ("siren",)

    def __str__(self) -> str:
        return f"{self.name} ({grouped(self.siren)})"


class CompanyQuerySet(ScopedQuerySet["Company"]):
    """Companies, by the questions people ask."""

    def search(self, text: str) -> "CompanyQuerySet":
        """Those whose name, town, postcode or SIRET has every word of `text`, accents and case aside."""
        return self.filter(*(Q(search_key__contains=word) for word in searched_words(text)))

    def in_force_on(self, day: date) -> "CompanyQuerySet":
        """Those that a signed convention binds that day, once each; conventions stand in the room above."""
        begun = Q(conventions__starts_on__lte=day)
        running = Q(conventions__state="signed", conventions__ends_on__gte=day)
        until_terminated = Q(conventions__state="terminated", conventions__terminated_on__gte=day)
        # Inside a subquery, since a company has one row per convention that fits.
        return self.filter(pk__in=self.filter(begun & (running | until_terminated)).order_by().values("pk"))


class Company(JournaledModel):
    """A signatory: one SIRET in one département. Further establishments are listed under it."""

    class Category(models.TextChoices):
        """Size of the enterprise (décret 2008-1354, article 3), judged at the level of the group."""

        TPE = "TPE", "TPE (moins de 10 salariés)"
        PME = "PME", "PME (moins de 250 salariés)"
        ETI = "ETI", "ETI (moins de 5 000 salariés)"
        GE = "GE", "Grande entreprise"

    class Sector(models.TextChoices):
        """The circular wants the word taken broadly: agriculture, crafts, public employers."""

        PRIVATE = "entreprise", "entreprise"
        CRAFT = "artisanat", "artisanat"
        FARMING = "agriculture", "agriculture"
        PUBLIC = "public", "employeur public"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    siret = models.CharField("SIRET", max_length=14)
    siret_override = models.CharField("motif de dérogation sur la clé du SIRET", max_length=255, blank=True)
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="companies", verbose_name="département"
    )
    legal_unit = models.ForeignKey(
        LegalUnit, on_delete=models.PROTECT, related_name="companies", verbose_name="unité légale"
    )
    name = models.CharField("nom", max_length=255)
    category = models.CharField("catégorie", max_length=3, choices=Category.choices)
    sector = models.CharField("secteur", max_length=12, choices=Sector.choices, default=Sector.PRIVATE)
    naf = models.CharField("code NAF", max_length=6, blank=True, help_text="Par exemple 47.11F.")
    headcount = models.PositiveIntegerField(
        "effectif dans le département", null=True, blank=True, help_text="Sert à repérer une erreur de saisie."
    )
    address = models.CharField("adresse", max_length=255, blank=True)
    postcode = models.CharField("code postal", max_length=5, blank=True)
    town = models.CharField("commune", max_length=100, blank=True)
    name_key = OrderKeyField("rang alphabétique", of=("name",))
    town_key = OrderKeyField("rang alphabétique de la commune", of=("town",))
    search_key = SearchKeyField("ce qu’on y cherche", of=("name", "town", "postcode", "siret"))

    objects = CompanyQuerySet.as_manager()  # type: ignore[misc]  # richer than the base's

    workflow: ClassVar[ActTable] = COMPANY
    scope_paths = Paths(department="department", company="pk")

    class Meta:
        verbose_name = "entreprise"
        ordering = ("name_key", "siret", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("department", "siret"),
                name="company_once_per_department",
                violation_error_message="Une entreprise de votre département porte déjà ce SIRET.",
            ),
            models.CheckConstraint(
                condition=Q(siret__regex=r"^[0-9]{14}$") & ~Q(siret="0" * 14),
                name="company_siret_has_14_digits",
                violation_error_message="Un SIRET compte 14 chiffres.",
            ),
            models.CheckConstraint(
                condition=Q(category__in=["TPE", "PME", "ETI", "GE"]),
                name="company_category_known",
                violation_error_message="Cette catégorie n’existe pas.",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The company's page."""
        return reverse("company_detail", args=[self.pk])

    @property
    def may_choose_axes(self) -> bool:
        """Annexe 2 §2: PME and TPE may keep some of the axes only; the others take all four."""
        return self.category in {self.Category.TPE, self.Category.PME}

    def changes_since(self, former: "Company") -> dict[str, list[str]]:
        """The fields of the sheet that are not as they were; what follows from them is left out."""
        return changes_between(former, self, SHEET)

    def acting_as(self, user: User) -> str:
        """In what capacity `user` acts on this company: a CompanyRole for its members, else the account's role.

        TECHNICIAN for the technical administration, which has none; empty for whoever does not see the company.
        One query, none at the préfecture.
        """
        if user.role != Role.ENTREPRISE:
            return (user.role or TECHNICIAN) if self.is_visible_to(user) else ""
        membership = self.memberships.active().filter(user=user).first()
        return membership.role if membership else ""


class Establishment(ScopedModel):
    """A further establishment covered by the signature."""

    company = models.ForeignKey(
        Company, on_delete=models.CASCADE, related_name="establishments", verbose_name="entreprise"
    )
    siret = models.CharField("SIRET", max_length=14)
    label = models.CharField("désignation", max_length=255, blank=True)

    scope_paths = Paths(department="company__department", company="company")

    class Meta:
        verbose_name = "établissement"
        ordering = ("siret",)
        constraints = (
            models.UniqueConstraint(
                fields=("company", "siret"),
                name="establishment_once_per_company",
                violation_error_message="Cet établissement est déjà rattaché à l’entreprise.",
            ),
            models.CheckConstraint(
                condition=Q(siret__regex=r"^[0-9]{14}$"),
                name="establishment_siret_has_14_digits",
                violation_error_message="Un SIRET compte 14 chiffres.",
            ),
        )

    def __str__(self) -> str:
        return self.label or grouped(self.siret)


class Charter(ScopedModel):
    """A former Charte Entreprises et Quartiers, to be turned into a convention (circulaire, annexe 2 §3)."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="charters", verbose_name="entreprise")
    reference = models.CharField("référence", max_length=60)
    signed_on = models.DateField("signée le")

    scope_paths = Paths(department="company__department", company="company")

    class Meta:
        verbose_name = "charte Entreprises et Quartiers"
        verbose_name_plural = "chartes Entreprises et Quartiers"
        ordering = ("signed_on", "reference")
        constraints = (
            models.UniqueConstraint(
                fields=("company", "reference"),
                name="charter_once_per_company",
                violation_error_message="Cette charte est déjà enregistrée pour l’entreprise.",
            ),
        )

    def __str__(self) -> str:
        return f"Charte {self.reference}"
