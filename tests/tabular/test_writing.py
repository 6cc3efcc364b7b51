"""Files that go out: typed cells, identifiers whole, no live formula, and rows that need not be in memory."""

import io
import tracemalloc
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Self

import pytest
from odf.opendocument import load
from odf.table import TableCell, TableRow
from odf.teletype import extractText
from openpyxl import load_workbook

from tabular.cells import Cell, Table
from tabular.writing import SAMPLE, csv_lines, to_csv, to_ods, to_xlsx

HEADERS = ("SIRET", "Nom", "Effectif", "Taux", "Signée le", "Commune")
ROW: tuple[Cell, ...] = ("00090001900015", "=HYPERLINK(1)", -2, Decimal("1251.50"), date(2019, 2, 8), None)
TABLE = Table("Entreprises", HEADERS, (ROW,))

Writer = Callable[..., bytes]


def ods_cells(content: bytes) -> list[list[tuple[str, str | None, str]]]:
    """Of each row, each cell: its type, its value and its text, as an independent library reads them."""
    rows = load(io.BytesIO(content)).spreadsheet.getElementsByType(TableRow)
    return [
        [
            (cell.getAttribute("valuetype"), cell.getAttribute("value") or cell.getAttribute("datevalue"), _text(cell))
            for cell in row.getElementsByType(TableCell)
        ]
        for row in rows
    ]


def _text(cell: object) -> str:
    return "\n".join(extractText(line) for line in cell.childNodes)  # type: ignore[attr-defined]  # odfpy is untyped


def test_csv_is_the_one_that_excel_opens_in_france() -> None:
    assert to_csv(TABLE, unknown="non renseigné").decode() == (
        "\ufeffSIRET;Nom;Effectif;Taux;Signée le;Commune\r\n"
        "00090001900015;'=HYPERLINK(1);-2;1251,5;08/02/2019;non renseigné\r\n"
    )


def test_an_xlsx_has_typed_cells_and_a_frozen_header() -> None:
    sheet = load_workbook(io.BytesIO(to_xlsx([TABLE], unknown="")))["Entreprises"]

    assert [cell.value for cell in sheet[1]] == list(HEADERS)
    assert [(cell.value, cell.data_type) for cell in sheet[2]][:4] == [
        ("00090001900015", "s"),
        ("'=HYPERLINK(1)", "s"),
        (-2, "n"),
        (1251.5, "n"),
    ]
    assert sheet["E2"].is_date
    assert sheet["F2"].value is None
    assert (sheet.freeze_panes, sheet["A1"].font.bold, sheet.column_dimensions["A"].width) == ("A2", True, 16)


def test_an_ods_has_typed_cells() -> None:
    header, row = ods_cells(to_ods([TABLE], unknown="non renseigné"))

    assert [text for _, _, text in header] == list(HEADERS)
    assert row == [
        ("string", None, "00090001900015"),
        ("string", None, "'=HYPERLINK(1)"),
        ("float", "-2", "-2"),
        ("float", "1251.50", "1251,50"),
        ("date", "2019-02-08", "08/02/2019"),
        ("string", None, "non renseigné"),
    ]


@pytest.mark.parametrize("text", ["a  b", " a", "a\tb", "a\nb", "<b>&\"'", "deux\n\nlignes", "é\u00a0!"])
def test_an_ods_keeps_spaces_lines_and_signs(text: str) -> None:
    assert ods_cells(to_ods([Table("T", ("x",), ((text,),))], unknown=""))[1] == [("string", None, text)]


@pytest.mark.parametrize("write", [to_xlsx, to_ods])
def test_each_table_has_its_sheet_and_control_characters_are_dropped(write: Writer) -> None:
    content = write([Table("Un", ("a",), (("b\x07",),)), Table("Deux & trois", ("a",), ())], unknown="")

    assert content.startswith(b"PK")
    if write is to_xlsx:
        book = load_workbook(io.BytesIO(content))
        assert (book.sheetnames, book["Un"]["A2"].value) == (["Un", "Deux & trois"], "b")
    else:
        assert ods_cells(content)[1] == [("string", None, "b")]


ROWS, COLUMNS = 10_000, 11


class Row(tuple[Cell, ...]):
    """A row that counts how many of them are kept at once."""

    alive = most = 0

    def __new__(cls, cells: Iterable[Cell]) -> Self:
        Row.alive += 1
        Row.most = max(Row.most, Row.alive)
        return super().__new__(cls, cells)

    def __del__(self) -> None:
        Row.alive -= 1


def rows(number: int) -> Iterator[Row]:
    for index in range(number):
        yield Row((f"{index:014d}", Decimal(index), *(f"Terril {index}" for _ in range(COLUMNS - 2))))


def made(write: Writer, rows: Iterable[Row]) -> bytes:
    table = Table("T", tuple(f"C{index}" for index in range(COLUMNS)), rows)
    return write(table if write is to_csv else [table], unknown="")


@pytest.mark.parametrize(("write", "most"), [(to_csv, 2), (to_xlsx, SAMPLE + 2), (to_ods, 2)])
def test_ten_thousand_rows_pass_through_without_being_kept(write: Writer, most: int) -> None:
    Row.alive = Row.most = 0

    content = made(write, rows(ROWS))

    assert len(content) > ROWS
    assert Row.alive == 0
    assert Row.most <= most


@pytest.mark.parametrize("write", [to_csv, to_xlsx, to_ods])
def test_what_is_written_takes_no_memory_that_grows_with_the_rows(write: Writer) -> None:
    def peak(number: int) -> int:
        tracemalloc.start()
        content = made(write, rows(number))
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        # The bytes of the file itself are handed back whole.
        return most - 3 * len(content)

    made(write, rows(1))

    assert peak(2_000) - peak(400) < 256 * 1024


def test_lines_of_a_csv_come_one_by_one() -> None:
    lines = csv_lines(Table("T", ("a",), iter([("b",), ("c",)])), unknown="")

    assert [next(lines), next(lines)] == ["\ufeffa\r\n".encode(), b"b\r\n"]
