"""The columns of a bilan's figures, declared once: name, header in files, what is told of them. Pure.

A column that is stored is a field of `Figure` or `RatioFigure` (with a default: older snapshots do not have it), one
that follows from others is a property; its row in FIGURES or RATIOS is all that files, the list of changes and the
snapshot need; that it adds up is said in `reporting.sent_lines`. Pages and paper print several of them in one cell:
`reporting.tables`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from french.words import NOT_GIVEN, percentage
from indicators.specs import Kind
from reporting import sayings
from reporting.figures import Figure, RatioFigure
from tabular.cells import PERCENT

GIVEN = "renseigné"
"""The number is there."""

NOTHING = "sans valeur"
"""There is nothing to count here: nothing was promised, nobody can be compared. Neither unknown nor zero."""

COMPANIES, CONVENTIONS, CELLS = "entreprises", "conventions", "réponses"
"""What a column counts, where that is not the unit of the line."""

DISTINCT = "distinct"
"""A flux that is not summed over time: a kind of its own here."""

FLUX = frozenset({str(Kind.FLUX)})
STOCK = frozenset({str(Kind.STOCK)})
FLOWS = FLUX | {DISTINCT}
COMPARED = FLOWS | STOCK
PROMISED = FLUX | STOCK | {str(Kind.YES_NO)}
EVERY = COMPARED | PROMISED


@dataclass(frozen=True)
class Column:
    """One thing that a line says: the attribute that holds it, and what becomes of it."""

    name: str
    file: str = ""
    """Its header in the files; empty, they do not have it."""
    kinds: frozenset[str] = EVERY
    """The kinds of indicators of which it says something."""
    missing: str = NOT_GIVEN
    """What a file says of None, in its status: « non renseigné » unless there is nothing to say."""
    unit: str = ""
    """What its number counts in a file, where that is not the unit of the line."""
    told: str | None = None
    """What the list of changes calls it, after the label of the line; None when a change of it is not told."""
    says: Callable[[Any, str], str] = sayings.with_unit  # Any: the value of the column
    """How the list of changes prints it, with the unit."""
    national: bool = True
    """Whether the totals of the nation have it too."""


def _percent(value: Decimal | None, _unit: str) -> str:
    return NOT_GIVEN if value is None else percentage(value)


def _answers(value: tuple[int, int, int], _unit: str) -> str:
    return sayings.answers_in_words(value)


FIGURES = (
    Column("code", file="Code"),
    Column("label", file="Indicateur"),
    Column("kind", file="Type", national=False),
    Column("unit_name", file="Unité"),
    Column("semester", file="Résultat du semestre", told="semestre"),
    Column("answers", told="réponses", says=_answers),
    Column("respondents", file="Réponses", unit=COMPANIES),
    Column("not_applicable", file="Sans objet", unit=COMPANIES),
    Column("silent", file="Silencieuses", unit=COMPANIES),
    Column("pending", file="Dont reçues, non validées", unit=COMPANIES),
    Column("asked", file="Réponses attendues", unit=COMPANIES),
    Column("previous", file="Semestre précédent"),
    Column("previous_respondents", file="Réponses au semestre précédent", unit=COMPANIES),
    Column(
        "constant",
        file="Variation à périmètre constant",
        kinds=COMPARED,
        missing=NOTHING,
        told="variation à périmètre constant",
        says=sayings.change_with_unit,
    ),
    Column("constant_companies", file="Entreprises comparées", kinds=COMPARED, unit=COMPANIES),
    Column("arrivals", file="Nouvelles réponses", kinds=COMPARED, missing=NOTHING),
    Column("departures", file="Réponses perdues", kinds=COMPARED, missing=NOTHING),
    Column("revised", file="Révisé depuis la transmission", kinds=COMPARED, missing=NOTHING),
    Column("last_known", file="Dernier état connu", kinds=STOCK, told="dernier état connu"),
    Column("carried", file="Dont repris du semestre précédent", kinds=STOCK, missing=NOTHING),
    Column("carried_companies", file="Entreprises reprises", kinds=STOCK, unit=COMPANIES),
    Column("cumulative", file="Cumul depuis le lancement", kinds=FLUX, told="cumul"),
    Column("cumulative_companies", file="Entreprises du cumul", kinds=FLUX, unit=COMPANIES),
    Column("tracked", file="Réalisé suivi", kinds=PROMISED, missing=NOTHING, told="réalisé suivi"),
    Column(
        "expected",
        file="Attendu à ce jour",
        kinds=PROMISED,
        missing=NOTHING,
        told="attendu à ce jour",
        says=sayings.promise,
    ),
    Column("expected_companies", file="Entreprises avec objectif", kinds=PROMISED, unit=COMPANIES),
    Column("rate", file="Taux de réalisation", kinds=FLUX | STOCK, missing=NOTHING, unit=PERCENT),
    Column("rate_answered", file="Taux sur les seules réponses", kinds=FLUX, missing=NOTHING, unit=PERCENT),
    Column("holes", file="Attendus sans valeur", kinds=FLUX, unit=CELLS),
    Column("untracked", file="Hors objectif", kinds=FLUX, missing=NOTHING),
    Column("objective", file="Objectif", kinds=FLOWS, missing=NOTHING, told="objectif", says=sayings.promise),
    Column("progress", file="Réalisé des conventions en vigueur", kinds=FLUX, missing=NOTHING),
    Column("overall", file="Avancement", kinds=FLUX, missing=NOTHING, unit=PERCENT),
    Column("objective_conventions", file="Conventions avec objectif", kinds=FLOWS, unit=CONVENTIONS),
    Column("definition"),
)
"""What is said of an indicator, in the order of files."""

RATIOS = (
    Column("code", file="Code"),
    Column("label", file="Indicateur"),
    Column("kind", file="Type"),
    Column("unit", file="Unité"),
    Column("percent", file="Résultat du semestre", told="", says=_percent),
    Column("answers", told="réponses", says=_answers),
    Column("respondents", file="Réponses", unit=COMPANIES),
    Column("asked", file="Réponses attendues", unit=COMPANIES),
    Column("previous", file="Semestre précédent"),
    Column("previous_respondents", file="Réponses au semestre précédent", unit=COMPANIES),
    Column("definition"),
    Column("numerator", file="Numérateur"),
    Column("denominator", file="Dénominateur"),
    Column("previous_numerator", file="Numérateur précédent"),
    Column("previous_denominator", file="Dénominateur précédent"),
)
"""What is said of a ratio; among indicators it stands under the columns that have the same header."""

COLUMNS: dict[type, tuple[Column, ...]] = {Figure: FIGURES, RatioFigure: RATIOS}

Line = TypeVar("Line", Figure, RatioFigure)


def told(line: Figure | RatioFigure) -> Iterator[tuple[str, str]]:
    """What the list of changes compares of a line, each with its name."""
    name = f"{line.label} ({line.code})"
    for column in COLUMNS[type(line)]:
        if column.told is not None and says(line, column):
            said = column.says(getattr(line, column.name), line.unit)
            yield (f"{name}, {column.told}" if column.told else name), said


def says(line: Figure | RatioFigure, column: Column) -> bool:
    """Whether a column says something of this line."""
    return isinstance(line, RatioFigure) or kind_of(line) in column.kinds


def kind_of(line: Figure | RatioFigure) -> str:
    """Its kind of indicator or ratio, DISTINCT being one of its own."""
    return DISTINCT if isinstance(line, Figure) and line.distinct else line.kind
