"""Reading the bytes of a list of QPV: everything a spreadsheet can do to it is repaired and said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from territories.qpv_file import Oddity, UnreadableFileError, read_qpv_file

HEADER = "code_qp;lib_qp;insee_reg;lib_reg;insee_dep;lib_dep;insee_com;lib_com;siren_epci;lib_epci"
ROW = "QN06201M;Le Camus;32;Hauts-de-France;62;Pas-de-Calais;62560;Marquise;246200380;CC de la Terre"


def cells(text: str, *, encoding: str = "utf-8") -> list[dict[str, str]]:
    return [record.cells for record in read_qpv_file(text.encode(encoding)).records]


def remarks(text: str, *, encoding: str = "utf-8") -> list[str]:
    return [str(oddity) for oddity in read_qpv_file(text.encode(encoding)).oddities]


def test_plain_list_has_no_oddity() -> None:
    file = read_qpv_file(f"{HEADER}\n{ROW}\n".encode())

    assert file.oddities == []
    assert file.separator == ";"
    assert [record.line for record in file.records] == [2]
    assert file.records[0].cells == {
        "code_qp": "QN06201M",
        "lib_qp": "Le Camus",
        "insee_reg": "32",
        "lib_reg": "Hauts-de-France",
        "insee_dep": "62",
        "lib_dep": "Pas-de-Calais",
        "insee_com": "62560",
        "lib_com": "Marquise",
        "siren_epci": "246200380",
        "lib_epci": "CC de la Terre",
    }


def test_byte_order_mark_and_windows_line_ends_are_ordinary() -> None:
    assert cells(f"\ufeff{HEADER}\r\n{ROW}\r\n") == cells(f"{HEADER}\n{ROW}\n")
    assert remarks(f"\ufeff{HEADER}\r\n{ROW}\r\n") == []


def test_trailing_columns_and_closing_rows_without_content_are_reported_once() -> None:
    text = f"{HEADER};;;\n{ROW};;;\n;;;;;;;;;;;;\n;;;;;;;;;;;;\n"

    assert len(cells(text)) == 1
    assert remarks(text) == [
        "ligne 1\u00a0: 3 colonne(s) sans titre ignorée(s).",
        "ligne 3\u00a0: 2 ligne(s) vide(s) ignorée(s)\u00a0: 3, 4.",
    ]


def test_many_blank_rows_are_counted_and_the_first_ones_listed() -> None:
    text = f"{HEADER}\n{ROW}\n" + "\n" * 22

    assert remarks(text) == [
        "ligne 3\u00a0: 22 ligne(s) vide(s) ignorée(s)\u00a0: "
        "3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, …."
    ]


def test_blank_lines_before_the_header_are_passed_over() -> None:
    assert len(cells(f"\n;;;\n{HEADER}\n{ROW}\n")) == 1


def test_cell_that_holds_the_separator_and_a_line_break_stays_one_cell() -> None:
    text = 'code_qp;lib_qp;lib_com\nQN06212M;Cité;"Calonne-Ricouart;\n Marles-les-Mines"\nQN06213M;Parc;Lens\n'

    assert [row["lib_com"] for row in cells(text)] == ["Calonne-Ricouart;\n Marles-les-Mines", "Lens"]
    assert [record.line for record in read_qpv_file(text.encode()).records] == [2, 4]


def test_comma_and_tab_lists_are_read() -> None:
    assert cells('code_qp,lib_qp\nQN06201M,"Camus, nord"\n') == [{"code_qp": "QN06201M", "lib_qp": "Camus, nord"}]
    assert cells("code_qp\tlib_qp\nQN06201M\tCamus\n") == [{"code_qp": "QN06201M", "lib_qp": "Camus"}]


def test_windows_encoding_is_read_and_said() -> None:
    text = f"{HEADER}\n{ROW.replace('Camus', 'Cité – œuvre')}\n"

    assert cells(text, encoding="cp1252")[0]["lib_qp"] == "Le Cité – œuvre"
    assert remarks(text, encoding="cp1252") == ["fichier\u00a0: encodage Windows-1252 au lieu d’UTF-8, lu comme tel."]


def test_spreadsheet_formula_that_holds_the_separator_stays_one_cell() -> None:
    text = 'code_qp;lib_qp;insee_com\n="QN00201M";Europe;="02571; 02691"\n'

    assert cells(text) == [{"code_qp": '="QN00201M"', "lib_qp": "Europe", "insee_com": '="02571; 02691"'}]


def test_quote_never_closed_does_not_eat_the_following_rows() -> None:
    text = 'code_qp;lib_qp\nQN06201M;"Camus\nQN06202M;Parc\n'

    assert cells(text) == [
        {"code_qp": "QN06201M", "lib_qp": "Camus"},
        {"code_qp": "QN06202M", "lib_qp": "Parc"},
    ]
    assert remarks(text) == ["ligne 2\u00a0: guillemets mal fermés, retirés de la ligne."]


def test_quotes_in_the_middle_of_a_name_are_part_of_it() -> None:
    assert cells('code_qp;lib_qp\nQN06201M;Cité "Camus" nord\n')[0]["lib_qp"] == 'Cité "Camus" nord'


def test_line_break_outside_quotes_is_repaired() -> None:
    text = 'code_qp;lib_qp\nQN06201M;Cité 12" haut\nbas 14";\n'

    assert cells(text) == [{"code_qp": "QN06201M", "lib_qp": "Cité 12 haut bas 14"}]
    assert remarks(text) == [
        "ligne 2\u00a0: guillemets mal fermés, retirés de la ligne.",
    ]


def test_short_and_long_rows_are_reported() -> None:
    text = "code_qp;lib_qp;insee_dep\nQN06201M;Camus\nQN06202M;Parc;62;perdu\n"

    assert cells(text) == [
        {"code_qp": "QN06201M", "lib_qp": "Camus"},
        {"code_qp": "QN06202M", "lib_qp": "Parc", "insee_dep": "62"},
    ]
    assert remarks(text) == [
        "ligne 2\u00a0: ligne plus courte que le titre, 1 cellule(s) lue(s) vide(s).",
        "ligne 3, colonne 4 «\u00a0perdu\u00a0»\u00a0: cellule sans titre, ignorée.",
    ]


def test_columns_of_insee_and_unknown_or_repeated_ones() -> None:
    text = "codeQPV;libQPV;listeDepCom;popMuniQPV;libQPV\nQP062001;Camus;62560;1200;Autre\n"

    assert cells(text)[0]["lib_qp"] == "Camus"
    assert cells(text)[0]["insee_com"] == "62560"
    assert remarks(text) == [
        "ligne 1, popmuniqpv\u00a0: colonne inconnue ou répétée, ignorée.",
        "ligne 1, lib_qp\u00a0: colonne inconnue ou répétée, ignorée.",
    ]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Le fichier est vide."),
        (b"\xef\xbb\xbf \r\n;;;\r\n", "Le fichier est vide."),
        (b"PK\x03\x04rest", "Ce fichier est un classeur ou une archive\u00a0: enregistrez la feuille au format CSV."),
        (b"a\x00b", "Ce fichier n’est pas un texte\u00a0: enregistrez la liste au format CSV."),
        (b"nom;code\nCamus;1\n", "Le titre du fichier n’a pas la colonne code_qp de la liste officielle."),
        (b"code_qp;nom\n", "Le titre du fichier n’a pas la colonne lib_qp de la liste officielle."),
        (b"code_qp;lib_qp\n;\n", "Le fichier a un titre mais aucun quartier."),
    ],
)
def test_file_with_nothing_to_read_is_refused_in_one_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableFileError) as refusal:
        read_qpv_file(content)

    assert str(refusal.value) == sentence


def test_oddity_says_where_what_and_how() -> None:
    assert (
        str(Oddity(12, "insee_com", "1053", "lu 01053.")) == "ligne 12, insee_com «\u00a01053\u00a0»\u00a0: lu 01053."
    )
    assert str(Oddity(0, "", "", "vu.")) == "fichier\u00a0: vu."


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_with_a_sentence(content: bytes) -> None:
    try:
        outcome = len(read_qpv_file(b"code_qp;lib_qp\n" + content).records) > 0
    except UnreadableFileError as refusal:
        outcome = str(refusal).endswith(".")

    assert outcome


@given(st.lists(st.text(alphabet='ab";\n=,Q \t', max_size=12), min_size=1, max_size=8))
def test_every_row_that_starts_with_a_code_is_read(names: list[str]) -> None:
    rows = [f"QN062{number:02d}M;{name}" for number, name in enumerate(names, start=1)]

    file = read_qpv_file(("code_qp;lib_qp\n" + "\n".join(rows)).encode())

    read = [record.cells["code_qp"] for record in file.records]
    assert [code for code in read if code.startswith("QN062")] == [row[:8] for row in rows]
