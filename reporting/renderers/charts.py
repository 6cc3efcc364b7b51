"""The chart of an axis: one bar per indicator that has a target, under a title that says the finding. Pure."""

from dataclasses import dataclass

from documents.charts import Bar, progress_bar
from french.numbers import NO_BREAK_SPACE
from reporting.bilan import AxisSection
from reporting.columns import Figure


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
    return progress_bar(
        figure.label,
        done=figure.cumulative,
        goal=figure.target,
        due=figure.expected,
        reached=figure.overall,
        unit=figure.unit,
    )
