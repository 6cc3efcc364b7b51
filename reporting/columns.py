"""The columns of a bilan's figures, declared once: name, headers, how they add up, how they print. Pure.

A column that is stored is a field of `Figure` or `RatioFigure` (with a default: older snapshots do not have it), one
that follows from others is a property; its row in FIGURES or RATIOS is all that pages, files, the national sum, the
list of changes and the snapshot need.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from operator import add
from typing import Any, TypeVar

from french.numbers import format_number
from french.words import NONE, NOT_GIVEN, percentage, quantity, variation
from tabular.cells import Cell

PERCENT_STEP = Decimal("0.1")

Pair = tuple[Decimal | int, Decimal | int]
"""How many out of how many."""


def percent(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    """`part` in percent of `whole`, to one decimal, half up; None when either is unknown or the whole is zero."""
    if part is None or not whole:
        return None
    return (part * 100 / whole).quantize(PERCENT_STEP, rounding=ROUND_HALF_UP)


def total(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    """The sum of what is known; None when nothing is. How many answered is counted beside it, never guessed from it."""
    if one is None or other is None:
        return one if other is None else other
    return one + other


@dataclass(frozen=True)
class Figure:
    """Box 5: one indicator, all companies together.

    `semester` is the sum over the semester (flux), the last known value (stock) or how many said yes (yes/no);
    `cumulative` the same since the signature. `target` covers the whole conventions (flux) or their current year,
    `expected` is the part of it due at the end of the semester. None is « non renseigné », never zero.
    `respondents` companies gave a value in this semester, out of `asked`.
    """

    code: str
    label: str
    definition: str
    kind: str
    unit: str
    core: bool
    depth: int
    """0, or how deep a « dont » stands under its total."""
    rank: int
    """Its place in the catalogue, each « dont » right after its total."""
    semester: Decimal | None
    cumulative: Decimal | None
    target: Decimal | None
    expected: Decimal | None
    previous: Decimal | None
    respondents: int
    asked: int

    @property
    def unit_name(self) -> str:
        """The unit as files name it."""
        return self.unit or "nombre"

    @property
    def rate(self) -> Decimal | None:
        """Percent of what was expected to date that is reached since the signature."""
        return percent(self.cumulative, self.expected)

    @property
    def overall(self) -> Decimal | None:
        """Percent of the whole target that is reached since the signature."""
        return percent(self.cumulative, self.target)

    @property
    def change(self) -> Decimal | None:
        """Difference with the previous semester; None when one of the two is unknown."""
        return None if self.semester is None or self.previous is None else self.semester - self.previous

    @property
    def answers(self) -> Pair:
        """How many companies gave it, out of how many."""
        return self.respondents, self.asked


@dataclass(frozen=True)
class RatioFigure:
    """Box 5: Σ numerators over Σ denominators of the companies that gave both; never a mean of percentages."""

    code: str
    label: str
    definition: str
    rank: int
    numerator: Decimal | None
    denominator: Decimal | None
    previous_numerator: Decimal | None
    previous_denominator: Decimal | None
    respondents: int
    asked: int

    @property
    def kind(self) -> str:
        """As files name it, beside the kinds of the indicators."""
        return "ratio"

    @property
    def unit(self) -> str:
        """Of every ratio."""
        return "%"

    @property
    def percent(self) -> Decimal | None:
        """The ratio in percent, or None."""
        return percent(self.numerator, self.denominator)

    @property
    def previous(self) -> Decimal | None:
        """The ratio of the previous semester in percent, or None."""
        return percent(self.previous_numerator, self.previous_denominator)

    @property
    def change(self) -> Decimal | None:
        """Difference in points with the previous semester."""
        return None if self.percent is None or self.previous is None else self.percent - self.previous

    @property
    def fraction(self) -> Pair | None:
        """What the percentage comes from."""
        return None if self.numerator is None or self.denominator is None else (self.numerator, self.denominator)

    @property
    def answers(self) -> Pair:
        """How many companies gave both sides, out of how many."""
        return self.respondents, self.asked


@dataclass(frozen=True)
class Saying:
    """How a value is printed: alone in a cell, and with its unit in a sentence."""

    cell: Callable[[Any], str]  # Any: the value of the column
    sentence: Callable[[Any, str], str] = quantity  # Any: the value of the column


def _or_none(say: Callable[[Any], str]) -> Callable[[Any], str]:  # Any: the value of the column
    return lambda value: NONE if value is None else say(value)


NUMBER = Saying(quantity)
GOAL = Saying(_or_none(quantity))
"""Nobody has to promise anything: without a target there is nothing to say."""
CHANGE = Saying(_or_none(variation))
SHARE = Saying(percentage, lambda value, _unit: NOT_GIVEN if value is None else percentage(value))
RATE = Saying(_or_none(percentage), SHARE.sentence)
ANSWERS = Saying(
    lambda pair: f"{format_number(pair[0])}/{format_number(pair[1])}",
    lambda pair, _unit: f"{format_number(pair[0])} sur {format_number(pair[1])}",
)
FRACTION = Saying(_or_none(lambda pair: f"{format_number(pair[0])} / {format_number(pair[1])}"))


@dataclass(frozen=True)
class Column:
    """One thing that a line says of an indicator: the attribute that holds it, and what becomes of it."""

    name: str
    file: str = ""
    """Its header in the files; empty, they do not have it."""
    page: str = ""
    """Its header on screen and on paper; empty, they do not have it."""
    told: str | None = None
    """What the list of changes calls it, after the label of the line; None when a change of it is not told."""
    adds: Callable[[Any, Any], Any] | None = None  # Any: two values of the column, and their sum
    """How it adds up across départements; None when it follows from others, or is a word and not a number."""
    says: Saying = NUMBER
    national: bool = True
    """Whether the totals of the nation have it too."""


FIGURES = (
    Column("code", file="Code"),
    Column("label", file="Indicateur"),
    Column("kind", file="Type", national=False),
    Column("unit_name", file="Unité"),
    Column("semester", file="Résultat du semestre", page="Semestre", told="semestre", adds=total),
    Column("previous", file="Semestre précédent", adds=total),
    Column("change", page="Variation", says=CHANGE, national=False),
    Column("cumulative", file="Cumul depuis la signature", page="Cumul", told="cumul", adds=total),
    Column("target", file="Objectif", page="Objectif", told="objectif", adds=total, says=GOAL),
    Column(
        "expected", file="Attendu à ce jour", page="Attendu à ce jour", told="attendu à ce jour", adds=total, says=GOAL
    ),
    Column("rate", file="Taux de réalisation (%)", page="Taux", says=RATE),
    Column("answers", page="Réponses", told="réponses", says=ANSWERS),
    Column("respondents", file="Réponses", adds=add),
    Column("asked", file="Réponses attendues", adds=add),
    Column("definition", file="Définition", national=False),
    Column("depth", adds=min),
)
"""What is said of an indicator, in the order of pages and files."""

RATIOS = (
    Column("code", file="Code"),
    Column("label", file="Indicateur"),
    Column("kind", file="Type"),
    Column("unit", file="Unité"),
    Column("percent", file="Résultat du semestre", page="Semestre", told="", says=SHARE),
    Column("previous", file="Semestre précédent", page="Semestre précédent", says=SHARE),
    Column("fraction", page="Calcul", says=FRACTION),
    Column("answers", page="Réponses", told="réponses", says=ANSWERS),
    Column("respondents", file="Réponses", adds=add),
    Column("asked", file="Réponses attendues", adds=add),
    Column("definition", file="Définition"),
    Column("numerator", adds=total),
    Column("denominator", adds=total),
    Column("previous_numerator", adds=total),
    Column("previous_denominator", adds=total),
)
"""What is said of a ratio; among indicators it stands under the columns that have the same header."""

COLUMNS: dict[type, tuple[Column, ...]] = {Figure: FIGURES, RatioFigure: RATIOS}

FILE = tuple(column for column in FIGURES if column.file)
PAGE = tuple(column for column in FIGURES if column.page)
RATIO_PAGE = tuple(column for column in RATIOS if column.page)

Line = TypeVar("Line", Figure, RatioFigure)


def national(columns: Iterable[Column]) -> tuple[Column, ...]:
    """Those that the totals of the nation have."""
    return tuple(column for column in columns if column.national)


def file_row(line: Figure | RatioFigure, columns: Sequence[Column] = FILE) -> tuple[Cell, ...]:
    """The cells of a line in a file, numbers as numbers; None under a header that this line knows nothing of."""
    own = {column.file: column.name for column in COLUMNS[type(line)] if column.file}
    return tuple(getattr(line, own[column.file]) if column.file in own else None for column in columns)


def page_row(line: Figure | RatioFigure, columns: Sequence[Column]) -> tuple[str, ...]:
    """The cells of a line on a page, as they are printed."""
    own = {column.page: column for column in COLUMNS[type(line)] if column.page}
    found = (own.get(column.page) for column in columns)
    return tuple(NONE if column is None else column.says.cell(getattr(line, column.name)) for column in found)


def told(line: Figure | RatioFigure) -> Iterator[tuple[str, str]]:
    """What the list of changes compares of a line, each with its name."""
    name = f"{line.label} ({line.code})"
    for column in COLUMNS[type(line)]:
        if column.told is not None:
            said = column.says.sentence(getattr(line, column.name), line.unit)
            yield (f"{name}, {column.told}" if column.told else name), said


def added(one: Line, other: Line) -> Line:
    """The same line over both sets of companies. Its words come from one of the two, whatever the order."""
    words = min(one, other, key=lambda line: (line.label, line.definition, line.rank))
    sums = {
        column.name: column.adds(getattr(one, column.name), getattr(other, column.name))
        for column in COLUMNS[type(one)]
        if column.adds
    }
    return replace(words, **sums)
