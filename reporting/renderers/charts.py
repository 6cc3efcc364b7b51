"""Geometry and words of the charts: one bar per indicator that has a target, the same on screen and on paper. Pure."""

from dataclasses import dataclass
from decimal import Decimal

from french.numbers import NO_BREAK_SPACE
from french.words import percentage, quantity
from reporting.bilan import AxisSection
from reporting.columns import Figure, percent

WIDTH = 1000
"""Length of a bar at 100 % of its target, in units of the drawing."""


@dataclass(frozen=True)
class Bar:
    """One indicator: how far the bar goes, where the tick of what is expected stands, and both in words."""

    label: str
    value: str
    sentence: str
    done: int
    expected: int | None
    late_from: int
    late: int
    """The hatched part: what was expected and is not there."""


@dataclass(frozen=True)
class Chart:
    """The bars of one axis under a title that says what they show."""

    title: str
    bars: tuple[Bar, ...]


def chart_of(axis: AxisSection) -> Chart:
    """The chart of an axis; without bars when nobody set a target."""
    figures = [figure for figure in axis.figures if figure.target]
    return Chart(title=_finding(axis, figures), bars=tuple(map(_bar, figures)))


def _finding(axis: AxisSection, figures: list[Figure]) -> str:
    if not figures:
        return f"{axis.label}{NO_BREAK_SPACE}: aucun objectif n’est fixé sur cet axe"
    judged = [figure for figure in figures if figure.rate is not None]
    if not judged:
        return f"{axis.label}{NO_BREAK_SPACE}: aucun résultat validé en face des objectifs"
    reached = sum(figure.rate is not None and figure.rate >= 100 for figure in judged)
    if len(judged) == 1:
        verb = "est" if reached else "n’est pas"
        return f"{axis.label}{NO_BREAK_SPACE}: le seul objectif suivi {verb} au niveau attendu"
    if not reached:
        return f"{axis.label}{NO_BREAK_SPACE}: aucun des {len(judged)} objectifs suivis n’est au niveau attendu"
    verb = "est" if reached == 1 else "sont"
    return f"{axis.label}{NO_BREAK_SPACE}: {reached} des {len(judged)} objectifs suivis {verb} au niveau attendu"


def _bar(figure: Figure) -> Bar:
    done = _length(figure.cumulative, figure.target) or 0
    expected = _length(figure.expected, figure.target)
    reached = figure.overall
    value = f"{quantity(figure.cumulative, figure.unit)} sur {quantity(figure.target, figure.unit)}"
    share = "" if reached is None else f" ({percentage(reached)})"
    due = "" if figure.expected is None else f", {quantity(figure.expected, figure.unit)} attendus à ce jour"
    return Bar(
        label=figure.label,
        value=f"{value}{share}",
        sentence=f"{figure.label}{NO_BREAK_SPACE}: {value}{share}{due}",
        done=done,
        expected=expected,
        late_from=done,
        late=max((expected or 0) - done, 0),
    )


def _length(value: Decimal | None, target: Decimal | None) -> int | None:
    """How long `value` is when the target is WIDTH; never longer."""
    share = percent(value, target)
    return None if share is None else min(round(share * WIDTH / 100), WIDTH)
