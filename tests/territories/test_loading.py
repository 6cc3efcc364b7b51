"""The régions and départements shipped with the portal: complete, correct French, loaded once."""

from io import StringIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from pytest_django import DjangoAssertNumQueries

from territories.loading import Tally, load_territories
from territories.models import Department, Region

pytestmark = pytest.mark.django_db


def test_load_creates_every_region_and_department() -> None:
    load = load_territories()

    assert load.regions == Tally(created=18, updated=0, unchanged=0)
    assert load.departments == Tally(created=109, updated=0, unchanged=0)
    assert Region.objects.count() == 18
    assert Department.objects.filter(region__isnull=False).count() == 101
    assert list(Department.objects.filter(region__isnull=True).values_list("code", flat=True)) == [
        "975", "977", "978", "984", "986", "987", "988", "989",
    ]  # fmt: skip


def test_load_twice_changes_nothing() -> None:
    load_territories()

    again = load_territories()

    assert again.regions == Tally(created=0, updated=0, unchanged=18)
    assert again.departments == Tally(created=0, updated=0, unchanged=109)


def test_load_corrects_what_differs_and_nothing_else() -> None:
    load_territories()
    Department.objects.filter(code="62").update(name="Pas de Calais", region=None)
    Region.objects.filter(code="32").update(name="Nord-Pas-de-Calais-Picardie")
    Region.objects.create(code="99", name="Ailleurs")

    load = load_territories()

    assert load.regions == Tally(created=0, updated=1, unchanged=17)
    assert load.departments == Tally(created=0, updated=1, unchanged=108)
    department = Department.objects.select_related("region").get(code="62")
    assert (department.name, department.region and department.region.name) == ("Pas-de-Calais", "Hauts-de-France")
    assert Region.objects.filter(code="99").exists()


def test_load_dry_run_writes_nothing() -> None:
    load = load_territories(dry_run=True)

    assert load.departments == Tally(created=109, updated=0, unchanged=0)
    assert not Department.objects.exists()


def test_load_reads_and_writes_each_table_once(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    load_territories()

    with django_assert_num_queries(4):  # savepoint, two reads, release
        load_territories()


@pytest.mark.parametrize(
    ("code", "of_name", "prefecture", "time_zone"),
    [
        ("01", "de l’Ain", "Bourg-en-Bresse", "Europe/Paris"),
        ("2A", "de la Corse-du-Sud", "Ajaccio", "Europe/Paris"),
        ("28", "d’Eure-et-Loir", "Chartres", "Europe/Paris"),
        ("59", "du Nord", "Lille", "Europe/Paris"),
        ("62", "du Pas-de-Calais", "Arras", "Europe/Paris"),
        ("75", "de Paris", "Paris", "Europe/Paris"),
        ("92", "des Hauts-de-Seine", "Nanterre", "Europe/Paris"),
        ("95", "du Val-d’Oise", "Pontoise", "Europe/Paris"),
        ("971", "de la Guadeloupe", "Basse-Terre", "America/Guadeloupe"),
        ("972", "de la Martinique", "Fort-de-France", "America/Martinique"),
        ("973", "de la Guyane", "Cayenne", "America/Cayenne"),
        ("974", "de La Réunion", "Saint-Denis", "Indian/Reunion"),
        ("975", "de Saint-Pierre-et-Miquelon", "Saint-Pierre", "America/Miquelon"),
        ("976", "de Mayotte", "Mamoudzou", "Indian/Mayotte"),
        ("977", "de Saint-Barthélemy", "Gustavia", "America/St_Barthelemy"),
        ("978", "de Saint-Martin", "Marigot", "America/Marigot"),
        ("984", "des Terres australes et antarctiques françaises", "Saint-Pierre (La Réunion)", "Indian/Reunion"),
        ("986", "de Wallis et Futuna", "Mata-Utu", "Pacific/Wallis"),
        ("987", "de la Polynésie française", "Papeete", "Pacific/Tahiti"),
        ("988", "de la Nouvelle-Calédonie", "Nouméa", "Pacific/Noumea"),
        ("989", "de l’Île de Clipperton", "", "Pacific/Tahiti"),
    ],
)
def test_department_as_one_writes_it(code: str, of_name: str, prefecture: str, time_zone: str) -> None:
    load_territories()

    department = Department.objects.get(code=code)

    assert (department.of_name, department.prefecture, department.time_zone) == (of_name, prefecture, time_zone)


def test_every_time_zone_is_known() -> None:
    load_territories()

    zones = set(Department.objects.values_list("time_zone", flat=True))

    assert {ZoneInfo(zone).key for zone in zones} == zones


def test_load_of_empty_files_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "regions.csv").write_text("code;name\n", encoding="utf-8")
    (tmp_path / "departements.csv").write_text("code;name;name_kind;region;prefecture;time_zone\n", encoding="utf-8")

    load = load_territories(folder=tmp_path)

    assert load.regions == load.departments == Tally(created=0, updated=0, unchanged=0)


def test_command_says_what_it_did() -> None:
    trial, first, second = StringIO(), StringIO(), StringIO()

    call_command("load_territories", "--dry-run", stdout=trial)
    call_command("load_territories", stdout=first)
    call_command("load_territories", stdout=second)

    assert trial.getvalue().splitlines() == [
        "Régions\u00a0: 18 créées, 0 modifiées, 0 inchangées.",
        "Départements et collectivités\u00a0: 109 créés, 0 modifiés, 0 inchangés.",
        "Essai à blanc\u00a0: rien n’a été écrit.",
    ]
    assert first.getvalue().splitlines() == trial.getvalue().splitlines()[:2]
    assert second.getvalue().splitlines() == [
        "Régions\u00a0: 0 créées, 0 modifiées, 18 inchangées.",
        "Départements et collectivités\u00a0: 0 créés, 0 modifiés, 109 inchangés.",
    ]


def test_qpv_import_asks_for_the_territories_first() -> None:
    with pytest.raises(CommandError) as refusal:
        call_command("import_qpv", "liste.csv")

    assert str(refusal.value) == "Aucun département n’est chargé\u00a0: lancez d’abord load_territories."
