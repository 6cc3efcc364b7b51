"""Files as people save them are read; files that would fill the memory, or mean two things, are refused at once."""

import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from tabular.cells import Table
from tabular.limits import FileRefused
from tabular.reading import canonical_headers, read_table
from tabular.writing import to_csv, to_ods, to_xlsx
from tests.files.bad_files import BAD_FILES
from tests.files.recipes import archive, cells, ods, ods_of, shared, styled, workbook


def read(content: bytes) -> list[list[str]]:
    """The titles and the rows."""
    table = read_table(content)
    return [table.headers, *(line.cells for line in table.lines)]


@pytest.mark.parametrize(
    "content",
    [
        "\ufeffSIRET;Nom\r\n00090001900015;Société Terril\r\n".encode(),
        "SIRET;Nom\n00090001900015;Société Terril\n;\n;\n".encode("cp1252"),
        "SIRET\tNom\n00090001900015\tSociété Terril\n".encode("utf-16"),
        b'SIRET,Nom\n00090001900015,"Soci\xc3\xa9t\xc3\xa9 Terril"\n',
        b"SIRET\tNom\t\t\n00090001900015\tSoci\xc3\xa9t\xc3\xa9 Terril\t\t\n",
        "\r\r;;\rSIRET;Nom\r00090001900015;Société Terril\r".encode(),
        workbook(["SIRET", "Nom"], ["00090001900015", "Société Terril"], [None, None]),
        workbook(["SIRET", "Nom"], ["00090001900015", "Société Terril"], hidden=1),
        shared(
            '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
            '<row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2" t="s"><v>3</v></c></row>',
            *("SIRET", "Nom", "00090001900015", "Société Terril"),
        ),
        ods(["SIRET", "Nom"], ["00090001900015", "Société Terril"]),
    ],
    ids=[
        *("utf-8 with its mark", "windows", "unicode text", "commas", "tabs and empty columns", "old Macintosh"),
        *("xlsx", "xlsx with a hidden sheet", "xlsx with shared strings", "ods"),
    ],
)
def test_a_table_is_read_however_it_was_saved(content: bytes) -> None:
    assert read(content) == [["SIRET", "Nom"], ["00090001900015", "Société Terril"]]


@pytest.mark.parametrize("save", [workbook, ods])
def test_cells_of_a_workbook_become_what_one_would_type(save: Callable[..., bytes]) -> None:
    content = save(
        ["a", "b", "c", "d"], [90001900015, 1234.5 if save is workbook else Decimal("1234.5"), date(2019, 2, 8), 0]
    )

    assert read(content)[1] == ["90001900015", "1234,5", "08/02/2019", "0"]


def test_what_is_true_is_said_in_french() -> None:
    content = ods_of(
        "<table:table-row><table:table-cell/></table:table-row>"
        '<table:table-row><table:table-cell office:value-type="string"><text:p>Oui ?</text:p></table:table-cell>'
        '</table:table-row><table:table-row><table:table-cell office:value-type="boolean" '
        'office:boolean-value="true"/></table:table-row>'
    )

    assert read(content)[1] == ["oui"]
    assert read(workbook(["Oui ?"], [True], [False]))[1:] == [["oui"], ["non"]]


def test_a_siret_written_as_a_power_of_ten_keeps_its_digits() -> None:
    assert read(archive(cells(["SIRET"]) + "<row><c><v>7.3282932000074E13</v></c></row>"))[1] == ["73282932000074"]


def test_a_day_is_known_by_its_style_or_its_kind() -> None:
    rows = cells(["Jour"]) + '<row><c s="1"><v>43504</v></c></row><row><c t="d"><v>2019-02-08</v></c></row>'

    assert read(styled(rows))[1:] == [["08/02/2019"], ["08/02/2019"]]
    assert read(styled(cells(["Jour"]) + '<row><c s="99"><v>43504</v></c></row>'))[1:] == [["43504"]]


