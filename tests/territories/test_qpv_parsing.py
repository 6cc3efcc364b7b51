"""Reading the rows of a list of QPV: each trap of the published files, typed by hand."""

import pytest

from territories.qpv_file import read_qpv_file
from territories.qpv_parsing import Commune, QpvList, QpvRow, department_of, parse_qpv_file

COLUMNS = "code_qp;lib_qp;insee_reg;insee_dep;insee_com;lib_com;siren_epci;lib_epci"


def parse(*rows: str, columns: str = COLUMNS) -> QpvList:
    return parse_qpv_file(read_qpv_file("\n".join([columns, *rows]).encode()))


def remarks(listed: QpvList) -> list[str]:
    return [str(oddity) for oddity in listed.oddities]


def test_row_of_2024() -> None:
    listed = parse("QN06201M;Le Camus;32;62;62560;Marquise;246200380;CC de la Terre")

    assert listed.rows == (
        QpvRow(
            line=2,
            code="QN06201M",
            geography="2024",
            department="62",
            region="32",
            name="Le Camus",
            communes=(Commune("62560", "Marquise"),),
            epci=("246200380", "CC de la Terre"),
        ),
    )
    assert (listed.set_aside, listed.oddities) == (0, ())


def test_row_of_2014() -> None:
    listed = parse("QP062001;Cité 12-14;32;62;62498;Lens;246200364;CA")

    assert (listed.rows[0].geography, listed.rows[0].department) == ("2014", "62")


@pytest.mark.parametrize(
    ("code", "department"),
    [("QN00101M", "01"), ("QN02A01N", "2A"), ("QN02B02I", "2B"), ("QN97402M", "974"), ("QP971001", "971")],
)
def test_department_comes_from_the_code(code: str, department: str) -> None:
    assert parse(f"{code};Nom", columns="code_qp;lib_qp").rows[0].department == department


def test_department_of_three_characters() -> None:
    assert [department_of(triplet) for triplet in ("001", "062", "02A", "974")] == ["01", "62", "2A", "974"]


def test_leading_zeros_lost_by_a_spreadsheet_are_restored_and_reported() -> None:
    listed = parse("QN00102M;Croix Blanche;84;1;1053;Bourg-en-Bresse;200071751;CA")

    assert listed.rows[0].communes == (Commune("01053", "Bourg-en-Bresse"),)
    assert remarks(listed) == [
        "ligne 2, insee_dep «\u00a01\u00a0»\u00a0: zéro initial perdu, lu 01.",
        "ligne 2, insee_com «\u00a01053\u00a0»\u00a0: zéro initial perdu, lu 01053.",
    ]


def test_region_without_its_zero_is_restored() -> None:
    listed = parse("QN97101M;Bourg;1;971;97105;Basse-Terre;249710047;CA")

    assert listed.rows[0].region == "01"
    assert remarks(listed) == ["ligne 2, insee_reg «\u00a01\u00a0»\u00a0: zéro initial perdu, lu 01."]


def test_several_communes_in_one_cell_even_over_two_lines() -> None:
    listed = parse('QN06212M;Cité;32;62;"62194; 62555";"Calonne-Ricouart;\n Marles-les-Mines";200072460;CA')

    assert listed.rows[0].communes == (Commune("62194", "Calonne-Ricouart"), Commune("62555", "Marles-les-Mines"))
    assert remarks(listed) == [
        "ligne 2, lib_com «\u00a0Calonne-Ricouart; Marles-les-Mines\u00a0»\u00a0: "
        "retour à la ligne retiré de la cellule."
    ]


def test_spreadsheet_formula_is_unwrapped_and_reported() -> None:
    listed = parse('="QN00101M";Nom;84;="01";="01053";Bourg;200071751;CA')

    assert listed.rows[0].code == "QN00101M"
    assert listed.rows[0].communes == (Commune("01053", "Bourg"),)
    assert remarks(listed) == [
        'ligne 2, code_qp «\u00a0="QN00101M"\u00a0»\u00a0: formule de tableur retirée, lu QN00101M.',
        'ligne 2, insee_dep «\u00a0="01"\u00a0»\u00a0: formule de tableur retirée, lu 01.',
        'ligne 2, insee_com «\u00a0="01053"\u00a0»\u00a0: formule de tableur retirée, lu 01053.',
    ]


