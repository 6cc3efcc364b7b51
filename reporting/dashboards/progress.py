"""Where the promises stand, axis by axis, for any set of conventions: a few bars, and the table folded under them."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from conventions.models import Convention
from documents.charts import WIDTH, Bar
from indicators.specs import Axis
from reporting.bilan import AxisSection
from reporting.columns import Figure
from reporting.renderers.charts import chart_of
from reporting.selectors.figures import figures_of
from reporting.selectors.perimeter import Perimeter
from territories.semester import Semester

BARS = 4
"""A home shows the first indicators of the core; the table has them all."""

LAST_MARK = Decimal("99.4")
"""A tick further on would leave its bar."""


@dataclass(frozen=True)
class ProgressBar:
    """One indicator, in the percents that the bar component draws."""

    label: str
    value: str
    percent: Decimal
    mark: Decimal | None

    @classmethod
    def of(cls, bar: Bar) -> "ProgressBar":
        """From a bar of the bilan's charts."""
        expected = None if bar.expected is None else min(Decimal(bar.expected) * 100 / WIDTH, LAST_MARK)
        return cls(bar.label, bar.value, Decimal(bar.done) * 100 / WIDTH, expected)


@dataclass(frozen=True)
class AxisProgress:
    """One axis: a title that says the finding, its bars, and every figure that has a target."""

    axis: str
    label: str
    title: str
    bars: tuple[ProgressBar, ...]
    figures: tuple[Figure, ...]


def progress_of(conventions: Iterable[Convention], semester: Semester) -> tuple[AxisProgress, ...]:
    """The axes that these conventions kept, with validated results up to `semester`; seven queries."""
    now = Perimeter(semester, tuple(conventions))
    if not now.conventions:
        return ()
    figures = figures_of(now, Perimeter(semester.previous, now.conventions))
    kept = {axis for convention in now.conventions for axis in convention.signed_axes()}
    return tuple(_axis(axis, tuple(figures.get(axis.value, ()))) for axis in Axis if axis in kept)


def _axis(axis: Axis, figures: tuple[Figure, ...]) -> AxisProgress:
    targeted = tuple(figure for figure in figures if figure.target)
    core = tuple(figure for figure in targeted if figure.core)[:BARS]
    section = AxisSection(axis.value, axis.label, 0, targeted, (), ())
    bars = chart_of(AxisSection(axis.value, axis.label, 0, core or targeted[:BARS], (), ())).bars
    return AxisProgress(axis.value, axis.label, chart_of(section).title, tuple(map(ProgressBar.of, bars)), targeted)
