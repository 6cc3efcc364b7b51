"""The indicators that a convention may promise something of: those of its axes, in its version of the catalogue."""

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from uuid import UUID

from conventions.models import Convention, Target
from conventions.target_grid import TargetKey
from indicators.models import Indicator
from workflows.tables import TransitionRefused


def indicators_promised(convention: Convention, codes: Collection[str]) -> dict[str, Indicator]:
    """Those of these codes, by code. Two queries. Raises TransitionRefused as `promised_among` does."""
    return promised_among(convention, codes, indicators_of([convention.catalogue_id])[convention.catalogue_id])


def indicators_of(versions: Iterable[str]) -> dict[str, dict[str, Indicator]]:
    """All the indicators of these versions of the catalogue, by version and code. One query."""
    found: dict[str, dict[str, Indicator]] = {version: {} for version in versions}
    for indicator in Indicator.objects.filter(version__in=found):
        found[indicator.version_id][indicator.code] = indicator
    return found


def promised_among(
    convention: Convention, codes: Collection[str], known: Mapping[str, Indicator]
) -> dict[str, Indicator]:
    """Those of these codes, by code, among the indicators of its version.

    Raises TransitionRefused for one that is not of the axes kept, or that only serves to compute.
    """
    kept = {axis.value for axis in convention.signed_axes()}
    by_code = {code: known[code] for code in codes if code in known and known[code].axis in kept}
    stray = sorted(set(codes) - set(by_code))
    if stray:
        raise TransitionRefused([f"Ces indicateurs n’appartiennent pas aux axes retenus : {', '.join(stray)}."])
    if bare := sorted(code for code, indicator in by_code.items() if not indicator.spec.targetable):
        raise TransitionRefused(
            [f"Ces indicateurs servent à calculer les parts et ne reçoivent pas d’objectif\u00a0: {', '.join(bare)}."]
        )
    return by_code


def last_targets(conventions: Iterable[Convention]) -> dict[UUID, dict[TargetKey, Decimal]]:
    """What each promises by its last set: a draft has one, an avenant is one more. One query."""
    found = Target.objects.filter(target_set__convention__in=list(conventions))
    sets: dict[UUID, tuple[int, dict[TargetKey, Decimal]]] = {}
    for target in found.select_related("indicator", "target_set").order_by("target_set__number"):
        number, convention = target.target_set.number, target.target_set.convention_id
        if convention not in sets or sets[convention][0] != number:
            sets[convention] = (number, {})
        sets[convention][1][target.indicator.code, target.year] = target.value
    return {convention: promised for convention, (_, promised) in sets.items()}
