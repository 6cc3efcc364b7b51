"""The figure of each indicator, by its kind. Pure."""

from collections.abc import Iterable

from indicators.specs import IndicatorSpec, Kind
from reporting.figures import Figure
from reporting.method.flux import NO_PROMISE, distinct_flux, flux
from reporting.method.ground import Ground
from reporting.method.promises import promises_of
from reporting.method.stock import stock
from reporting.method.yes_no import yes_no


def figures_of(ground: Ground, specs: Iterable[IndicatorSpec]) -> dict[str, Figure]:
    """The figures by code, in the order given, none left out; rank is the place in that order."""
    known = tuple(specs)
    summed = {spec.code for spec in known if spec.kind is Kind.FLUX and not spec.distinct}
    promises = promises_of(ground, summed)
    found = {}
    for rank, spec in enumerate(known):
        figure = Figure.of(spec, rank)
        if spec.code in summed:
            found[spec.code] = flux(figure, ground, promises.get(spec.code, NO_PROMISE))
        elif spec.kind is Kind.FLUX:
            found[spec.code] = distinct_flux(figure, ground)
        elif spec.kind is Kind.STOCK:
            found[spec.code] = stock(figure, ground)
        else:
            found[spec.code] = yes_no(figure, ground)
    return found
