"""The lines of a bilan's figures as the files have them: numbers in their columns, words in columns of status. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from french.numbers import rounded
from french.words import NOT_APPLICABLE, NOT_COMPUTABLE, NOT_GIVEN
from reporting.columns import COLUMNS, COMPANIES, FIGURES, GIVEN, Column, says
from reporting.figures import Figure, RatioFigure
from tabular.cells import Cell, Quantity

NUMBER = "nombre"
"""The unit of what has none."""
STATUS, ABSENT = "Statut du résultat", "Autres valeurs absentes"
WORDS = ("code", "label", "kind", "unit_name", "unit")
"""The columns that are not numbers."""

FILE = tuple(column for column in FIGURES if column.file)
NATIONAL_FILE = tuple(column for column in FILE if column.national)


@dataclass(frozen=True)
class Said:
    """What a column says of a line: a number, or nothing and why."""

    column: Column
    value: Quantity | None
    unit: str
    """In a word: « entreprises », « € », « nombre »."""
    status: str


def headers(columns: Sequence[Column] = FILE) -> tuple[str, ...]:
    """Those of `wide`: the status stands behind the result of the semester."""
    names = [name for column in columns for name in (column.file, *([STATUS] if column.name == "semester" else []))]
    return (*names, ABSENT)


def wide(line: Figure | RatioFigure, columns: Sequence[Column] = FILE) -> tuple[Cell, ...]:
    """One row of a sheet; blank under a header that says nothing of this line, or that has no number to show."""
    own = {column.file: column for column in COLUMNS[type(line)] if column.file}
    cells: list[Cell] = []
    absent = []
    for column in columns:
        mine = own.get(column.file)
        if mine is None or not says(line, mine):
            cells.append("")
        elif mine.name in WORDS:
            cells.append(getattr(line, mine.name))
        else:
            said = said_of(line, mine)
            cells.append("" if said.value is None else said.value)
            if column.name == "semester":
                cells.append(said.status)
            elif said.status in {NOT_GIVEN, NOT_COMPUTABLE}:
                absent.append(f"{column.file}\u00a0: {said.status}")
    return (*cells, "\u00a0; ".join(absent))


def long(line: Figure | RatioFigure) -> Iterator[Said]:
    """Everything that is said of a line, one number after the other."""
    for column in COLUMNS[type(line)]:
        if column.file and column.name not in WORDS and says(line, column):
            yield said_of(line, column)


def said_of(line: Figure | RatioFigure, column: Column) -> Said:
    """The number of a column, fractions to two decimals; without one, why."""
    value = getattr(line, column.name)
    unit = column.unit or _unit(line, column)
    if value is None:
        return Said(column, None, unit or NUMBER, _why(line, column))
    return Said(column, Quantity(_number(value), unit), unit or NUMBER, GIVEN)


def _unit(line: Figure | RatioFigure, column: Column) -> str:
    """The terms of a ratio have a unit of their own, a yes is a company."""
    if isinstance(line, Figure):
        return COMPANIES if line.is_yes_no else line.unit
    return line.counted_in if column.name.endswith(("numerator", "denominator")) else line.unit


def _why(line: Figure | RatioFigure, column: Column) -> str:
    if column.name == "semester" and isinstance(line, Figure) and line.is_not_applicable:
        return NOT_APPLICABLE
    return NOT_COMPUTABLE if column.name in _not_computable(line) else column.missing


def _not_computable(line: Figure | RatioFigure) -> set[str]:
    """The columns in which companies answered and nothing can be divided."""
    if isinstance(line, Figure):
        wholes = {"rate": line.expected, "rate_answered": line.expected_answered, "overall": line.objective}
        return {name for name, whole in wholes.items() if whole == 0}
    counts = {"percent": line.respondents, "previous": line.previous_respondents}
    return {name for name, respondents in counts.items() if respondents}


def _number(value: int | Decimal | Fraction) -> int | Decimal:
    """A fraction to two decimals, none when it has none."""
    if not isinstance(value, Fraction):
        return value
    return Decimal(value.numerator) if value.denominator == 1 else rounded(value)
