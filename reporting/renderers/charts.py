"""The chart of an axis: a bar for each indicator that expects something, under a title that says the finding. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from documents.charts import Bar, Gauge, progress_bar
from french.numbers import NO_BREAK_SPACE
from reporting import sayings
from reporting.bilan import AxisSection
from reporting.figures import Figure
from reporting.renderers.alignment import in_columns
from reporting.tables import PROMISES, name_of


@dataclass(frozen=True)
class Chart:
    """The bars of one axis under a title that says what they show."""

    title: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class PromiseLine:
    """A line of the chart of a document: an indicator, its drawing when something is due, the numbers at its end."""

    label: str
    gauge: Gauge | None
    cells: tuple[str, ...]


def promises_of(figures: Sequence[Figure]) -> list[PromiseLine]:
    """What was promised and what came of it, line after line, numbers aligned; nothing where nobody promised."""
    kept = [figure for figure in figures if figure.expected is not None or figure.objective is not None]
    rows = in_columns([tuple(column.cell(figure) for column in PROMISES) for figure in kept])
    return [PromiseLine(name_of(figure), _gauge(figure), row) for figure, row in zip(kept, rows, strict=True)]


def _gauge(figure: Figure) -> Gauge | None:
    if not figure.expected:
        return None
    bar, progress = bar_of(figure), None
    sentence = bar.sentence
    if figure.objective and not figure.distinct:
        progress = Fraction(figure.progress or 0) / figure.objective
        sentence += f"{NO_BREAK_SPACE}; {sayings.rate(figure.overall, figure.objective)} de l’objectif triennal"
    return Gauge.of(sentence, Fraction(figure.tracked or 0), figure.expected, progress=progress)


PROVISIONAL = "chiffres provisoires, en attente des remontées"


def chart_of(axis: AxisSection, *, comparable: bool = True, instead: str = PROVISIONAL) -> Chart:
    """The chart of an axis; without bars when nobody set a target, `instead` of a verdict while too few are counted."""
    figures = [figure for figure in axis.figures if figure.expected]
    finding = _finding(figures) if comparable or not figures else instead
    return Chart(title=f"{axis.label}{NO_BREAK_SPACE}: {finding}", bars=tuple(map(bar_of, figures)))


def _finding(figures: list[Figure]) -> str:
    if not figures:
        return "aucun objectif n’est attendu à ce jour sur cet axe"
    reached = sum(figure.rate is not None and figure.rate >= 100 for figure in figures)
    if len(figures) == 1:
        verb = "est" if reached else "n’est pas"
        return f"le seul objectif suivi {verb} au niveau attendu"
    if not reached:
        return f"aucun des {len(figures)} objectifs suivis n’est au niveau attendu"
    if reached == len(figures):
        return f"les {reached} objectifs suivis sont au niveau attendu"
    verb = "est" if reached == 1 else "sont"
    return f"{reached} des {len(figures)} objectifs suivis {verb} au niveau attendu"


def bar_of(figure: Figure, *, rated: bool = True) -> Bar:
    """What the companies with a target brought, of what they were expected to bring; `rated`: with the percentage."""
    done = figure.tracked or Decimal(0)
    if figure.is_yes_no:
        return progress_bar(figure.label, done=done, goal=figure.expected, said=_kept_promises(done, figure.expected))
    due = sayings.promise(figure.expected, figure.unit, beside=done)
    said = f"{sayings.amount(done, figure.unit)} sur {due} attendus"
    if rated:
        said += f" ({sayings.rate(figure.rate, figure.expected)})"
    return progress_bar(figure.label, done=done, goal=figure.expected, said=said)


def _kept_promises(done: Decimal, promised: Fraction | None) -> str:
    """Companies, never a percentage: « 16 des 20 entreprises qui l’ont promis »."""
    if promised == 1:
        return f"1 entreprise l’a promis{NO_BREAK_SPACE}: {'oui' if done else 'pas encore'}"
    kept = sayings.amount(done) if done else "aucune"
    return f"{kept} des {sayings.expectation(promised)} entreprises qui l’ont promis"
