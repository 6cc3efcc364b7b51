"""Reads the visible sheet that says something of an OpenDocument workbook checked before, element after element."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date
from xml.etree.ElementTree import Element, ParseError

from defusedxml.ElementTree import iterparse
from openpyxl.utils import get_column_letter

from french.words import short_date
from tabular.limits import MAX_ROWS, WIDEST, FileRefused, too_many_columns, too_many_rows
from tabular.workbook_check import DAMAGED, LOCKED
from tabular.workbook_reading import ONE_SHEET, error_in, number_text

_OASIS = "{urn:oasis:names:tc:opendocument:xmlns"
_TABLE, _OFFICE, _TEXT, _STYLE = (f"{_OASIS}:{name}:1.0}}" for name in ("table", "office", "text", "style"))
_CELLS = {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"

Rows = Iterator[tuple[int, list[str]]]


def read_ods(content: bytes) -> Rows:
    """Each row with its number, blank ones included. Raises FileRefused."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open("content.xml") as part:
            yield from _Sheets().rows(iterparse(part, events=("start", "end")))
    except FileRefused:
        raise
    # A locked workbook has a content that is no XML.
    except ParseError as error:
        raise FileRefused(LOCKED) from error
    except (LookupError, ValueError) as error:
        raise FileRefused(DAMAGED) from error


class _Sheets:
    """The sheets of a workbook as they go by; of those that are visible, only one may say something."""

    def __init__(self) -> None:
        self.hidden_styles: set[str] = set()
        self.visible = 0
        self.is_hidden = False
        self.row = 0
        self.written: set[int] = set()

    def rows(self, events: Iterator[tuple[str, Element]]) -> Rows:
        """The rows of the visible sheet. Raises FileRefused."""
        for event, element in events:
            if event == "start" and element.tag == f"{_TABLE}table":
                self._start_sheet(element)
            elif event == "end" and element.tag == f"{_STYLE}style":
                self._note_style(element)
            elif event == "end" and element.tag == f"{_TABLE}table-row":
                yield from [] if self.is_hidden else self._row(element)
                element.clear()
        if not self.visible:
            raise FileRefused(ONE_SHEET)

    def _note_style(self, style: Element) -> None:
        properties = style.find(f"{_STYLE}table-properties")
        if properties is not None and properties.get(f"{_TABLE}display") == "false":
            self.hidden_styles.add(style.get(f"{_STYLE}name", ""))

    def _start_sheet(self, table: Element) -> None:
        self.is_hidden = table.get(f"{_TABLE}style-name", "") in self.hidden_styles
        self.visible += not self.is_hidden
        self.row = 0

    def _row(self, row: Element) -> Rows:
        """The row, as many times as it stands; a blank one only counts: a sheet ends with a million of them."""
        number, times = self.row + 1, _times(row, f"{_TABLE}number-rows-repeated")
        self.row += times
        cells = self._cells(row, number)
        if not cells:
            return
        self.written.add(self.visible)
        if len(self.written) > 1:
            raise FileRefused(ONE_SHEET)
        if self.row > MAX_ROWS + 1:
            raise too_many_rows()
        for repeated in range(number, self.row + 1):
            yield repeated, cells

    def _cells(self, row: Element, number: int) -> list[str]:
        """What its cells say, without those that end it and are blank."""
        cells: list[str] = []
        blank = 0
        for cell in row:
            if cell.tag not in _CELLS:
                continue
            times = _times(cell, f"{_TABLE}number-columns-repeated")
            text = _text_of(cell, f"{get_column_letter(min(len(cells) + blank + 1, WIDEST))}{number}")
            if not text:
                blank += times
                continue
            if len(cells) + blank + times > WIDEST:
                raise too_many_columns()
            cells += [""] * blank + [text] * times
            blank = 0
        return cells


def _times(element: Element, attribute: str) -> int:
    return max(1, int(element.get(attribute, "1")[:9]))


def _text_of(cell: Element, where: str) -> str:
    """A cell as a person would have typed it: its value when it has a kind, else its text."""
    kind = cell.get(f"{_OFFICE}value-type", "")
    if cell.get(f"{_CALC}value-type") == "error":
        raise error_in(where, _lines(cell))
    if not kind and cell.get(f"{_TABLE}formula"):
        raise FileRefused(f"La cellule {where} contient une formule sans résultat\u00a0: remplacez-la par sa valeur.")
    if kind in {"float", "currency", "percentage"}:
        return number_text(cell.get(f"{_OFFICE}value", ""), where=where)
    if kind == "date":
        return short_date(date.fromisoformat(cell.get(f"{_OFFICE}date-value", "")[:10]))
    if kind == "boolean":
        return "oui" if cell.get(f"{_OFFICE}boolean-value") == "true" else "non"
    return _lines(cell)


def _lines(cell: Element) -> str:
    """Its paragraphs; a comment on the cell has its own, deeper."""
    return "\n".join("".join(_pieces(line)) for line in cell.findall(f"{_TEXT}p"))


def _pieces(element: Element) -> Iterator[str]:
    """Text and what stands for it: counted spaces, tabs, line breaks."""
    signs = {f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}
    if element.tag == f"{_TEXT}s":
        yield " " * min(_times(element, f"{_TEXT}c"), 100)
    yield signs.get(element.tag, element.text or "")
    for child in element:
        yield from _pieces(child)
        yield child.tail or ""
