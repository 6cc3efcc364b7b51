"""Writes the published catalogues into the database, once each; a published version that changed is refused."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from indicators.catalogue import Catalogue, CatalogueError
from indicators.continuity import discontinuities
from indicators.models import CatalogueVersion, Indicator
from indicators.specs import IndicatorSpec


@dataclass(frozen=True)
class CatalogueSync:
    """The versions that were published by this run and those that were there already."""

    published: tuple[str, ...]
    unchanged: tuple[str, ...]


@transaction.atomic
def sync_catalogues(catalogues: Iterable[Catalogue], *, dry_run: bool = False) -> CatalogueSync:
    """Publish the versions that the database does not know yet.

    Raises CatalogueError when the file of a published version is no longer the one that was published (conventions
    were signed on it, so that a correction needs a version of its own), or when a code counts something else than in
    the versions before it.
    """
    versions = list(CatalogueVersion.objects.select_for_update())
    known, former = {item.code: item.fingerprint for item in versions}, [item.catalogue for item in versions]
    published, unchanged = [], []
    for catalogue in catalogues:
        if catalogue.version not in known:
            if found := discontinuities(catalogue, former):
                raise CatalogueError("\n".join(found))
            former.append(catalogue)
            published.append(catalogue.version)
            if not dry_run:
                written(catalogue)
        elif known[catalogue.version] == catalogue.fingerprint:
            unchanged.append(catalogue.version)
        else:
            raise CatalogueError(
                f"Le catalogue {catalogue.version} est publié et ne peut plus changer, mais son fichier a changé. "
                "Rétablissez ce fichier et publiez la correction sous un autre nom de version."
            )
    return CatalogueSync(tuple(published), tuple(unchanged))


@transaction.atomic
def written(catalogue: Catalogue) -> CatalogueVersion:
    """The version with its indicators, in the database for good."""
    version = CatalogueVersion.objects.create(
        code=catalogue.version,
        title=catalogue.title,
        published_on=catalogue.published_on,
        fingerprint=catalogue.fingerprint,
    )
    Indicator.objects.bulk_create(_mirror(version, spec) for spec in catalogue.indicators)
    return version


def _mirror(version: CatalogueVersion, spec: IndicatorSpec) -> Indicator:
    return Indicator(
        version=version,
        code=spec.code,
        axis=spec.axis.value,
        position=spec.position,
        label=spec.label,
        definition=spec.definition,
        counts=spec.counts,
        excludes=spec.excludes,
        kind=spec.kind.value,
        unit=spec.unit.value,
        core=spec.core,
        origin=spec.origin.value,
        source=spec.source,
        plausibility=spec.plausibility,
        valid_from=spec.valid_from,
        valid_until=spec.valid_until,
    )
