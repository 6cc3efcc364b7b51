"""Writes tables as CSV, XLSX and ODS with typed cells, row after row: no format needs all the rows in memory."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import chain, islice
from typing import IO
from xml.sax.saxutils import escape, quoteattr

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from french.numbers import NARROW_SPACE, format_number
from french.words import short_date
from tabular.cells import Cell, Table, guarded, written

BOM = "\ufeff"
"""Excel reads UTF-8 only when told."""

NARROWEST, WIDEST = 10, 60
WRAPPED = Alignment(vertical="top", wrap_text=True)
"""Several lines are shown as lines."""
SAMPLE = 200
"""Rows that say how wide a column is."""

_SPACES = re.compile(r"^ | {2,}")

ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_ODS_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    f'<manifest:manifest xmlns:manifest="{_OASIS}:manifest:1.0" manifest:version="1.2">'
    f'<manifest:file-entry manifest:full-path="/" manifest:version="1.2" manifest:media-type="{ODS_TYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)
_ODS_START = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    f'<office:document-content xmlns:office="{_OASIS}:office:1.0" xmlns:table="{_OASIS}:table:1.0" '
    f'xmlns:text="{_OASIS}:text:1.0" office:version="1.2"><office:body><office:spreadsheet>'
)
_ODS_END = "</office:spreadsheet></office:body></office:document-content>"


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


def to_xlsx(tables: Iterable[Table], *, unknown: str) -> bytes:
    """One sheet per table, headers in bold and frozen."""
    workbook = Workbook(write_only=True)
    for table in tables:
        _fill_sheet(workbook, table, unknown)
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def to_ods(tables: Iterable[Table], *, unknown: str) -> bytes:
    """One sheet per table. Written by hand: odfpy builds the whole document first, twenty times as long."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", ODS_TYPE, compress_type=zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", _ODS_MANIFEST)
        with archive.open("content.xml", "w", force_zip64=True) as content:
            content.write(_ODS_START.encode())
            for table in tables:
                _write_ods_table(content, table, unknown)
            content.write(_ODS_END.encode())
    return file.getvalue()


def _printed(cell: Cell, unknown: str) -> str:
    if cell is None:
        return unknown
    if isinstance(cell, Decimal):
        # Without thousands: a spreadsheet reads « 1 234 » as text.
        return format_number(cell).replace(NARROW_SPACE, "")
    if isinstance(cell, date):
        return short_date(cell)
    return guarded(cell) if isinstance(cell, str) else str(cell)


def _fill_sheet(workbook: Workbook, table: Table, unknown: str) -> None:
    sheet = workbook.create_sheet(table.title)
    sheet.freeze_panes = f"A{table.above + 2}"
    rows = iter(table.rows)
    # A sheet that is written as it comes wants its widths first.
    sample = list(islice(rows, SAMPLE))
    for letter, width in _widths(table.headers, sample):
        sheet.column_dimensions[letter].width = width
    for _ in range(table.above):
        sheet.append([])
    sheet.append([_header(sheet, title) for title in table.headers])
    for row in chain(sample, rows):
        sheet.append([_typed(sheet, written(cell, unknown=unknown)) for cell in row])


def _widths(headers: Sequence[Cell], sample: Sequence[Sequence[Cell]]) -> Iterator[tuple[str, int]]:
    for number, column in enumerate(zip(headers, *sample, strict=True), start=1):
        longest = max(len(str(cell)) for cell in column)
        yield get_column_letter(number), min(max(longest + 2, NARROWEST), WIDEST)


def _header(sheet: WriteOnlyWorksheet, title: str) -> SheetCell:
    cell = _text(sheet, str(written(title, unknown="")))
    cell.font = Font(bold=True)
    cell.alignment = WRAPPED
    return cell


def _typed(sheet: WriteOnlyWorksheet, value: str | int | Decimal | date) -> SheetCell | int | Decimal | date | None:
    if isinstance(value, str):
        return _text(sheet, value) if value else None
    return value


def _text(sheet: WriteOnlyWorksheet, text: str) -> SheetCell:
    """Text is said to be text, whatever it looks like: identifiers keep their zeros and nothing is a formula."""
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"
    if "\n" in text:
        cell.alignment = WRAPPED
    return cell


def _write_ods_table(content: IO[bytes], table: Table, unknown: str) -> None:
    content.write(f"<table:table table:name={quoteattr(table.title)}>".encode())
    for row in table.lines():
        cells = "".join(_ods_cell(written(cell, unknown=unknown)) for cell in row)
        content.write(f"<table:table-row>{cells}</table:table-row>".encode())
    content.write(b"</table:table>")


def _ods_cell(value: str | int | Decimal | date) -> str:
    if isinstance(value, date):
        kind, text = f'date" office:date-value="{value.isoformat()}', short_date(value)
    elif isinstance(value, str):
        kind, text = "string", value
    else:
        number = f"{value:f}" if isinstance(value, Decimal) else str(value)
        kind, text = f'float" office:value="{number}', number.replace(".", ",")
    lines = "".join(f"<text:p>{_spaced(line)}</text:p>" for line in text.split("\n"))
    return f'<table:table-cell office:value-type="{kind}">{lines}</table:table-cell>'


def _spaced(line: str) -> str:
    """OpenDocument makes one space of several, unless they are counted."""
    return _SPACES.sub(lambda run: f'<text:s text:c="{len(run[0])}"/>', escape(line)).replace("\t", "<text:tab/>")
