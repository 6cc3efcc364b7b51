"""Who deploys the PAQTE with a préfecture."""

from django.db import models

from territories.fields import OrderKeyField
from territories.models import Department
from territories.scoping import Paths, ScopedModel


class Partner(ScopedModel):
    """An association or another actor of the deployment in a département (circulaire, annexe 2 §2, box 4)."""

    class Kind(models.TextChoices):
        """What the partner is."""

        ASSOCIATION = "association", "association"
        CLUB = "club", "club ou réseau d’entreprises"
        EMPLOYMENT = "emploi", "service public de l’emploi"
        EDUCATION = "education", "éducation nationale"
        LOCAL = "collectivite", "collectivité"
        CHAMBER = "consulaire", "chambre consulaire"
        OTHER = "autre", "autre"

    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="partners", verbose_name="département"
    )
    name = models.CharField("nom", max_length=150)
    kind = models.CharField("nature", max_length=12, choices=Kind.choices)
    part = models.CharField("rôle dans le PAQTE", max_length=255, blank=True)
    name_key = OrderKeyField("rang alphabétique", of=("name",))

    scope_paths = Paths(department="department")

    class Meta:
        verbose_name = "partenaire"
        ordering = ("name_key", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("department", "name"),
                name="partner_once",
                violation_error_message="Ce partenaire est déjà dans la liste.",
            ),
        )

    def __str__(self) -> str:
        return self.name