@pytest.mark.parametrize(
    ("code", "commune", "name"),
    [("QN07501M", "75118", "Paris"), ("QN06901M", "69388", "Lyon"), ("QN01301M", "13203", "Marseille")],
)
def test_district_of_a_city_is_brought_back_to_the_commune(code: str, commune: str, name: str) -> None:
    city = {"Paris": "75056", "Lyon": "69123", "Marseille": "13055"}[name]

    listed = parse(f"{code};Nom;;;{commune};Arrondissement;200054781;Métropole")

    assert listed.rows[0].communes == (Commune(city, name),)
    assert remarks(listed) == [
        f"ligne 2, insee_com «\u00a0{commune}\u00a0»\u00a0: "
        f"arrondissement municipal, ramené à la commune {city} ({name})."
    ]


def test_two_districts_of_one_city_are_one_commune() -> None:
    listed = parse('QN01301M;Nom;93;13;"13203; 13214";"3e; 14e";200054807;Métropole')

    assert listed.rows[0].communes == (Commune("13055", "Marseille"),)
    assert remarks(listed)[-1] == (
        "ligne 2, insee_com «\u00a013055\u00a0»\u00a0: commune citée deux fois, gardée une fois."
    )


def test_department_against_the_code_is_reported_and_the_code_wins() -> None:
    listed = parse("QN06201M;Nom;32;59;62560;Marquise;246200380;CC")

    assert listed.rows[0].department == "62"
    assert remarks(listed) == ["ligne 2, insee_dep «\u00a059\u00a0»\u00a0: contraire au code du quartier, lu 62."]


def test_department_written_with_three_characters_or_in_lower_case_is_the_same() -> None:
    assert remarks(parse("QN06201M;Nom;32;062;62560;Marquise;246200380;CC")) == []
    assert remarks(parse("QN02A01M;Nom;94;2a;2A004;Ajaccio;242010056;CA")) == []


def test_malformed_and_missing_codes_are_set_aside_and_nothing_stops() -> None:
    listed = parse(
        "QX06201M;Nom;32;62;62560;Marquise;246200380;CC",
        ";Sans code;32;62;62560;Marquise;246200380;CC",
        "QN0620;Court;32;62;62560;Marquise;246200380;CC",
        "QN06204M;Bon;32;62;62560;Marquise;246200380;CC",
    )

    assert [row.code for row in listed.rows] == ["QN06204M"]
    assert listed.set_aside == 3
    assert remarks(listed) == [
        "ligne 2, code_qp «\u00a0QX06201M\u00a0»\u00a0: code absent ou mal formé, ligne mise de côté.",
        "ligne 3, code_qp\u00a0: code absent ou mal formé, ligne mise de côté.",
        "ligne 4, code_qp «\u00a0QN0620\u00a0»\u00a0: code absent ou mal formé, ligne mise de côté.",
    ]


def test_code_in_lower_case_or_with_spaces_is_read() -> None:
    listed = parse("qn 06201m;Nom", columns="code_qp;lib_qp")

    assert listed.rows[0].code == "QN06201M"
    assert remarks(listed) == ["ligne 2, code_qp «\u00a0qn 06201m\u00a0»\u00a0: lu QN06201M."]


def test_unknown_last_letter_is_reported_and_read() -> None:
    listed = parse("QN06201Z;Nom", columns="code_qp;lib_qp")

    assert listed.rows[0].code == "QN06201Z"
    assert remarks(listed) == [
        "ligne 2, code_qp «\u00a0QN06201Z\u00a0»\u00a0: dernière lettre inconnue, ligne lue quand même."
    ]


def test_code_given_twice_keeps_the_first_row() -> None:
    listed = parse("QN06201M;Premier", "QN06201M;Second", columns="code_qp;lib_qp")

    assert [row.name for row in listed.rows] == ["Premier"]
    assert listed.set_aside == 1
    assert remarks(listed) == [
        "ligne 3, code_qp «\u00a0QN06201M\u00a0»\u00a0: code déjà lu ligne 2, ligne mise de côté."
    ]


def test_name_missing_or_too_long() -> None:
    listed = parse("QN06201M;", f"QN06202M;{'x' * 201}", columns="code_qp;lib_qp")

    assert [row.name for row in listed.rows] == ["QN06201M", "x" * 200]
    assert remarks(listed) == [
        "ligne 2, lib_qp\u00a0: nom absent, le code QN06201M en tient lieu.",
        f"ligne 3, lib_qp «\u00a0{'x' * 201}\u00a0»\u00a0: texte de 201 caractères, coupé à 200.",
    ]