@pytest.mark.parametrize(
    "content",
    [
        b"\n;\nSIRET\n\n1\n;\n2\n",
        workbook([], [None], ["SIRET"], [], ["1"], [], ["2"]),
        archive(
            '<row r="3"><c r="A3" t="inlineStr"><is><t>SIRET</t></is></c></row><row r="5"><c r="A5"><v>1</v></c></row>'
            '<row r="7"><c r="A7"><v>2</v></c></row>'
        ),
        ods_of(
            '<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
            '<table:table-row><table:table-cell office:value-type="string"><text:p>SIRET</text:p></table:table-cell>'
            '</table:table-row><table:table-row/><table:table-row><table:table-cell office:value-type="float" '
            'office:value="1"/></table:table-row><table:table-row/><table:table-row><table:table-cell '
            'office:value-type="float" office:value="2"/></table:table-row>'
            '<table:table-row table:number-rows-repeated="1048569"><table:table-cell '
            'table:number-columns-repeated="16384"/></table:table-row>'
        ),
    ],
    ids=["csv", "xlsx", "xlsx that skips its blank rows", "ods"],
)
def test_rows_keep_the_numbers_that_a_spreadsheet_shows(content: bytes) -> None:
    table = read_table(content)

    assert [(line.number, line.cells) for line in table.lines] == [(5, ["1"]), (7, ["2"])]


def test_a_comment_on_a_cell_is_not_its_text() -> None:
    content = ods_of(
        '<table:table-row><table:table-cell office:value-type="string"><office:annotation><text:p>à voir</text:p>'
        "</office:annotation><text:p>SIRET</text:p></table:table-cell></table:table-row>"
        '<table:table-row><table:table-cell office:value-type="string"><text:p>a<text:s text:c="2"/>b<text:tab/>c'
        "<text:span>d</text:span>e</text:p></table:table-cell></table:table-row>"
    )

    assert read(content) == [["SIRET"], ["a  b\tcde"]]


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_file_that_cannot_be_trusted_is_refused_at_once(name: str) -> None:
    make, sentence = BAD_FILES[name]
    content = make()
    began = time.process_time()

    with pytest.raises(FileRefused) as refusal:
        read_table(content)

    assert str(refusal.value) == sentence
    assert time.process_time() - began < 2


def test_a_sheet_may_have_pictures_and_links() -> None:
    content = archive(extra={"xl/media/image1.png": b"\x89PNG", "docProps/app.xml": b"<Properties/>"})

    assert read(content) == [["SIRET"], ["x"]]


def test_headers_are_known_whatever_their_dress() -> None:
    columns, aliases = ["SIRET", "Date d’effet"], {"n siret": "SIRET", "numero": "SIRET"}

    assert canonical_headers(["N° Siret", "DATE D’EFFET", "Autre"], columns, aliases) == ["SIRET", "Date d’effet", ""]
    assert canonical_headers(["n° SIRET", "SIRET"], columns, aliases) == ["", "SIRET"]
    with pytest.raises(FileRefused, match="« SIRET » figure deux fois"):
        canonical_headers(["SIRET", "siret"], columns, aliases)
    with pytest.raises(FileRefused, match="« N° SIRET » et « Numéro » disent la même chose"):
        canonical_headers(["N° SIRET", "Numéro"], columns, aliases)


def test_a_text_that_begins_like_an_archive_is_still_a_text() -> None:
    table = read_table(b"PK;Nom\n1;Terril\n")

    assert (table.headers, [line.cells for line in table.lines]) == (["PK", "Nom"], [["1", "Terril"]])


@pytest.mark.parametrize("save", [to_csv, to_xlsx, to_ods])
def test_blank_cells_do_not_count_however_many(save: Callable[..., bytes]) -> None:
    """Three thousand conventions with a column for each target: 300,000 cells, 9,000 of which say something."""
    headers = tuple(f"c{number}" for number in range(100))
    table = Table("Conventions", headers, [["a", *[None] * 50, "b", *[None] * 47, "c"]] * 3_000)

    lines = read_table(save(table if save is to_csv else [table], unknown="")).lines

    assert len(lines) == 3_000
    assert {tuple(line.cells) for line in lines} == {("a", *[""] * 50, "b", *[""] * 47, "c")}
