"""The targets that a row of a file names, one column for each indicator and each of its three years. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from conventions.expected import YEARS
from conventions.target_grid import TargetKey, cell_name, read, rows_of
from french.numbers import format_number
from french.order import folded
from french.words import NO, YES
from indicators.catalogue import Catalogue
from indicators.specs import Axis, IndicatorSpec, Kind
from tabular.cells import Cell
from tabular.importing import FileRow

ANSWERS = {YES: "1", NO: "0"}
"""What the target of a yes or no is, in words."""


@dataclass(frozen=True)
class ReadTargets:
    """The cells that a row has, None for a blank one, and the sentences of those that cannot be, by column."""

    values: Mapping[TargetKey, Decimal | None]
    faults: Mapping[str, list[str]]


def specs_of(catalogues: Iterable[Catalogue]) -> dict[str, IndicatorSpec]:
    """The indicators that one may promise in any of these versions, by code; the last version says them."""
    return {spec.code: spec for catalogue in catalogues for spec in catalogue.indicators if spec.targetable}


def columns_of(codes: Iterable[str]) -> dict[str, TargetKey]:
    """« REC-01 année 2 » for each."""
    return {f"{code} année {year}": (code, year) for code in codes for year in YEARS}


def aliases_of(columns: Mapping[str, TargetKey]) -> dict[str, str]:
    """How people shorten them: « REC-01 an 2 », « REC-01 A2 », « REC-01 2 », folded."""
    shorter = ("{} an {}", "{} a{}", "{} annee{}", "{} {}")
    return {folded(form.format(*key)): column for column, key in columns.items() for form in shorter}


def read_targets(
    row: FileRow, columns: Mapping[str, TargetKey], *, catalogue: Catalogue, axes: Collection[Axis], starts_on: date
) -> ReadTargets:
    """What the row promises, by the rules of the page. A column that the file has not leaves the target as it was."""
    typed = {key: row.cells[column].strip() for column, key in columns.items() if column in row.cells}
    named = {key: column for column, key in columns.items()}
    sent = {cell_name(*key): ANSWERS.get(folded(text), text) for key, text in typed.items()}
    reading = read(rows_of(catalogue, axes, starts_on), starts_on, sent)
    faults = {named[key]: [sentence] for key, sentence in reading.errors.items()}
    strays = (key for key, text in typed.items() if text and key not in reading.texts)
    return ReadTargets(reading.values, faults | {named[key]: [_why(key[0], catalogue, axes)] for key in strays})


def target_text(spec: IndicatorSpec, value: Decimal | None) -> str:
    """A target as the preview shows it."""
    if value is None:
        return ""
    return spec.said(value) if spec.kind is Kind.YES_NO else format_number(value)


def target_cell(spec: IndicatorSpec, value: Decimal | None) -> Cell:
    """The same in a file: a number stays one."""
    return target_text(spec, value) if spec.kind is Kind.YES_NO else value


def _why(code: str, catalogue: Catalogue, axes: Collection[Axis]) -> str:
    """Why an indicator gets no target here."""
    spec = catalogue.by_code.get(code)
    if spec is None:
        return "Cet indicateur n’existe pas dans la version du catalogue de cette convention\u00a0: videz la cellule."
    if spec.axis not in axes:
        return f"Cet indicateur est de l’axe « {spec.axis.label} », que cette ligne ne retient pas."
    return "Cet indicateur n’existe pas pendant cette année de la convention\u00a0: videz la cellule."
