"""What a convention promises: its axes and the commitments of its own."""

from django.db import models
from django.db.models import Q

from conventions.models.convention import AXIS_CHOICES, Convention
from indicators.specs import Axis
from territories.scoping import Paths, ScopedModel


class ConventionAxis(ScopedModel):
    """An axis kept by a convention."""

    convention = models.ForeignKey(Convention, on_delete=models.CASCADE, related_name="axes", verbose_name="convention")
    axis = models.CharField("axe", max_length=12, choices=AXIS_CHOICES)

    scope_paths = Paths(department="convention__company__department", company="convention__company")

    class Meta:
        verbose_name = "axe retenu"
        verbose_name_plural = "axes retenus"
        constraints = (
            models.UniqueConstraint(
                fields=("convention", "axis"),
                name="convention_axis_once",
                violation_error_message="Cet axe est déjà retenu.",
            ),
        )

    def __str__(self) -> str:
        return Axis(self.axis).label


class SpecificCommitment(ScopedModel):
    """A commitment of a PME or TPE outside the catalogue: own label and unit, shown in the bilan, never summed."""

    convention = models.ForeignKey(
        Convention, on_delete=models.CASCADE, related_name="specific_commitments", verbose_name="convention"
    )
    label = models.CharField("engagement", max_length=255)
    unit = models.CharField("unité", max_length=40)
    target = models.DecimalField("objectif sur trois ans", max_digits=14, decimal_places=2)

    scope_paths = Paths(department="convention__company__department", company="convention__company")

    class Meta:
        verbose_name = "engagement spécifique"
        verbose_name_plural = "engagements spécifiques"
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(target__gte=0),
                name="specific_commitment_not_negative",
                violation_error_message="Un objectif ne peut pas être négatif.",
            ),
        )

    def __str__(self) -> str:
        return self.label
