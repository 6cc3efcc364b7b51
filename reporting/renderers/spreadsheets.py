"""The bilan as a workbook, XLSX or ODS: one sheet per box, numbers as numbers, no text that runs as a formula."""

import io
import re
from datetime import date
from decimal import Decimal

from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table as OdsTable
from odf.table import TableCell, TableRow
from odf.text import P
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from reporting.bilan import BilanData
from reporting.renderers.tables import NOT_GIVEN, Cell, Table, guarded, tables

FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""What XML cannot hold: a workbook with one of them does not open."""

WIDEST = 60


def to_xlsx(data: BilanData) -> bytes:
    """The whole bilan as an Excel workbook."""
    return tables_to_xlsx(tables(data))


def to_ods(data: BilanData) -> bytes:
    """The whole bilan as an OpenDocument workbook."""
    return tables_to_ods(tables(data))


def tables_to_xlsx(sheets: tuple[Table, ...]) -> bytes:
    """One sheet per table, headers in bold and frozen."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for table in sheets:
        _fill(workbook.create_sheet(table.title), table)
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def _fill(sheet: Worksheet, table: Table) -> None:
    sheet.append(list(table.headers))
    for row in table.rows:
        sheet.append([_written(cell) for cell in row])
    for header in sheet[1]:
        header.font = Font(bold=True)
        header.alignment = Alignment(vertical="top", wrap_text=True)
    sheet.freeze_panes = "A2"
    for number, column in enumerate(zip(table.headers, *table.rows, strict=True), start=1):
        longest = max(len(str(cell)) for cell in column)
        sheet.column_dimensions[get_column_letter(number)].width = min(max(longest + 2, 10), WIDEST)


def _written(cell: Cell) -> str | int | Decimal | date:
    """What goes into a cell; « non renseigné » rather than an empty cell that adds up as zero."""
    if cell is None:
        return NOT_GIVEN
    if isinstance(cell, str):
        return FORBIDDEN.sub("", str(guarded(cell)))[:32767]
    return cell


def tables_to_ods(sheets: tuple[Table, ...]) -> bytes:
    """One sheet per table."""
    document = OpenDocumentSpreadsheet()
    for table in sheets:
        sheet = OdsTable(name=table.title)
        for row in (table.headers, *table.rows):
            line = TableRow()
            for cell in row:
                line.addElement(_ods_cell(_written(cell)))
            sheet.addElement(line)
        document.spreadsheet.addElement(sheet)
    file = io.BytesIO()
    document.write(file)
    return file.getvalue()


def _ods_cell(value: str | int | Decimal | date) -> TableCell:
    if isinstance(value, date):
        cell = TableCell(valuetype="date", datevalue=value.isoformat())
        text = f"{value:%d/%m/%Y}"
    elif isinstance(value, str):
        cell, text = TableCell(valuetype="string"), value
    else:
        cell = TableCell(valuetype="float", value=f"{value:f}" if isinstance(value, Decimal) else str(value))
        text = str(value).replace(".", ",")
    for line in text.split("\n"):
        cell.addElement(P(text=line))
    return cell
