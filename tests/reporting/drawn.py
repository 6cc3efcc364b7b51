"""Bilans drawn at random: two axes of some département, whose numbers are anything."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import strategies as st

from conventions.expected import PARTS
from reporting.bilan import AxisSection, BilanData
from reporting.figures import Figure, RatioFigure
from tests.reporting.samples import of_department, sample

VALUES = st.none() | st.decimals(min_value=0, max_value=10**9, places=2)
FRACTIONS = st.none() | st.builds(Fraction, st.integers(min_value=0, max_value=10**14), st.just(PARTS))
"""As a share of the days of a year makes them."""
COUNTS = st.integers(min_value=0, max_value=50)
BASE = sample(1)


@st.composite
def bilans(draw: st.DrawFn) -> BilanData:
    """Two axes of some département with drawn figures: an indicator that is missing here may exist elsewhere."""
    code = f"{draw(st.integers(min_value=1, max_value=95)):02d}"
    region = draw(st.sampled_from(["11", "32", "84"]))
    axes = tuple(drawn_axis(draw, axis) for axis in BASE.axes[:2])
    return replace(of_department(BASE, code, region), axes=axes)


def drawn_axis(draw: st.DrawFn, axis: AxisSection) -> AxisSection:
    kept = [figure for figure in axis.figures[:3] if draw(st.booleans())]
    return replace(
        axis,
        figures=tuple(drawn_figure(draw, figure) for figure in kept),
        ratios=tuple(drawn_ratio(draw, ratio) for ratio in axis.ratios[:1]),
    )


def drawn_figure(draw: st.DrawFn, figure: Figure) -> Figure:
    return replace(
        figure,
        semester=draw(VALUES),
        cumulative=draw(VALUES),
        tracked=draw(VALUES),
        expected=draw(FRACTIONS),
        objective=draw(FRACTIONS),
        previous=draw(VALUES),
        respondents=draw(COUNTS),
        asked=draw(COUNTS),
    )


def drawn_ratio(draw: st.DrawFn, ratio: RatioFigure) -> RatioFigure:
    return replace(
        ratio, numerator=draw(VALUES), denominator=draw(VALUES), respondents=draw(COUNTS), asked=draw(COUNTS)
    )
