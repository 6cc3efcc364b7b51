"""Publishing the catalogues: once, mirrored in full, never changed afterwards."""

from dataclasses import replace
from datetime import date
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from indicators.actions.catalogues import CatalogueSync, sync_catalogues
from indicators.catalogue import CatalogueError, load_catalogue
from indicators.models import CatalogueVersion, Indicator

pytestmark = pytest.mark.django_db

PAQTE = load_catalogue("paqte-2018")


def test_sync_publishes_the_version_and_mirrors_its_38_indicators() -> None:
    result = sync_catalogues([PAQTE])

    assert result == CatalogueSync(published=("paqte-2018",), unchanged=())
    version = CatalogueVersion.objects.get()
    assert (version.code, str(version), version.catalogue) == ("paqte-2018", "Catalogue PAQTE 2018", PAQTE)
    assert version.fingerprint == PAQTE.fingerprint
    assert Indicator.objects.filter(version="paqte-2018").count() == 38
    assert Indicator.objects.filter(core=True).count() == 21
    francs = Indicator.objects.get(code="REC-04")
    assert (francs.axis, francs.kind, francs.unit, francs.position) == ("recruter", "flux", "nombre", 26)
    assert str(francs) == "REC-04 Recrutements en emplois francs"


def test_every_mirrored_row_says_what_its_spec_says() -> None:
    sync_catalogues([PAQTE])

    for indicator in Indicator.objects.all():
        indicator.full_clean()
        for field in ("code", "axis", "position", "label", "definition", "counts", "excludes", "kind", "unit", "core"):
            assert getattr(indicator, field) == getattr(indicator.spec, field)
        for field in ("origin", "source", "plausibility", "valid_from", "valid_until"):
            assert getattr(indicator, field) == getattr(indicator.spec, field)


def test_sync_twice_changes_nothing() -> None:
    sync_catalogues([PAQTE])

    again = sync_catalogues([PAQTE])

    assert again == CatalogueSync(published=(), unchanged=("paqte-2018",))
    assert Indicator.objects.count() == 38


def test_sync_dry_run_writes_nothing() -> None:
    assert sync_catalogues([PAQTE], dry_run=True).published == ("paqte-2018",)
    assert not CatalogueVersion.objects.exists()


def test_published_version_whose_file_changed_is_refused_and_nothing_is_written() -> None:
    sync_catalogues([PAQTE])
    tampered = replace(PAQTE, fingerprint="0" * 64)
    other = replace(PAQTE, version="paqte-2021", fingerprint="1" * 64)

    with pytest.raises(CatalogueError) as refusal:
        sync_catalogues([other, tampered])

    assert str(refusal.value) == (
        "Le catalogue paqte-2018 est publié et ne peut plus changer, mais son fichier a changé. "
        "Rétablissez ce fichier et publiez la correction sous un autre nom de version."
    )
    assert list(CatalogueVersion.objects.values_list("code", flat=True)) == ["paqte-2018"]


def test_command_says_what_it_published() -> None:
    trial, first, second = StringIO(), StringIO(), StringIO()

    call_command("sync_catalogues", "--dry-run", stdout=trial)
    call_command("sync_catalogues", stdout=first)
    call_command("sync_catalogues", stdout=second)

    assert trial.getvalue().splitlines() == [
        "Catalogue paqte-2018\u00a0: publié.",
        "Essai à blanc\u00a0: rien n’a été écrit.",
    ]
    assert first.getvalue() == "Catalogue paqte-2018\u00a0: publié.\n"
    assert second.getvalue() == "Catalogue paqte-2018\u00a0: inchangé.\n"


def test_command_refuses_loudly_a_published_version_that_changed() -> None:
    call_command("sync_catalogues", stdout=StringIO())
    CatalogueVersion.objects.update(fingerprint="0" * 64)

    with pytest.raises(CommandError) as refusal:
        call_command("sync_catalogues", stdout=StringIO())

    assert refusal.value.returncode == 1
    assert str(refusal.value).startswith("Le catalogue paqte-2018 est publié et ne peut plus changer")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"axis": "vendre"}, "L’axe est l’un des quatre axes du PAQTE."),
        ({"unit": "oui/non"}, "Un indicateur oui ou non n’a pas d’autre unité, et inversement."),
        ({"kind": "mensuel"}, "Un indicateur oui ou non n’a pas d’autre unité, et inversement."),
        ({"origin": "inventé"}, "Un indicateur est repris d’un document public ou proposé."),
        (
            {"valid_from": "2020-01-01", "valid_until": "2019-12-31"},
            "La fin de validité doit suivre son début.",
        ),
        ({"code": "SEN-02"}, "Ce code existe déjà dans cette version du catalogue."),
        ({"position": 2}, "Ce rang est déjà pris dans cette version du catalogue."),
    ],
)
def test_constraint_holds_in_the_database_and_speaks_french(changes: dict[str, object], sentence: str) -> None:
    sync_catalogues([PAQTE])
    indicator = Indicator.objects.get(code="SEN-01")
    for name, value in changes.items():
        setattr(indicator, name, value)

    with pytest.raises(ValidationError) as refusal:
        indicator.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        indicator.save()

    assert refusal.value.messages == [sentence]


@pytest.mark.parametrize(
    ("on", "code"),
    [
        (date(2018, 1, 1), "paqte-2018"),
        (date(2019, 1, 22), "paqte-2018"),
        (date(2021, 10, 31), "paqte-2018"),
        (date(2021, 11, 1), "paqte-2021"),
        (date(2030, 1, 1), "paqte-2021"),
    ],
)
def test_the_version_in_force_is_the_last_one_published_by_that_day(on: date, code: str) -> None:
    # The later one is written first: the order of arrival says nothing.
    for version, published_on in (("paqte-2021", date(2021, 11, 1)), ("paqte-2018", date(2019, 1, 22))):
        CatalogueVersion.objects.create(code=version, published_on=published_on)

    assert CatalogueVersion.objects.in_force(on=on).code == code
