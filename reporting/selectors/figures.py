"""The figures of a bilan, axis by axis and in reading order: the core, and the complements that somebody was asked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from weakref import WeakKeyDictionary

from indicators.catalogue import RatioSpec
from indicators.specs import Axis, IndicatorSpec
from reporting.figures import Figure, RatioFigure
from reporting.method import Ground, figures_of, ratios_of
from reporting.method.comparison import counted
from reporting.selectors.perimeter import Perimeter, parent


@dataclass(frozen=True)
class AxisFigures:
    """What is printed of one axis."""

    figures: tuple[Figure, ...]
    ratios: tuple[RatioFigure, ...]


ByAxis = Mapping[Axis, AxisFigures]
Asked = tuple[tuple[IndicatorSpec, ...], tuple[RatioSpec, ...]]

COUNTED: WeakKeyDictionary[Ground, dict[Asked, ByAxis]] = WeakKeyDictionary()
"""The figures of each ground that is still in memory, which stays the same as long as its facts (decision 26)."""


def figures_by_axis(ground: Ground, perimeter: Perimeter) -> ByAxis:
    """Every axis, with its figures and its ratios, counted once of a ground. No query."""
    found = COUNTED.setdefault(ground, {})
    asked = perimeter.specs, perimeter.ratios
    if asked not in found:
        found[asked] = _by_axis(ground, *asked)
    return found[asked]


def _by_axis(ground: Ground, known: Sequence[IndicatorSpec], ratio_specs: Sequence[RatioSpec]) -> ByAxis:
    specs = {spec.code: spec for spec in known}
    shown = list(_shown(ground, specs))
    ratios = ratios_of(ground, ratio_specs, specs).values()
    of_axis = {spec.code: spec.axis for spec in ratio_specs}
    return {
        axis: AxisFigures(
            figures=tuple(figure for figure in shown if specs[figure.code].axis is axis),
            ratios=tuple(ratio for ratio in ratios if of_axis[ratio.code] is axis),
        )
        for axis in Axis
    }


def _shown(ground: Ground, specs: Mapping[str, IndicatorSpec]) -> Iterator[Figure]:
    """The figures that a page prints, each « dont » as deep as the totals that are printed above it."""
    depths: dict[str, int] = {}
    for code, figure in figures_of(ground, specs.values()).items():
        spec = specs[code]
        if _has_something(figure):
            whole = parent(spec)
            depths[spec.code] = depths.get(whole, -1) + 1
            yield replace(figure, depth=depths[spec.code], apart=whole in depths and _apart(spec, specs[whole], ground))


def _has_something(figure: Figure) -> bool:
    """The core is always printed; a complement once somebody was asked, promised or gave it, just before included."""
    promised = figure.expected is not None or figure.objective is not None
    given = figure.cumulative is not None or figure.previous is not None
    return figure.core or promised or given or figure.asked > 0


def _apart(spec: IndicatorSpec, whole: IndicatorSpec, ground: Ground) -> bool:
    """Whether other companies gave the part than gave the whole: the one is then no share of the other."""
    part, total = (counted(one, ground.semester, ground).keys() for one in (spec, whole))
    return bool(part) and part != total
