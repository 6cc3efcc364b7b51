"""What a convention promises indicator by indicator and year by year, in dated sets: an avenant is one more set."""

from datetime import date

from django.db import models
from django.db.models import F, FilteredRelation, Q

from conventions.models.convention import Convention
from indicators.models import Indicator
from territories.scoping import Paths, ScopedModel, ScopedQuerySet


class AmendmentReason(models.TextChoices):
    """Why an avenant changes what was promised."""

    ACTIVITY = "activite", "évolution de l’activité de l’entreprise"
    WORKFORCE = "effectif", "évolution de l’effectif"
    SITE = "site", "ouverture ou fermeture d’un site"
    MEASURE = "dispositif", "dispositif public créé, modifié ou supprimé"
    AMBITION = "ambition", "engagement revu à la hausse"
    ERROR = "erreur", "correction d’une erreur de saisie"
    OTHER = "autre", "autre motif"


class TargetSet(ScopedModel):
    """All the targets of a convention from a day on: number 0 is what was signed, an avenant is one more set."""

    convention = models.ForeignKey(
        Convention, on_delete=models.CASCADE, related_name="target_sets", verbose_name="convention"
    )
    number = models.PositiveSmallIntegerField("numéro", default=0)
    effective_on = models.DateField("prend effet le", null=True, blank=True)
    """None for number 0, which counts from the first day of the convention, wherever a draft moves it."""
    reason = models.CharField("motif", max_length=12, choices=AmendmentReason.choices, blank=True)

    scope_paths = Paths(department="convention__company__department", company="convention__company")

    class Meta:
        verbose_name = "jeu d’objectifs"
        verbose_name_plural = "jeux d’objectifs"
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(
                fields=("convention", "number"),
                name="target_set_number_once",
                violation_error_message="Un avenant porte déjà ce numéro.",
            ),
            models.UniqueConstraint(
                fields=("convention", "effective_on"),
                name="target_set_one_a_day",
                violation_error_message="Un avenant prend déjà effet ce jour-là.",
            ),
            models.CheckConstraint(
                condition=Q(number=0, effective_on__isnull=True, reason="")
                | (Q(number__gt=0, effective_on__isnull=False) & Q(reason__in=AmendmentReason.values)),
                name="target_set_dated_with_reason",
                violation_error_message="Un avenant a une date d’effet et un motif.",
            ),
        )

    def __str__(self) -> str:
        if self.effective_on is None:
            return "Objectifs signés"
        return f"Avenant n° {self.number}, à compter du {self.effective_on:%d/%m/%Y}"


class TargetQuerySet(ScopedQuerySet["Target"]):
    """Targets, by the question of which ones count. Each day uses the set in effect that day."""

    def of(self, convention: Convention) -> "TargetQuerySet":
        """Those of one convention, of all its sets: a draft has one."""
        return self.filter(target_set__convention=convention)

    def dated(self) -> "TargetQuerySet":
        """Add `since` and `until`, the days on which their set takes effect and is superseded; None is no limit."""
        following = FilteredRelation(
            "target_set__convention__target_sets",
            condition=Q(target_set__convention__target_sets__number=F("target_set__number") + 1),
        )
        return self.annotate(
            following=following, since=F("target_set__effective_on"), until=F("following__effective_on")
        )

    def known(self, *, on: date) -> "TargetQuerySet":
        """Those of the sets that have taken effect by that day, superseded since or not."""
        return self.dated().filter(Q(since=None) | Q(since__lte=on))

    def in_effect_between(self, start: date, end: date) -> "TargetQuerySet":
        """Those that count on a day at least between `start` and `end`, both included."""
        return self.known(on=end).filter(Q(until=None) | Q(until__gt=start))

    def in_effect(self, *, on: date) -> "TargetQuerySet":
        """Those that count that day: one set per convention, the first one before the convention starts."""
        return self.in_effect_between(on, on)


class Target(ScopedModel):
    """The figure promised for one indicator and one convention year; 0 is a target, no row is none."""

    target_set = models.ForeignKey(
        TargetSet, on_delete=models.CASCADE, related_name="targets", verbose_name="jeu d’objectifs"
    )
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, related_name="targets", verbose_name="indicateur"
    )
    year = models.PositiveSmallIntegerField(
        "année de convention", choices=[(year, f"année {year}") for year in (1, 2, 3)]
    )
    value = models.DecimalField("objectif", max_digits=14, decimal_places=2)

    objects = TargetQuerySet.as_manager()  # type: ignore[misc]  # richer than the base's

    scope_paths = Paths(
        department="target_set__convention__company__department", company="target_set__convention__company"
    )

    class Meta:
        verbose_name = "objectif"
        constraints = (
            models.UniqueConstraint(
                fields=("target_set", "indicator", "year"),
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
