"""Workbooks as programs and people leave them: filters, hidden columns, formats on blank cells, formulas, styles."""

import io
from collections.abc import Sequence
from datetime import date

from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table as SheetTable
from openpyxl.worksheet.worksheet import Worksheet

from tabular.annotating import annotated
from tabular.reading import read_table
from tabular.writing import to_xlsx
from tests.files.recipes import archive, ods_of, text, workbook

Row = Sequence[str]


def started(titles: Row, row: Row) -> tuple[Workbook, Worksheet]:
    """A workbook with both rows, to be dressed."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(list(titles))
    sheet.append(list(row))
    return book, sheet


def bytes_of(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def tabled(titles: Row, row: Row) -> bytes:
    """An Excel « tableau » with its filter, under frozen panes."""
    book, sheet = started(titles, row)
    sheet.add_table(SheetTable(displayName="Tableau1", ref=f"A1:{get_column_letter(len(titles))}2"))
    sheet.freeze_panes = "B2"
    return bytes_of(book)


def partly_hidden(titles: Row, row: Row) -> bytes:
    """A filtered list: a row and a column that are hidden are sent all the same."""
    book, sheet = started(titles, row)
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(titles))}2"
    sheet.column_dimensions["B"].hidden = sheet.row_dimensions[2].hidden = True
    return bytes_of(book)


def coloured_far(titles: Row, row: Row) -> bytes:
    """Blank cells that were given a colour, twenty columns and two hundred rows too far."""
    book, sheet = started(titles, row)
    for line in range(1, 201):
        for column in range(1, len(titles) + 20):
            sheet.cell(line, column).fill = PatternFill("solid", fgColor="FFEE88")
    return bytes_of(book)


def typed(titles: Row, row: Row) -> bytes:
    """Days that are days, and numbers that are numbers: a SIRET has lost its zeros."""
    return workbook(titles, [_typed(cell) for cell in row])


def _typed(cell: str) -> object:
    if cell == "08/02/2019":
        return date(2019, 2, 8)
    return int(cell) if cell.isdecimal() else cell


def computed(titles: Row, row: Row) -> bytes:
    """Every cell is the result of a formula, kept beside it."""
    lines = ("".join(f'<c t="str"><f>Feuille2!A1</f><v>{cell}</v></c>' for cell in line) for line in (titles, row))
    return archive("".join(f"<row>{line}</row>" for line in lines))


def partly_bold(titles: Row, row: Row) -> bytes:
    """Titles whose first letter is bold: two pieces of text in one cell."""
    book, sheet = started(titles, row)
    for cell, title in zip(sheet[1], titles, strict=True):
        cell.value = CellRichText(TextBlock(InlineFont(b=True), title[0]), title[1:])
    return bytes_of(book)


def of_libreoffice(titles: Row, row: Row) -> bytes:
    """As LibreOffice saves it: columns and styles said first, what is blank repeated to the end of the sheet."""
    cell = '<table:table-cell table:style-name="ce1" office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    rest = '<table:table-cell table:number-columns-repeated="16000"/>'
    lines = ("".join(cell.format(text) for text in line) for line in (titles, row))
    return ods_of(
        '<table:table-column table:style-name="co1" table:number-columns-repeated="16384"/>'
        + "".join(f'<table:table-row table:style-name="ro1">{line}{rest}</table:table-row>' for line in lines)
        + f'<table:table-row table:number-rows-repeated="1048574">{rest}</table:table-row>',
        **{"styles.xml": "<a/>", "settings.xml": "<a/>", "meta.xml": "<a/>", "META-INF/manifest.xml": "<a/>"},
    )


def corrected(titles: Row, row: Row) -> bytes:
    """A file that was refused, given back annotated and put right."""
    return to_xlsx([annotated(read_table(text(titles, row)), {2: ["Nom\u00a0: Ce champ est vide."]})], unknown="")
