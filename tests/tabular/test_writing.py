"""Files that go out: typed cells, identifiers whole, no live formula, and rows that need not be in memory."""

import io
import re
import tracemalloc
import zipfile
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any, Self

import pytest
import time_machine
from odf.opendocument import load
from odf.table import Table as OdsTable
from odf.table import TableCell, TableColumn, TableHeaderColumns, TableHeaderRows, TableRow
from odf.teletype import extractText
from openpyxl import load_workbook

from tabular.cells import About, Cell, Quantity, Table
from tabular.sheets import SAMPLE
from tabular.writing import csv_lines, to_csv, to_ods, to_xlsx

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


def test_a_sheet_has_a_name_that_excel_accepts() -> None:
    table = Table("Chartes Entreprises et Quartiers", ("Nom",), [["Ateliers"]])

    book = load_workbook(io.BytesIO(to_xlsx([table], unknown="")))

    assert book.sheetnames == ["Chartes Entreprises et…"]


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


PARIS = timezone(timedelta(hours=2))
ABOUT = About("Bilan & annexes", "Préfecture du Nord", datetime(2019, 9, 15, 12, 30, tzinfo=PARIS))
SHAPED = Table(
    "Chiffres",
    ("Code", "Montant en euros", "Part", "Nombre", "Le"),
    (
        ("A", Quantity(1250, "€"), Quantity(Decimal("68.4"), "%"), Quantity(1234), date(2019, 2, 8)),
        ("B", Quantity(Decimal("0.5"), "€"), "", Quantity(Decimal("-2.5"), "h"), ""),
    ),
    still=1,
    across=2,
)


def test_a_number_is_shown_in_its_unit_and_stays_a_number() -> None:
    sheet = load_workbook(io.BytesIO(to_xlsx([SHAPED], unknown="")))["Chiffres"]

    assert (str(sheet["E2"].value), sheet["E2"].number_format) == ("2019-02-08 00:00:00", "dd/mm/yyyy")
    assert [(cell.value, cell.number_format) for cell in sheet[2][:4]] == [
        ("A", "General"),
        (1250, '#,##0\\ "€"'),
        (0.684, "0.0\\ %"),
        (1234, "#,##0"),
    ]
    assert [(cell.value, cell.number_format) for cell in sheet[3]] == [
        ("B", "General"),
        (0.5, '#,##0.00\\ "€"'),
        (None, "General"),
        (-2.5, "#,##0.00"),
        (None, "General"),
    ]
    assert ods_cells(to_ods([SHAPED], unknown=""))[1:] == [
        [
            ("string", None, "A"),
            ("float", "1250", "1\u202f250 €"),
            ("percentage", "0.684", "68,4 %"),
            ("float", "1234", "1\u202f234"),
            ("date", "2019-02-08", "08/02/2019"),
        ],
        [
            ("string", None, "B"),
            ("float", "0.5", "0,5 €"),
            (None, None, ""),
            ("float", "-2.5", "-2,5 h"),
            (None, None, ""),
        ],
    ]
    assert to_csv(SHAPED, unknown="").decode().splitlines()[1:] == ["A;1250;68,4;1234;08/02/2019", "B;0,5;;-2,5;"]


def test_an_xlsx_prints_on_landscape_pages_that_repeat_what_names_their_cells() -> None:
    sheet: Any = load_workbook(io.BytesIO(to_xlsx([SHAPED], unknown="")))["Chiffres"]  # Any: the stubs know half of it

    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (2, 0)
    assert (sheet.print_title_rows, sheet.print_title_cols, sheet.freeze_panes) == ("$1:$1", "$A:$A", "B2")
    assert (sheet.oddFooter.left.text, sheet.oddFooter.right.text) == ("&A", "&P / &N")


def test_an_ods_prints_and_stays_in_sight_alike() -> None:
    content = to_ods([SHAPED, TABLE], unknown="")
    first, second = load(io.BytesIO(content)).spreadsheet.getElementsByType(OdsTable)
    parts = {name: zipfile.ZipFile(io.BytesIO(content)).read(name).decode() for name in ("styles.xml", "settings.xml")}

    assert len(first.getElementsByType(TableHeaderRows)[0].getElementsByType(TableRow)) == 1
    assert len(first.getElementsByType(TableHeaderColumns)[0].getElementsByType(TableColumn)) == 1
    assert second.getElementsByType(TableHeaderColumns) == []
    assert (first.getAttribute("stylename"), second.getAttribute("stylename")) == ("across2", "across1")
    assert parts["styles.xml"].count('style:print-orientation="landscape"') == 4
    assert 'style:scale-to-X="2" style:scale-to-Y="0"' in parts["styles.xml"]
    assert parts["settings.xml"].count("HorizontalSplitPosition") == 1
    assert parts["settings.xml"].count("VerticalSplitPosition") == 2


@pytest.mark.parametrize(("write", "properties"), [(to_xlsx, "docProps/core.xml"), (to_ods, "meta.xml")])
def test_a_workbook_says_who_made_it_and_when_and_has_the_same_bytes_again(write: Writer, properties: str) -> None:
    with time_machine.travel(datetime(2019, 9, 16, tzinfo=UTC)):
        once = write([SHAPED], unknown="", about=ABOUT)
    with time_machine.travel(datetime(2031, 1, 1, tzinfo=UTC)):
        again = write([SHAPED], unknown="", about=ABOUT)

    said = zipfile.ZipFile(io.BytesIO(once)).read(properties).decode()
    assert once == again
    assert "Bilan &amp; annexes" in said
    assert "Préfecture du Nord" in said
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", said)) == {"2019-09-15T10:30:00Z"}
    assert "openpyxl" not in said


def test_what_is_shown_on_several_lines_has_the_height_of_them() -> None:
    told = (("mot " * 40, 1), ("court", 2), ("long " * 999, 3))
    table = Table("T", ("Récit", "Nombre d’entreprises interrogées"), told, widest=40)
    sheet = load_workbook(io.BytesIO(to_xlsx([table], unknown="")))["T"]

    assert [sheet.column_dimensions[letter].width for letter in "AB"] == [40, 16]
    assert [sheet.row_dimensions[number].height for number in (1, 2, 3, 4)] == [45, 75, None, 409]
    assert sheet["A2"].alignment.wrap_text
    assert sheet["B2"].alignment.horizontal == "right"


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


@pytest.mark.parametrize(("write", "most"), [(to_csv, 2), (to_xlsx, SAMPLE + 2), (to_ods, SAMPLE + 2)])
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
