"""The bilan as JSON, the whole of it, and as CSV, its figures: for programs and for Excel in French."""

from collections.abc import Iterator

from reporting.bilan import BilanData
from reporting.codec import to_json
from reporting.figures import Figure, RatioFigure
from reporting.rows import long
from tabular import writing
from tabular.cells import Cell, Table

__all__ = ["MEASURE", "measures", "to_csv", "to_json"]

MEASURE = ("Clé", "Mesure", "Valeur", "Unité", "Statut")
"""What a line of a long CSV says: the key of the JSON file, the header of the workbooks, the number or why none."""


def to_csv(data: BilanData) -> bytes:
    """The figures, one line per indicator and measure: made to be filtered and turned into a pivot table."""
    place: tuple[Cell, ...] = (
        data.place.code,
        data.place.name,
        data.semester,
        data.version if data.numbered else "projet",
    )
    rows = (
        (*place, axis.label, line.code, line.label, line.kind, *measure)
        for axis in data.axes
        for line in axis.lines
        for measure in measures(line)
    )
    names = ("Code département", "Département", "Semestre", "Version", "Axe", "Code", "Indicateur", "Type", *MEASURE)
    return writing.to_csv(Table("Mesures", names, rows), unknown="")


def measures(line: Figure | RatioFigure) -> Iterator[tuple[Cell, ...]]:
    """What is said of a line, under MEASURE."""
    for said in long(line):
        yield said.column.name, said.column.file, "" if said.value is None else said.value, said.unit, said.status
