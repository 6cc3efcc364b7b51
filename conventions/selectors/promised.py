"""The indicators that a convention may promise something of: those of its axes, in its version of the catalogue."""

from collections.abc import Collection

from conventions.models import Convention
from indicators.models import Indicator
from workflows.tables import TransitionRefused


def indicators_promised(convention: Convention, codes: Collection[str]) -> dict[str, Indicator]:
    """Those of these codes, by code. Two queries.

    Raises TransitionRefused for one that is not of the axes kept, or that only serves to compute.
    """
    kept = [axis.value for axis in convention.signed_axes()]
    found = Indicator.objects.filter(version=convention.catalogue_id, code__in=codes, axis__in=kept)
    by_code = {indicator.code: indicator for indicator in found}
    stray = sorted(set(codes) - set(by_code))
    if stray:
        raise TransitionRefused([f"Ces indicateurs n’appartiennent pas aux axes retenus : {', '.join(stray)}."])
    if bare := sorted(code for code, indicator in by_code.items() if not indicator.spec.targetable):
        raise TransitionRefused(
            [f"Ces indicateurs servent à calculer les parts et ne reçoivent pas d’objectif\u00a0: {', '.join(bare)}."]
        )
    return by_code
