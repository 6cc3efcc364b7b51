"""What a convention promises: its axes, its targets year by year, and the commitments of its own."""

from django.db import models
from django.db.models import Q

from conventions.models.convention import AXIS_CHOICES, Convention
from indicators.models import Indicator
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


class Target(ScopedModel):
    """The figure promised for one indicator and one convention year; 0 is a target, no row is none."""

    convention = models.ForeignKey(
        Convention, on_delete=models.CASCADE, related_name="targets", verbose_name="convention"
    )
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, related_name="targets", verbose_name="indicateur"
    )
    year = models.PositiveSmallIntegerField(
        "année de convention", choices=[(year, f"année {year}") for year in (1, 2, 3)]
    )
    value = models.DecimalField("objectif", max_digits=14, decimal_places=2)

    scope_paths = Paths(department="convention__company__department", company="convention__company")

    class Meta:
        verbose_name = "objectif"
        constraints = (
            models.UniqueConstraint(
                fields=("convention", "indicator", "year"),
                name="target_once_per_year",
                violation_error_message="Cet objectif est déjà fixé pour cette année.",
            ),
            models.CheckConstraint(
                condition=Q(value__gte=0),
                name="target_not_negative",
                violation_error_message="Un objectif ne peut pas être négatif.",
            ),
            models.CheckConstraint(
                condition=Q(year__in=(1, 2, 3)),
                name="target_year_known",
                violation_error_message="Une convention compte trois années.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.indicator_id} année {self.year} : {self.value}"


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
