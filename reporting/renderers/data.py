"""The bilan as JSON, the whole of it, and as CSV, its figures: for programs and for Excel in French."""

from french.words import NOT_GIVEN
from reporting.bilan import BilanData
from reporting.codec import to_json
from reporting.renderers.tables import figures
from tabular import writing
from tabular.cells import Cell, Table

__all__ = ["to_csv", "to_json"]


def to_csv(data: BilanData) -> bytes:
    """The figures, one line per indicator, each line with its département, semester and version."""
    table = figures(data)
    key: tuple[Cell, ...] = (data.place.code, data.place.name, data.semester, data.version)
    keyed = Table(
        table.title,
        ("Code département", "Département", "Semestre", "Version", *table.headers),
        tuple((*key, *row) for row in table.rows),
    )
    return writing.to_csv(keyed, unknown=NOT_GIVEN)
