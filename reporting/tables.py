"""The tables of figures as pages and paper print them: one per kind, each cell with the companies it is about. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic

from french.numbers import format_number
from french.words import NONE, NOT_APPLICABLE, NOT_GIVEN, percentage
from indicators.specs import Kind
from reporting import sayings
from reporting.columns import Line
from reporting.figures import Figure, RatioFigure


@dataclass(frozen=True)
class PageColumn(Generic[Line]):
    """A header, and what the cell under it says of a line."""

    header: str
    cell: Callable[[Line], str]


@dataclass(frozen=True)
class FigureTable(Generic[Line]):
    """The lines of one kind under their headers."""

    slug: str
    title: str
    results: tuple[PageColumn[Line], ...]
    """What happened."""
    promises: tuple[PageColumn[Line], ...] = ()
    """What was to happen: beside the results on a page that has room, in the chart of a document."""
    first: str = "Indicateur"
    """What its lines are: the header of their names."""

    @property
    def columns(self) -> tuple[PageColumn[Line], ...]:
        """All of them."""
        return self.results + self.promises

    @property
    def headers(self) -> tuple[str, ...]:
        """Those of its columns."""
        return tuple(column.header for column in self.columns)

    def row(self, line: Line) -> tuple[str, ...]:
        """The cells of one line."""
        return tuple(column.cell(line) for column in self.columns)


def _semester(figure: Figure) -> str:
    """Nobody said anything, and everybody said « sans objet »: two things."""
    return NOT_APPLICABLE if figure.is_not_applicable else sayings.amount(figure.semester, figure.unit)


def _answers(line: Figure | RatioFigure) -> str:
    return sayings.answers(line.answers)


def _variation(figure: Figure) -> str:
    said = sayings.change(figure.constant, figure.unit)
    return said if figure.constant is None else sayings.over(said, figure.constant_companies)


def _cumulative(figure: Figure) -> str:
    """A sum of distinct people or places over time would count them twice."""
    if figure.distinct:
        return NONE
    said = sayings.amount(figure.cumulative, figure.unit)
    return said if figure.cumulative is None else sayings.over(said, figure.cumulative_companies)


def _tracked(figure: Figure) -> str:
    """What the targeted cells brought, of what they were expected to bring, and their companies: « 11 / 14 (2) »."""
    if figure.expected is None:
        return NONE
    done = figure.tracked or Decimal(0)
    due = sayings.expectation(figure.expected, figure.unit, beside=done)
    return sayings.over(f"{sayings.amount(done, figure.unit)} / {due}", figure.expected_companies)


def _promising(figure: Figure) -> str:
    """The companies with a target, which the two numbers before are about; an older snapshot does not say."""
    return format_number(figure.expected_companies) if figure.expected_companies else NONE


def _done(figure: Figure) -> str:
    return sayings.amount(figure.tracked or Decimal(0), figure.unit)


def _rate(figure: Figure) -> str:
    """Companies that said yes are counted, and make no percentage."""
    if figure.is_yes_no:
        return NONE
    return sayings.rate(figure.rate, figure.expected)


def _objective(figure: Figure) -> str:
    """Of the conventions in force; of the year in progress for what is distinct."""
    said = sayings.expectation(figure.objective, figure.unit)
    return f"{said} sur l’année" if figure.distinct and figure.objective is not None else said


def _aim(figure: Figure) -> str:
    """The same in a narrow column."""
    return _objective(figure).replace(" sur l’année", "/an")


def _overall(figure: Figure) -> str:
    return NONE if figure.distinct else sayings.rate(figure.overall, figure.objective)


def _last_known(figure: Figure) -> str:
    """« 32, dont 20 repris (1) »."""
    said = sayings.amount(figure.last_known, figure.unit)
    if figure.carried is None:
        return said
    carried = f"{sayings.amount(figure.carried, figure.unit)} repris"
    return f"{said}, dont {sayings.over(carried, figure.carried_companies)}"


def _before(figure: Figure) -> str:
    """The semester before out of its own answers, without a difference between the two."""
    if figure.previous is None:
        return NONE
    return f"{format_number(figure.previous)} sur {format_number(figure.previous_respondents)}"


def _promised(figure: Figure) -> str:
    """Those that promised a yes this convention year, and those of them that said it."""
    if figure.expected is None:
        return NONE
    return f"{format_number(figure.tracked or 0)} sur {sayings.expectation(figure.expected)}"


def _percent(ratio: RatioFigure) -> str:
    """Nobody gave every term, or the denominators are zero: two things."""
    return percentage(ratio.percent) if ratio.respondents else NOT_GIVEN


def _fraction(ratio: RatioFigure) -> str:
    return sayings.fraction(ratio.fraction, ratio.counted_in)


def _percent_before(ratio: RatioFigure) -> str:
    if not ratio.previous_respondents:
        return NONE
    return sayings.over(percentage(ratio.previous), ratio.previous_respondents)


FLUX: FigureTable[Figure] = FigureTable(
    "flux",
    "résultats du semestre et depuis le lancement",
    (
        PageColumn("Semestre", _semester),
        PageColumn("Réponses", _answers),
        PageColumn("Variation", _variation),
        PageColumn("Cumul", _cumulative),
    ),
    (
        PageColumn("Suivi / attendu", _tracked),
        PageColumn("Taux", _rate),
        PageColumn("Objectif", _objective),
        PageColumn("Avance\u00adment", _overall),
    ),
)
STOCK: FigureTable[Figure] = FigureTable(
    "stock",
    "situation au dernier jour du semestre",
    (
        PageColumn("Semestre", _semester),
        PageColumn("Réponses", _answers),
        PageColumn("Variation", _variation),
        PageColumn("Dernier état connu", _last_known),
    ),
    (
        PageColumn("Suivi / objectif", _tracked),
        PageColumn("Taux", _rate),
    ),
)
YES_NO: FigureTable[Figure] = FigureTable(
    "oui-non",
    "réponses par oui ou par non",
    (
        PageColumn("Oui", _semester),
        PageColumn("Réponses", _answers),
        PageColumn("Semestre précédent", _before),
    ),
    (PageColumn("Oui dans l’année, parmi celles qui l’ont promis", _promised),),
)
RATIO: FigureTable[RatioFigure] = FigureTable(
    "ratios",
    "ratios",
    (
        PageColumn("Semestre", _percent),
        PageColumn("Calcul", _fraction),
        PageColumn("Réponses", _answers),
        PageColumn("Semestre précédent", _percent_before),
    ),
    first="Ratio",
)
PROMISES: tuple[PageColumn[Figure], ...] = (
    PageColumn("Réalisé", lambda figure: NONE if figure.expected is None else _done(figure)),
    PageColumn("Attendu", lambda figure: sayings.expectation(figure.expected, figure.unit, beside=figure.tracked)),
    PageColumn("Entre\u00adprises", _promising),
    PageColumn("Taux", _rate),
    PageColumn("Objectif", _aim),
    PageColumn("Avance\u00adment", _overall),
)
"""What the chart of a document says at the end of a bar, whatever the kind of the indicator."""

PROGRESS: tuple[PageColumn[Figure], ...] = (
    PageColumn("Réalisé suivi", lambda figure: sayings.with_unit(figure.tracked, figure.unit)),
    PageColumn(
        "Attendu à ce jour", lambda figure: sayings.promise(figure.expected, figure.unit, beside=figure.tracked)
    ),
    PageColumn("Taux", _rate),
    PageColumn("Entreprises", lambda figure: format_number(figure.expected_companies)),
)
"""What a home says of an indicator that has a target."""

KINDS: tuple[tuple[Kind, FigureTable[Figure]], ...] = ((Kind.FLUX, FLUX), (Kind.STOCK, STOCK), (Kind.YES_NO, YES_NO))
"""The table of each kind of indicator, in the order of a page."""


def by_kind(figures: Sequence[Figure]) -> list[tuple[FigureTable[Figure], list[Figure]]]:
    """The figures of a page, each table with its lines; a kind without a line has none."""
    found = ((table, [figure for figure in figures if figure.kind == kind]) for kind, table in KINDS)
    return [(table, lines) for table, lines in found if lines]


def name_of(line: Figure | RatioFigure) -> str:
    """What heads the line: the label, with the unit of its amounts."""
    return f"{line.label} ({line.unit})" if isinstance(line, Figure) and line.unit else line.label


def note_of(line: Figure | RatioFigure) -> str:
    """What must be known to read the line, under its label; empty for most."""
    if isinstance(line, RatioFigure):
        return ""
    revised = sayings.change_with_unit(line.revised, line.unit)
    notes = {
        "d’autres entreprises que le total": line.apart,
        "somme des entreprises, non dédoublonnée": line.distinct,
        f"semestre précédent\u00a0: {revised} depuis ce qui en a été transmis": bool(line.revised)
        and line.previous is not None,
    }
    return "\u00a0; ".join(text for text, holds in notes.items() if holds)
