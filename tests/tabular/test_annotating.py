"""A refused file goes back to who sent it: the same cells on the same lines, and beside each row what is wrong."""

import io
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tabular.annotating import annotated
from tabular.reading import ReadTable, read_table
from tabular.writing import to_csv, to_ods, to_xlsx
from tests.files.recipes import ods, workbook

OUTSIDE = "Cette ligne n’est pas dans votre périmètre."
ADVICE = {4: ["Nom\u00a0: Ce champ ne peut pas être vide.", "Effectif\u00a0: quel nombre ?"], 7: [OUTSIDE]}


def sent(*rows: str) -> ReadTable:
    return read_table("\n".join(rows).encode())


def given_back(table: ReadTable, advice: Mapping[int, Sequence[str]]) -> bytes:
    return to_xlsx([annotated(table, advice)], unknown="")


def sheet_of(content: bytes) -> Worksheet:
    sheet = load_workbook(io.BytesIO(content)).active
    assert isinstance(sheet, Worksheet)
    return sheet


def test_each_row_says_what_is_wrong_with_it_on_its_own_line() -> None:
    table = sent("", "SIRET;Nom;Effectif", "", "1;;douze", "2;Terril;3", "", "3;Beffroi;")

    sheet = sheet_of(given_back(table, ADVICE))

    assert [cell.value for cell in sheet[2]] == ["SIRET", "Nom", "Effectif", "À corriger"]
    assert [row[3].value for row in sheet.iter_rows(min_row=3)] == [None, "\n".join(ADVICE[4]), None, None, OUTSIDE]
    assert [row[0].value for row in sheet.iter_rows(min_row=3)] == [None, 1, 2, None, 3]
    assert (sheet["D4"].alignment.wrap_text, sheet.freeze_panes) == (True, "A3")


def test_what_is_read_again_is_what_was_sent() -> None:
    table = sent(
        *("", "", "SIRET;Nom;Le;Part;Postal;Rang;N°;Solde;Motif", ""),
        "00090001900015;'=HYPERLINK(1);08/02/2019;1234,5;01000;0;12345678901;-3;'l’un'",
        "73282932000074;<script>;31/02/2019;1,50;62000;007;-0;1 234;oui",
        "",
        ";nom\u202emon;29/02/1900;1.5;2019-02-08;1e5;=1+1;08/02/0219;-",
    )

    assert table.number == 3
    for write in (to_xlsx, to_ods):
        assert read_table(write([annotated(table, ADVICE)], unknown="")) == table
    assert read_table(to_csv(annotated(table, ADVICE), unknown="")) == table


def test_days_and_numbers_are_days_and_numbers_and_identifiers_stay_texts() -> None:
    table = sent("SIRET;Le;Part;Postal;Grand", "73282932000074;08/02/2019;1234,5;01000;12345678901")

    cells = sheet_of(given_back(table, {}))[2]

    assert [cell.value for cell in cells] == [
        *("73282932000074", datetime(2019, 2, 8), 1234.5, "01000", "12345678901", None),  # noqa: DTZ001  # a day
    ]


@pytest.mark.parametrize("hostile", ["=cmd|' /C calc'!A0", "+33612345678", "@SUM(A1)", "<script>", "Terril\u202egpj"])
def test_nothing_that_was_typed_runs_when_it_goes_back(hostile: str) -> None:
    table = sent(f"SIRET;{hostile}", f"{hostile};x")

    sheet = sheet_of(given_back(table, {2: [hostile]}))

    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s"}
    assert read_table(given_back(table, {2: [hostile]})) == table


ABOVE = ["Conventions de la préfecture", "", ";À corriger;08/02/2019", "SIRET;Nom;Effectif", "1;;douze", "2;Terril;3"]


@pytest.mark.parametrize("write", [to_xlsx, to_ods])
def test_what_is_written_over_the_table_comes_back_and_in_again(write: Callable[..., bytes]) -> None:
    def knows(title: str) -> bool:
        return title in {"SIRET", "Nom"}

    table = read_table("\n".join(ABOVE).encode(), knows=knows)

    content = write([annotated(table, {5: [OUTSIDE]})], unknown="")

    assert [(line.number, line.cells) for line in table.above] == [
        (1, ["Conventions de la préfecture"]),
        (3, ["", "À corriger", "08/02/2019"]),
    ]
    assert read_table(content, knows=knows) == table


def test_the_words_of_our_column_in_a_row_of_the_table_empty_nothing() -> None:
    table = read_table("SIRET;Nom;État\n1;Terril;À corriger\n2;Beffroi;transmise".encode(), knows=str.istitle)

    assert [line.cells[2] for line in table.lines] == ["À corriger", "transmise"]


@pytest.mark.parametrize("title", ["À corriger", "A CORRIGER", " à  corriger "])
@pytest.mark.parametrize("save", ["csv", "xlsx", "ods"])
def test_the_column_is_read_by_nobody_wherever_it_stands(title: str, save: str) -> None:
    rows = [["SIRET", title, "Nom"], ["1", "Nom : à revoir", "Terril"], ["", "Une note laissée là", ""]]
    text = "\n".join(";".join(row) for row in rows)

    table = read_table({"csv": text.encode(), "xlsx": workbook(*rows), "ods": ods(*rows)}[save])

    assert (table.headers, [line.cells for line in table.lines]) == (["SIRET", "", "Nom"], [["1", "", "Terril"]])


def test_a_file_given_back_twice_has_the_column_once() -> None:
    table = sent("SIRET;Nom", "1;")
    again = read_table(given_back(table, {2: [OUTSIDE]}))

    sheet = sheet_of(given_back(again, {2: ["Encore vide."]}))

    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["SIRET", "Nom", "À corriger"],
        [1, None, "Encore vide."],
    ]


def test_a_file_of_that_column_alone_says_nothing() -> None:
    with pytest.raises(ValueError, match="vide"):
        sent("À corriger", "x")


@pytest.mark.parametrize("save", [to_xlsx, to_ods])
def test_a_file_as_large_as_may_be_comes_in_again_with_its_column(save: Callable[..., bytes]) -> None:
    titles = ";".join(f"c{number}" for number in range(60))
    row = "a" + ";" * 59 + "z"
    sent = read_table("\n".join([titles, *[row] * 2_499]).encode())
    advice = {line.number: ["Nom\u00a0: Ce champ ne peut pas être vide."] for line in sent.lines}

    table = annotated(sent, advice)

    assert read_table(save([table], unknown="")) == sent