def test_commune_unknown_malformed_or_of_another_department() -> None:
    listed = parse(
        "QN09336I;Joncherolles;11;93;93059;?;200054781;Métropole",
        "QN06202M;Parc;32;62;ABC;Lens;246200364;CA",
        "QN06203M;Parc;32;62;59350;Lille;246200364;CA",
        "QN06204M;Parc;32;62;;;246200364;CA",
    )

    assert [row.communes for row in listed.rows] == [
        (Commune("93059", ""),),
        (),
        (Commune("59350", "Lille"),),
        (),
    ]
    assert remarks(listed) == [
        "ligne 2, lib_com «\u00a0?\u00a0»\u00a0: nom de la commune 93059 inconnu du fichier, laissé vide.",
        "ligne 3, insee_com «\u00a0ABC\u00a0»\u00a0: code de commune mal formé, non repris.",
        "ligne 4, insee_com «\u00a059350\u00a0»\u00a0: "
        "commune hors du département 62 du quartier, reprise telle quelle.",
        "ligne 5, insee_com\u00a0: commune non renseignée.",
    ]


def test_names_of_communes_that_do_not_match_the_codes_are_left_out() -> None:
    listed = parse('QN06203M;Parc;32;62;"62498; 62510";Lens;246200364;CA')

    assert listed.rows[0].communes == (Commune("62498", ""), Commune("62510", ""))
    assert remarks(listed) == [
        "ligne 2, lib_com «\u00a0Lens\u00a0»\u00a0: 1 nom(s) pour 2 code(s) de commune, noms non repris."
    ]


def test_commune_codes_without_any_name_are_ordinary() -> None:
    listed = parse("QP062001;Cité;62498, 62510", columns="codeQPV;libQPV;listeDepCom")

    assert listed.rows[0].communes == (Commune("62498", ""), Commune("62510", ""))
    assert remarks(listed) == []


def test_whole_commune_of_mayotte_placed_in_another_one_is_reported() -> None:
    listed = parse(
        "QN97654C;Bouéni;06;976;97602;Bandraboua;200060465;CC",
        "QN97653C;Bandrele;06;976;97603;BANDRÉLÉ;200060465;CC",
    )

    assert [row.communes for row in listed.rows] == [(Commune("97602", "Bandraboua"),), (Commune("97603", "BANDRÉLÉ"),)]
    assert remarks(listed) == [
        "ligne 2, insee_com «\u00a0Bandraboua (97602)\u00a0»\u00a0: "
        "le quartier est la commune entière de Bouéni\u00a0: commune à vérifier, reprise telle quelle."
    ]


def test_epci_several_malformed_or_missing() -> None:
    listed = parse(
        'QN06216M;Fosse;32;62;62276;Douvrin;"200072460; 246200364";"CA de Béthune; CA de Lens"',
        "QN06202M;Parc;32;62;62498;Lens;2,0E+08;CA",
        "QN06203M;Parc;32;62;62498;Lens;;",
        "QN98701M;Arahiri;987;987;98712;Arue;;",
    )

    assert [row.epci for row in listed.rows] == [
        ("200072460", "CA de Béthune"),
        ("", "CA"),
        ("", ""),
        ("", ""),
    ]
    assert remarks(listed) == [
        "ligne 2, siren_epci «\u00a0200072460; 246200364\u00a0»\u00a0: "
        "quartier sur plusieurs EPCI, seul le premier est repris\u00a0: CA de Béthune.",
        "ligne 3, siren_epci «\u00a02,0E+08\u00a0»\u00a0: SIREN d’EPCI mal formé, non repris.",
        "ligne 4, siren_epci\u00a0: EPCI non renseigné.",
    ]


def test_absent_columns_say_nothing() -> None:
    listed = parse("QN06201M;Nom", columns="code_qp;lib_qp")

    assert (listed.rows[0].communes, listed.rows[0].epci) == (None, None)
    assert listed.oddities == ()


def test_letter_that_the_encoding_lost_is_reported() -> None:
    content = b"code_qp;lib_qp\nQN06201M;Cit\x81 \xe9\n"

    listed = parse_qpv_file(read_qpv_file(content))

    assert listed.rows[0].name == "Cit\ufffd é"
    assert remarks(listed) == [
        "fichier\u00a0: encodage Windows-1252 au lieu d’UTF-8, lu comme tel.",
        "ligne 2, lib_qp «\u00a0Cit\ufffd é\u00a0»\u00a0: caractère illisible dans la cellule, conservé tel quel.",
    ]


def test_whole_commune_without_a_named_commune_is_not_compared() -> None:
    assert remarks(parse("QN97654C;Bouéni", columns="code_qp;lib_qp")) == []
