"""Rows that mirror the published catalogues, so that targets and results refer to an indicator of a precise version."""

from collections.abc import Sequence
from datetime import date
from functools import cache

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from indicators.catalogue import (
    Catalogue,
    CatalogueError,
    available_versions,
    fingerprint_of,
    read_catalogue,
    shipped,
)
from indicators.specs import Axis, IndicatorSpec, Kind, Origin, Unit


def content_of(version: str) -> bytes:
    """The file of a published version: the one that the portal ships, or the one that the agency published in it.

    Raises CatalogueError when there is none, or when it is no longer the one that was published.
    """
    if version in available_versions():
        return shipped(version)
    found = CatalogueVersion.objects.filter(pk=version).values_list("draft__content", "fingerprint").first()
    content, fingerprint = found or (None, "")
    if content is None:
        raise CatalogueError(f"Le catalogue «\u00a0{version}\u00a0» n’existe pas.")
    if fingerprint_of(content.encode()) != fingerprint:
        raise CatalogueError(f"Le fichier du catalogue {version} n’est plus celui qui a été publié.")
    return content.encode()


@cache
def catalogue_of(version: str) -> Catalogue:
    """A published version, read once per process: it never changes. Raises CatalogueError as `content_of` does."""
    return read_catalogue(content_of(version))


class CatalogueVersionQuerySet(models.QuerySet["CatalogueVersion"]):
    """Questions on several versions."""

    def in_force(self, *, on: date) -> "CatalogueVersion":
        """The version that applies that day: the last one published by then. One query; DoesNotExist without any.

        The first one applies to the days before it too: conventions were signed since 2018, it was published in 2019.
        """
        return in_force_among(list(self.order_by("published_on", "code")), on=on)

    def newest(self) -> "CatalogueVersion":
        """The one published last, were it for a day to come. DoesNotExist without any."""
        return self.latest("published_on", "code")


class CatalogueVersion(models.Model):
    """A published version. It never changes: the fingerprint of its file says so."""

    code = models.CharField("version", max_length=20, primary_key=True)
    title = models.CharField("titre", max_length=100)
    published_on = models.DateField("publiée le")
    fingerprint = models.CharField("empreinte SHA-256 du fichier", max_length=64)

    objects = CatalogueVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "version du catalogue"
        verbose_name_plural = "versions du catalogue"
        ordering = ("published_on", "code")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page, for the agency."""
        return reverse("catalogue_detail", args=[self.code])

    @property
    def catalogue(self) -> Catalogue:
        """The version as read from its file, with its rules and ratios."""
        return catalogue_of(self.code)


def in_force_among(versions: Sequence[CatalogueVersion], *, on: date) -> CatalogueVersion:
    """The one of these, the oldest first, that `in_force` gives. DoesNotExist without any."""
    if not versions:
        raise CatalogueVersion.DoesNotExist("No catalogue is published: run sync_catalogues.")
    return next((item for item in reversed(versions) if item.published_on <= on), versions[0])


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    """Questions on several indicators."""

    def valid_during(self, start: date, end: date) -> "IndicatorQuerySet":
        """Those that make sense on at least one day of the period, as `IndicatorSpec.valid_during` says of one."""
        begun = Q(valid_from__isnull=True) | Q(valid_from__lte=end)
        return self.filter(begun, Q(valid_until__isnull=True) | Q(valid_until__gte=start))


class Indicator(models.Model):
    """One row that companies fill in, as its version of the catalogue defines it."""

    version = models.ForeignKey(
        CatalogueVersion, on_delete=models.PROTECT, related_name="indicators", verbose_name="version du catalogue"
    )
    code = models.CharField("code", max_length=10)
    axis = models.CharField("axe", max_length=12, choices=[(axis.value, axis.label) for axis in Axis])
    position = models.PositiveSmallIntegerField("rang")
    label = models.CharField("libellé", max_length=120)
    definition = models.TextField("définition")
    counts = models.TextField("ce qui compte")
    excludes = models.TextField("ce qui ne compte pas")
    kind = models.CharField("type", max_length=7, choices=[(kind.value, kind.label) for kind in Kind])
    unit = models.CharField("unité", max_length=7, choices=[(unit.value, unit.label) for unit in Unit])
    core = models.BooleanField("noyau")
    origin = models.CharField("origine", max_length=30, choices=[(origin.value, origin.label) for origin in Origin])
    source = models.CharField("source", max_length=300)
    plausibility = models.CharField("contrôle de vraisemblance", max_length=300)
    valid_from = models.DateField("valable à partir du", null=True, blank=True)
    valid_until = models.DateField("valable jusqu’au", null=True, blank=True)

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = "indicateur"
        ordering = ("version", "position")
        constraints = (
            models.UniqueConstraint(
                fields=("version", "code"),
                name="indicator_code_once_per_version",
                violation_error_message="Ce code existe déjà dans cette version du catalogue.",
            ),
            models.UniqueConstraint(
                fields=("version", "position"),
                name="indicator_position_once_per_version",
                violation_error_message="Ce rang est déjà pris dans cette version du catalogue.",
            ),
            models.CheckConstraint(
                condition=Q(axis__in=[axis.value for axis in Axis]),
                name="indicator_axis_known",
                violation_error_message="L’axe est l’un des quatre axes du PAQTE.",
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.YES_NO.value, unit=Unit.YES_NO.value)
                | (
                    Q(kind__in=[Kind.FLUX.value, Kind.STOCK.value])
                    & Q(unit__in=[unit.value for unit in Unit if unit is not Unit.YES_NO])
                ),
                name="indicator_kind_fits_unit",
                violation_error_message="Un indicateur oui ou non n’a pas d’autre unité, et inversement.",
            ),
            models.CheckConstraint(
                condition=Q(origin__in=[origin.value for origin in Origin]),
                name="indicator_origin_known",
                violation_error_message="Un indicateur est repris d’un document public ou proposé.",
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="indicator_valid_until_after_from",
                violation_error_message="La fin de validité doit suivre son début.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.label}"

    @property
    def spec(self) -> IndicatorSpec:
        """The indicator as its catalogue file defines it, parts and rules included."""
        return catalogue_of(self.version_id).indicator(self.code)
