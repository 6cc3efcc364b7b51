"""The columns of a bilan's figures, declared once: name, header in files, how they add up, what is told of them. Pure.

A column that is stored is a field of `Figure` or `RatioFigure` (with a default: older snapshots do not have it), one
that follows from others is a property; its row in FIGURES or RATIOS is all that files, the national sum, the list of
changes and the snapshot need. Pages and paper print several of them in one cell: `reporting.tables`.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from operator import add
from typing import Any, TypeVar

from french.numbers import rounded
from french.words import NOT_APPLICABLE, NOT_COMPUTABLE, NOT_GIVEN, percentage
from indicators.specs import Kind
from reporting import sayings
from reporting.figures import Figure, RatioFigure
from tabular.cells import Cell

DISTINCT = "distinct"
"""A flux that is not summed over time: a kind of its own here."""

FLUX = frozenset({str(Kind.FLUX)})
STOCK = frozenset({str(Kind.STOCK)})
FLOWS = FLUX | {DISTINCT}
COMPARED = FLOWS | STOCK
PROMISED = FLUX | STOCK | {str(Kind.YES_NO)}
EVERY = COMPARED | PROMISED


def total(one: Any, other: Any) -> Any:  # Any: two numbers of one kind, and their sum
    """The sum of what is known; None when nothing is. How many answered is counted beside it, never guessed from it."""
    if one is None or other is None:
        return one if other is None else other
    return one + other


@dataclass(frozen=True)
class Column:
    """One thing that a line says: the attribute that holds it, and what becomes of it."""

    name: str
    file: str = ""
    """Its header in the files; empty, they do not have it."""
    kinds: frozenset[str] = EVERY
    """The kinds of indicators of which it says something."""
    missing: Cell = None
    """What a file has for None: « non renseigné » unless there is nothing to say."""
    told: str | None = None
    """What the list of changes calls it, after the label of the line; None when a change of it is not told."""
    says: Callable[[Any, str], str] = sayings.with_unit  # Any: the value of the column
    """How the list of changes prints it, with the unit."""
    adds: Callable[[Any, Any], Any] | None = None  # Any: two values of the column, and their sum
    """How it adds up across départements; None when it follows from others, or is a word and not a number."""
    national: bool = True
    """Whether the totals of the nation have it too."""


def _percent(value: Decimal | None, _unit: str) -> str:
    return NOT_GIVEN if value is None else percentage(value)


def _answers(value: tuple[int, int, int], _unit: str) -> str:
    return sayings.answers_in_words(value)


NOTHING = ""
FIGURES = (
    Column("code", file="Code"),
    Column("label", file="Indicateur"),
    Column("kind", file="Type", national=False),
    Column("unit_name", file="Unité"),
    Column("semester", file="Résultat du semestre", told="semestre", adds=total),
    Column("answers", told="réponses", says=_answers),
    Column("respondents", file="Réponses", adds=add),
    Column("not_applicable", file="Sans objet", adds=add),
    Column("silent", file="Silencieuses", adds=add),
    Column("pending", file="Dont reçues, non validées", adds=add),
    Column("asked", file="Réponses attendues", adds=add),
    Column("previous", file="Semestre précédent", adds=total),
    Column("previous_respondents", file="Réponses au semestre précédent", adds=add),
    Column(
        "constant",
        file="Variation à périmètre constant",
        kinds=COMPARED,
        missing=NOTHING,
        told="variation à périmètre constant",
        says=sayings.change_with_unit,
        adds=total,
    ),
    Column("constant_companies", file="Entreprises comparées", kinds=COMPARED, adds=add),
    Column("arrivals", file="Nouvelles réponses", kinds=COMPARED, missing=NOTHING, adds=total),
    Column("departures", file="Réponses perdues", kinds=COMPARED, missing=NOTHING, adds=total),
    Column("revised", file="Révisé depuis la transmission", kinds=COMPARED, missing=NOTHING, adds=total),
    Column("last_known", file="Dernier état connu", kinds=STOCK, told="dernier état connu", adds=total),
    Column("carried", file="Dont repris du semestre précédent", kinds=STOCK, missing=NOTHING, adds=total),
    Column("carried_companies", file="Entreprises reprises", kinds=STOCK, adds=add),
    Column("cumulative", file="Cumul depuis le lancement", kinds=FLUX, told="cumul", adds=total),
    Column("cumulative_companies", file="Entreprises du cumul", kinds=FLUX, adds=add),
    Column("tracked", file="Réalisé suivi", kinds=PROMISED, missing=NOTHING, told="réalisé suivi", adds=total),
    Column(
        "expected",
        file="Attendu à ce jour",
        kinds=PROMISED,
        missing=NOTHING,
        told="attendu à ce jour",
        says=sayings.promise,
        adds=total,
    ),
    Column("expected_companies", file="Entreprises avec objectif", kinds=PROMISED, adds=add),
    Column("rate", file="Taux de réalisation (%)", kinds=FLUX | STOCK, missing=NOTHING),
    Column("rate_answered", file="Taux sur les seules réponses (%)", kinds=FLUX, missing=NOTHING),
    Column("holes", file="Attendus sans valeur", kinds=FLUX, adds=add),
    Column("untracked", file="Hors objectif", kinds=FLUX, missing=NOTHING),
    Column(
        "objective", file="Objectif", kinds=FLOWS, missing=NOTHING, told="objectif", says=sayings.promise, adds=total
    ),
    Column("progress", file="Réalisé des conventions en vigueur", kinds=FLUX, missing=NOTHING, adds=total),
    Column("overall", file="Avancement (%)", kinds=FLUX, missing=NOTHING),
    Column("objective_conventions", file="Conventions avec objectif", kinds=FLOWS, adds=add),
    Column("definition", file="Définition", national=False),
    Column("expected_answered", kinds=FLUX, adds=total),
    Column("depth", adds=min),
)
"""What is said of an indicator, in the order of files."""

RATIOS = (
    Column("code", file="Code"),
    Column("label", file="Indicateur"),
    Column("kind", file="Type"),
    Column("unit", file="Unité"),
    Column("percent", file="Résultat du semestre", told="", says=_percent),
    Column("answers", told="réponses", says=_answers),
    Column("respondents", file="Réponses", adds=add),
    Column("asked", file="Réponses attendues", adds=add),
    Column("previous", file="Semestre précédent"),
    Column("previous_respondents", file="Réponses au semestre précédent", adds=add),
    Column("definition", file="Définition"),
    Column("numerator", adds=total),
    Column("denominator", adds=total),
    Column("previous_numerator", adds=total),
    Column("previous_denominator", adds=total),
)
"""What is said of a ratio; among indicators it stands under the columns that have the same header."""

COLUMNS: dict[type, tuple[Column, ...]] = {Figure: FIGURES, RatioFigure: RATIOS}

FILE = tuple(column for column in FIGURES if column.file)
NATIONAL_FILE = tuple(column for column in FILE if column.national)

Line = TypeVar("Line", Figure, RatioFigure)


def file_row(line: Figure | RatioFigure, columns: Sequence[Column] = FILE) -> tuple[Cell, ...]:
    """The cells of a line in a file, numbers as numbers; empty under a header that says nothing of this line."""
    own = {column.file: column for column in COLUMNS[type(line)] if column.file}
    return tuple(_file_cell(line, own.get(column.file)) for column in columns)


def told(line: Figure | RatioFigure) -> Iterator[tuple[str, str]]:
    """What the list of changes compares of a line, each with its name."""
    name = f"{line.label} ({line.code})"
    for column in COLUMNS[type(line)]:
        if column.told is not None and _says(line, column):
            said = column.says(getattr(line, column.name), line.unit)
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


def _says(line: Figure | RatioFigure, column: Column) -> bool:
    """Whether a column says something of this line."""
    if isinstance(line, RatioFigure):
        return True
    return (DISTINCT if line.distinct else line.kind) in column.kinds


def _file_cell(line: Figure | RatioFigure, column: Column | None) -> Cell:
    if column is None or not _says(line, column):
        return NOTHING
    value = getattr(line, column.name)
    if value is None:
        if column.name == "semester" and isinstance(line, Figure) and line.is_not_applicable:
            return NOT_APPLICABLE
        return NOT_COMPUTABLE if column.name in _not_computable(line) else column.missing
    return _number(value) if isinstance(value, Fraction) else value


def _not_computable(line: Figure | RatioFigure) -> set[str]:
    """The columns in which companies answered and nothing can be divided."""
    if isinstance(line, Figure):
        wholes = {"rate": line.expected, "rate_answered": line.expected_answered, "overall": line.objective}
        return {name for name, whole in wholes.items() if whole == 0}
    counts = {"percent": line.respondents, "previous": line.previous_respondents}
    return {name for name, respondents in counts.items() if respondents}


def _number(value: Fraction) -> Decimal:
    """A fraction to two decimals, none when it has none."""
    return Decimal(value.numerator) if value.denominator == 1 else rounded(value)
