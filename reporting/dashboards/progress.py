"""Where the promises stand, axis by axis, for any set of conventions: a few bars, and the table folded under them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from documents.charts import WIDTH, Bar
from indicators.specs import Axis
from reporting import sayings
from reporting.bilan import AxisSection
from reporting.figures import Figure
from reporting.renderers.charts import bar_of, chart_of
from reporting.selectors.figures import AxisFigures, figures_by_axis
from reporting.selectors.ground import Rows, ground_of, still_answers
from reporting.selectors.perimeter import perimeter_of
from reporting.tables import PROGRESS
from territories.semester import Semester

BARS = 4
"""A home shows the first indicators of the core; the table has them all."""


@dataclass(frozen=True)
class ProgressBar:
    """One indicator, in the percents that the bar component draws."""

    label: str
    value: str
    percent: Decimal

    @classmethod
    def of(cls, bar: Bar) -> "ProgressBar":
        """From a bar of the bilan's charts."""
        return cls(bar.label, bar.value, Decimal(bar.done) * 100 / WIDTH)


@dataclass(frozen=True)
class Lead:
    """The one percentage of an axis, and what it is of: the first of its headlines with an expectation."""

    label: str
    done: str
    """« 114 sur 143 attendus »."""
    rate: str

    @classmethod
    def of(cls, figure: Figure) -> "Lead":
        """From a figure that has a rate."""
        return cls(figure.label, bar_of(figure, rated=False).value, sayings.rate(figure.rate, figure.expected))


@dataclass(frozen=True)
class AxisProgress:
    """One axis: a title that says the finding, its bars, and every figure that has a target."""

    axis: str
    label: str
    title: str
    lead: Lead | None
    """None as well while too few answers are validated."""
    bars: tuple[ProgressBar, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    """The label of each figure with a target, and its cells under `headers`."""

    headers = tuple(column.header for column in PROGRESS)


def progress_of(rows: Rows, semester: Semester, *, on: date) -> tuple[AxisProgress, ...]:
    """The axes that these conventions kept, with what was validated up to the end of a semester. Nine queries."""
    now = perimeter_of(rows.conventions, semester)
    if not now.conventions:
        return ()
    ground = ground_of(rows, now, provisional=still_answers(semester, on))
    figures = figures_by_axis(ground, now)
    kept = {axis for axes in now.axes.values() for axis in axes}
    leading = now.headlines if ground.comparable else ()
    return tuple(
        _axis(axis, figures[axis], leading=leading, comparable=ground.comparable) for axis in Axis if axis in kept
    )


def _axis(axis: Axis, figures: AxisFigures, *, leading: Sequence[str], comparable: bool) -> AxisProgress:
    targeted = tuple(figure for figure in figures.figures if figure.expected)
    core = tuple(figure for figure in targeted if figure.core)[:BARS]
    return AxisProgress(
        axis=axis.value,
        label=axis.label,
        title=chart_of(AxisSection(axis.value, axis.label, 0, targeted, (), ()), comparable=comparable).title,
        lead=_lead(targeted, leading),
        bars=tuple(ProgressBar.of(bar_of(figure, rated=False)) for figure in core or targeted[:BARS]),
        rows=tuple((figure.label, tuple(column.cell(figure) for column in PROGRESS)) for figure in targeted),
    )


def _lead(targeted: Sequence[Figure], leading: Sequence[str]) -> Lead | None:
    rated = {figure.code: figure for figure in targeted if figure.rate is not None and not figure.is_yes_no}
    return next((Lead.of(rated[code]) for code in leading if code in rated), None)
