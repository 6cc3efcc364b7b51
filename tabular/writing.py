"""Writes tables as CSV, XLSX and ODS with typed cells, row after row: no format needs all the rows in memory."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from french.numbers import NARROW_SPACE, format_number
from french.words import short_date
from tabular.cells import Cell, Quantity, Table, guarded
from tabular.ods_writing import ods_parts, to_ods
from tabular.xlsx_writing import to_xlsx, xlsx_parts

__all__ = ["csv_lines", "ods_parts", "to_csv", "to_ods", "to_xlsx", "xlsx_parts"]

BOM = "\ufeff"
"""Excel reads UTF-8 only when told."""


def csv_lines(table: Table, *, unknown: str) -> Iterator[bytes]:
    """French CSV, line by line: semicolons, decimal comma, byte order mark; `unknown` stands for what nobody gave."""
    text = io.StringIO(newline="")
    text.write(BOM)
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    for row in table.lines():
        writer.writerow([_printed(cell, unknown) for cell in row])
        yield text.getvalue().encode()
        text.seek(0)
        text.truncate()


def to_csv(table: Table, *, unknown: str) -> bytes:
    """The whole of `csv_lines`."""
    return b"".join(csv_lines(table, unknown=unknown))


def _printed(cell: Cell, unknown: str) -> str:
    if cell is None:
        return unknown
    if isinstance(cell, Quantity):
        return _printed(cell.value, unknown)
    if isinstance(cell, Decimal):
        # Without thousands: a spreadsheet reads « 1 234 » as text.
        return format_number(cell).replace(NARROW_SPACE, "")
    if isinstance(cell, date):
        return short_date(cell)
    return guarded(cell) if isinstance(cell, str) else str(cell)
