"""Writes tables as XLSX, one sheet each, row after row: typed cells, headers that stay in sight, pages that print."""

import io
from collections.abc import Iterable, Iterator
from datetime import UTC, date
from decimal import Decimal
from tempfile import TemporaryFile
from textwrap import shorten
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.cell import WriteOnlyCell
from openpyxl.packaging.core import DocumentProperties
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.page import PageMargins
from openpyxl.writer.excel import ExcelWriter

from tabular.archives import SteadyArchive, parts_of
from tabular.cells import MONEY, PERCENT, About, Quantity, Table, written
from tabular.sheets import lines, sampled

WRAPPED = Alignment(vertical="top", wrap_text=True)
"""Several lines are shown as lines."""
LEFT = Alignment(vertical="top", horizontal="left")
RIGHT = Alignment(vertical="top", horizontal="right", indent=1)
"""Away from the text of the next column."""
DAY, GENERAL = "dd/mm/yyyy", "General"
FORMATS = {MONEY: ('#,##0\\ "€"', '#,##0.00\\ "€"'), PERCENT: ("0.0\\ %", "0.0\\ %")}
PLAIN = ("#,##0", "#,##0.00")
"""How a number is shown: without and with decimals."""
LINE, HIGHEST = 15, 409
"""Points; Excel has no higher row."""
LONGEST_NAME = 31
"""Characters of the name of a sheet: Excel repairs a workbook that has a longer one."""
A4 = 9
MARGIN = 0.4
"""In inches."""


def to_xlsx(tables: Iterable[Table], *, unknown: str, about: About | None = None) -> bytes:
    """One sheet per table; `unknown` stands for what nobody gave. With `about`, the same tables give the same bytes."""
    file = io.BytesIO()
    _write(file, tables, unknown=unknown, about=about)
    return file.getvalue()


def xlsx_parts(tables: Iterable[Table], *, unknown: str, about: About | None = None) -> Iterator[bytes]:
    """The same workbook part after part, from a file of the disk: however long it is, it takes no memory."""
    with TemporaryFile() as file:
        _write(file, tables, unknown=unknown, about=about)
        yield from parts_of(file)


def _write(file: IO[bytes], tables: Iterable[Table], *, unknown: str, about: About | None) -> None:
    workbook = Workbook(write_only=True)
    workbook.properties = _properties(about)
    for table in tables:
        _fill_sheet(workbook, table, unknown)
    # Not `workbook.save`, which writes the clock among the properties.
    with SteadyArchive(file, "w") as archive:
        ExcelWriter(workbook, archive).write_data()


def _properties(about: About | None) -> DocumentProperties:
    """Without a word about it, the file is of the instant at which it is written, and of nobody."""
    if about is None:
        return DocumentProperties(creator=None)
    made = about.made_at.astimezone(UTC).replace(tzinfo=None)
    return DocumentProperties(creator=about.author, title=about.title, language="fr-FR", created=made, modified=made)


def _fill_sheet(workbook: Workbook, table: Table, unknown: str) -> None:
    sheet = workbook.create_sheet(shorten(table.title, LONGEST_NAME, placeholder="…"))
    widths, rows = sampled(table)
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    _set_page(sheet, table)
    aligned = LEFT if table.leftward else RIGHT
    for row in table.above:
        sheet.append([_typed(sheet, written(cell, unknown=""), LEFT, wrapped=False) for cell in row])
    sheet.row_dimensions[len(table.above) + 1].height = lines(zip(table.headers, widths, strict=False)) * LINE
    sheet.append([_header(sheet, title) for title in table.headers])
    for number, row in enumerate(rows, start=len(table.above) + 2):
        cells = [written(cell, unknown=unknown) for cell in row]
        if (high := lines(zip(cells, widths, strict=False))) > 1:
            # LibreOffice does not find out by itself how high a row is.
            sheet.row_dimensions[number].height = min(high * LINE, HIGHEST)
        sheet.append([_typed(sheet, cell, aligned, wrapped=high > 1) for cell in cells])


def _set_page(sheet: Any, table: Table) -> None:  # Any: the stubs know half of a sheet that is written as it comes
    """Landscape, as many pages wide as the table says, the headers and the columns that stay on each of them."""
    first = len(table.above) + 1
    sheet.freeze_panes = f"{get_column_letter(table.still + 1)}{first + 1}"
    sheet.print_title_rows = f"{first}:{first}"
    if table.still:
        sheet.print_title_cols = f"A:{get_column_letter(table.still)}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = table.across, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.gridLines = True
    sheet.page_margins = PageMargins(MARGIN, MARGIN, MARGIN, 2 * MARGIN, header=MARGIN / 2, footer=MARGIN / 2)
    sheet.oddFooter.left.text, sheet.oddFooter.right.text = "&A", "&P / &N"


def _header(sheet: WriteOnlyWorksheet, title: str) -> SheetCell:
    cell = _text(sheet, str(written(title, unknown="")), wrapped=True)
    cell.font = Font(name="Calibri", size=11, bold=True)
    return cell


def _typed(
    sheet: WriteOnlyWorksheet, value: str | int | Decimal | date | Quantity, aligned: Alignment, *, wrapped: bool
) -> SheetCell | None:
    if isinstance(value, str):
        return _text(sheet, value, wrapped=wrapped) if value else None
    if isinstance(value, Quantity):
        return _shaped(sheet, value.stored, FORMATS.get(value.unit, PLAIN)[not value.is_whole], aligned)
    return _shaped(sheet, value, DAY if isinstance(value, date) else GENERAL, aligned)


def _shaped(
    sheet: WriteOnlyWorksheet, value: int | Decimal | date, number_format: str, aligned: Alignment
) -> SheetCell:
    cell = WriteOnlyCell(sheet, value=value)  # type: ignore[arg-type]  # the stubs forget decimals and days
    cell.number_format, cell.alignment = number_format, aligned
    return cell


def _text(sheet: WriteOnlyWorksheet, text: str, *, wrapped: bool) -> SheetCell:
    """Text is said to be text, whatever it looks like: identifiers keep their zeros and nothing is a formula."""
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"
    if wrapped:
        cell.alignment = WRAPPED
    return cell
