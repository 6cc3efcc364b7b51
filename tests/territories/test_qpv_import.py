"""Writing a list of QPV: every row accounted for, the second import without effect, the official list as acceptance."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import DjangoAssertNumQueries

from territories.loading import load_territories
from territories.models import Qpv
from territories.qpv_import import import_qpv

pytestmark = pytest.mark.django_db

OFFICIAL_LIST = Path(__file__).resolve().parents[3] / "shared/domain/data/qpv_2024_france.csv"

AS_PUBLISHED = """\ufeff\
code_qp;lib_qp;insee_reg;lib_reg;insee_dep;lib_dep;insee_com;lib_com;siren_epci;lib_epci;;;;
QN00102M;Croix Blanche;84;Auvergne-Rhône-Alpes;1;Ain;1053;Bourg-en-Bresse;200071751;CA Bourg;;;;
QN00201M;Europe;32;Hauts-de-France;2;Aisne;"02571; 02691";"Omissy; Saint-Quentin";200071892;CA Saint-Quentin;;;;
QN06201M;Le Camus;84;Auvergne-Rhône-Alpes;62;Pas-de-Calais;62560;Marquise;246200380;CC de la Terre;;;;
QN02A01N;Les Cannes;94;Corse;2A;Corse-du-Sud;2A004;Ajaccio;242010056;CA du Pays Ajaccien;;;;
QN06201M;Le Camus;32;Hauts-de-France;62;Pas-de-Calais;62560;Marquise;246200380;CC de la Terre;;;;
QN96001M;Nulle part;32;Hauts-de-France;960;Inconnu;96001;Nulle part;;;;;;
Total;6;;;;;;;;;;;;
;;;;;;;;;;;;;
""".encode()


@pytest.fixture(autouse=True)
def _territories(db: None) -> None:
    load_territories()


def rows() -> list[tuple[str, ...]]:
    fields = ("code", "geography", "name", "department_id", "epci_siren", "epci_name")
    return list(Qpv.objects.values_list(*fields))


def communes(code: str) -> list[tuple[str, str]]:
    return list(Qpv.objects.get(code=code).communes.values_list("insee_code", "name"))


def test_list_as_published_is_written_and_every_row_accounted_for() -> None:
    result = import_qpv(AS_PUBLISHED)

    assert rows() == [
        ("QN00102M", "2024", "Croix Blanche", "01", "200071751", "CA Bourg"),
        ("QN00201M", "2024", "Europe", "02", "200071892", "CA Saint-Quentin"),
        ("QN02A01N", "2024", "Les Cannes", "2A", "242010056", "CA du Pays Ajaccien"),
        ("QN06201M", "2024", "Le Camus", "62", "246200380", "CC de la Terre"),
    ]
    assert communes("QN00201M") == [("02571", "Omissy"), ("02691", "Saint-Quentin")]
    assert communes("QN00102M") == [("01053", "Bourg-en-Bresse")]
    assert (result.created, result.updated, result.unchanged, result.set_aside) == (4, 0, 0, 3)
    assert result.read == 7
    assert result.by_department == {"01": 1, "02": 1, "2A": 1, "62": 1}
    assert [str(oddity) for oddity in result.oddities] == [
        "ligne 1\u00a0: 4 colonne(s) sans titre ignorée(s).",
        "ligne 2, insee_dep «\u00a01\u00a0»\u00a0: zéro initial perdu, lu 01.",
        "ligne 2, insee_com «\u00a01053\u00a0»\u00a0: zéro initial perdu, lu 01053.",
        "ligne 3, insee_dep «\u00a02\u00a0»\u00a0: zéro initial perdu, lu 02.",
        "ligne 4, insee_reg «\u00a084\u00a0»\u00a0: le département 62 est dans la région 32, valeur ignorée.",
        "ligne 6, code_qp «\u00a0QN06201M\u00a0»\u00a0: code déjà lu ligne 4, ligne mise de côté.",
        "ligne 7, siren_epci\u00a0: EPCI non renseigné.",
        "ligne 7, code_qp «\u00a0QN96001M\u00a0»\u00a0: département 960 inconnu du portail, ligne mise de côté.",
        "ligne 8, code_qp «\u00a0Total\u00a0»\u00a0: code absent ou mal formé, ligne mise de côté.",
        "ligne 9\u00a0: 1 ligne(s) vide(s) ignorée(s)\u00a0: 9.",
    ]


def test_second_import_changes_nothing_and_reports_the_same() -> None:
    first = import_qpv(AS_PUBLISHED)
    before = (rows(), communes("QN00201M"))

    second = import_qpv(AS_PUBLISHED)

    assert (second.created, second.updated, second.unchanged, second.set_aside) == (0, 0, 4, 3)
    assert second.oddities == first.oddities
    assert (rows(), communes("QN00201M")) == before


def test_changed_name_or_commune_updates_that_row_only() -> None:
    import_qpv(AS_PUBLISHED)
    changed = AS_PUBLISHED.replace(b"Croix Blanche", b"Croix Bleue").replace(b'"02571; 02691"', b'"02572; 02691"')

    result = import_qpv(changed)

    assert (result.created, result.updated, result.unchanged) == (0, 2, 2)
    assert Qpv.objects.get(code="QN00102M").name == "Croix Bleue"
    assert communes("QN00201M") == [("02572", "Omissy"), ("02691", "Saint-Quentin")]


def test_national_renewal_flag_survives_an_import() -> None:
    import_qpv(AS_PUBLISHED)
    Qpv.objects.filter(code="QN00102M").update(pru=True, name="Autre")

    result = import_qpv(AS_PUBLISHED)

    assert result.updated == 1
    assert Qpv.objects.get(code="QN00102M").pru is True
    assert Qpv.objects.get(code="QN00102M").name == "Croix Blanche"


def test_list_without_communes_nor_epci_leaves_them_alone() -> None:
    import_qpv(AS_PUBLISHED)

    result = import_qpv(b"code_qp;lib_qp\nQN00201M;Europe\nQN00102M;Croix Bleue\nQN00103M;Courbes\n")

    assert (result.created, result.updated, result.unchanged) == (1, 1, 1)
    assert communes("QN00201M") == [("02571", "Omissy"), ("02691", "Saint-Quentin")]
    assert communes("QN00102M") == [("01053", "Bourg-en-Bresse")]
    assert Qpv.objects.get(code="QN00102M").epci_name == "CA Bourg"
    assert (Qpv.objects.get(code="QN00103M").epci_siren, communes("QN00103M")) == ("", [])


def test_both_geographies_live_side_by_side() -> None:
    import_qpv(AS_PUBLISHED)

    import_qpv(b"codeQPV;libQPV;listeDepCom\nQP062001;Cite 12-14;62498\n")

    assert list(Qpv.objects.filter(department="62").values_list("code", "geography")) == [
        ("QN06201M", "2024"),
        ("QP062001", "2014"),
    ]


def test_dry_run_counts_and_writes_nothing() -> None:
    result = import_qpv(AS_PUBLISHED, dry_run=True)

    assert (result.created, result.set_aside) == (4, 3)
    assert rows() == []


@pytest.mark.parametrize("number", [1, 30])
def test_number_of_queries_does_not_follow_the_number_of_rows(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    lines = [f"QN062{rank:02d}M;Nom;62498;Lens" for rank in range(1, number + 1)]
    content = "\n".join(["code_qp;lib_qp;insee_com;lib_com", *lines]).encode()

    # Savepoint, départements, QPV, communes, insert or correct, ids, delete, insert, release.
    with django_assert_num_queries(9):
        import_qpv(content)
    with django_assert_num_queries(5):
        import_qpv(content)


def test_command_prints_oddities_then_the_count(tmp_path: Path) -> None:
    path = tmp_path / "listeqp2024.csv"
    path.write_bytes(AS_PUBLISHED)
    trial, first, second = StringIO(), StringIO(), StringIO()

    call_command("import_qpv", path, "--dry-run", stdout=trial)
    call_command("import_qpv", path, "--verbosity", "2", stdout=first)
    call_command("import_qpv", path, stdout=second)

    assert trial.getvalue().splitlines()[-1] == "Essai à blanc\u00a0: rien n’a été écrit."
    assert first.getvalue().splitlines()[10:] == [
        "département 01\u00a0: 1 QPV",
        "département 02\u00a0: 1 QPV",
        "département 2A\u00a0: 1 QPV",
        "département 62\u00a0: 1 QPV",
        "7 QPV lus\u00a0: 4 créés, 0 modifiés, 0 inchangés, 3 mis de côté\u00a0; 10 remarque(s).",
    ]
    assert second.getvalue().splitlines()[10:] == [
        "7 QPV lus\u00a0: 0 créés, 0 modifiés, 4 inchangés, 3 mis de côté\u00a0; 10 remarque(s)."
    ]


def refusal(path: Path) -> tuple[str, int]:
    with pytest.raises(CommandError) as error:
        call_command("import_qpv", path)
    return str(error.value), error.value.returncode


def test_command_refuses_a_file_that_cannot_be_read_in_one_sentence(tmp_path: Path) -> None:
    empty, absent, endless = tmp_path / "vide.csv", tmp_path / "absent.csv", tmp_path / ("x" * 300)
    empty.touch()

    assert refusal(empty) == ("Le fichier est vide.", 1)
    assert refusal(absent) == (f"Le fichier {absent} ne peut pas être lu\u00a0: il n’existe pas.", 1)
    assert refusal(tmp_path) == (f"Le fichier {tmp_path} ne peut pas être lu\u00a0: c’est un dossier.", 1)
    assert refusal(endless) == (f"Le fichier {endless} ne peut pas être lu\u00a0: le système le refuse.", 1)


@pytest.mark.parametrize("again", [False, True])
def test_official_list_of_2024(again: bool) -> None:
    if not OFFICIAL_LIST.exists():
        pytest.skip("la liste nationale n’est pas à côté du dépôt")
    content = OFFICIAL_LIST.read_bytes()
    if again:
        import_qpv(content)

    result = import_qpv(content)

    expected = (0, 0, 1584, 0) if again else (1584, 0, 0, 0)
    assert (result.created, result.updated, result.unchanged, result.set_aside) == expected
    assert Qpv.objects.count() == 1584
    assert Qpv.objects.filter(department="62").count() == 64
    assert result.by_department["62"] == 64
    assert len(result.oddities) == 15
