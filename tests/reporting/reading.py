"""What a document says once it is made: the words of a page or a PDF, the rows of a file."""

import csv
import io
import re

from odf.opendocument import load as load_ods
from odf.table import Table as OdsTable
from odf.table import TableCell, TableRow
from odf.teletype import extractText
from pypdf import PdfReader


def text_of(content: bytes) -> str:
    """The words of a PDF, spaces of every kind as one space."""
    pages = PdfReader(io.BytesIO(content)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


def words(html: str) -> str:
    """The words of a page, spaces of every kind as one space."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def lines_of_csv(content: bytes) -> list[list[str]]:
    """The lines of a French CSV, headers first."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def ods_rows(content: bytes, title: str) -> list[list[str]]:
    """The rows of one sheet, headers first: the number that a program reads, or the text."""
    sheets = load_ods(io.BytesIO(content)).spreadsheet.getElementsByType(OdsTable)
    sheet = next(sheet for sheet in sheets if sheet.getAttribute("name") == title)
    rows = [row.getElementsByType(TableCell) for row in sheet.getElementsByType(TableRow)]
    return [[cell.getAttribute("value") or extractText(cell) for cell in row] for row in rows]
