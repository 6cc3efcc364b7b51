"""The bilan as JSON, the whole of it, and as CSV, its figures: for programs and for Excel in French."""

import csv
import io
import json
from datetime import date
from decimal import Decimal

from french.numbers import format_number
from reporting.bilan import BilanData
from reporting.codec import to_json_value
from reporting.renderers.tables import NOT_GIVEN, Cell, Table, figures, guarded

BOM = "\ufeff"
"""Excel reads UTF-8 only when told."""


def to_json(data: BilanData) -> bytes:
    """The whole value; the same value gives the same bytes."""
    return json.dumps(to_json_value(data), ensure_ascii=False, indent=2).encode()


def to_csv(data: BilanData) -> bytes:
    """The figures, one line per indicator, each line with its département, semester and version."""
    table = figures(data)
    key: tuple[Cell, ...] = (data.place.code, data.place.name, data.semester, data.version)
    return table_to_csv(
        Table(
            table.title,
            ("Code département", "Département", "Semestre", "Version", *table.headers),
            tuple((*key, *row) for row in table.rows),
        )
    )


def table_to_csv(table: Table) -> bytes:
    """French CSV: semicolons, decimal comma, byte order mark, « non renseigné » where nothing is known."""
    text = io.StringIO()
    text.write(BOM)
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(table.headers)
    writer.writerows([_printed(cell) for cell in row] for row in table.rows)
    return text.getvalue().encode()


def _printed(cell: Cell) -> str:
    if cell is None:
        return NOT_GIVEN
    if isinstance(cell, Decimal):
        # Without thousands: a spreadsheet reads « 1 234 » as text.
        return format_number(cell).replace("\u202f", "")
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    return str(guarded(cell))
