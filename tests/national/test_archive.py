"""The archive of a semester: every bilan in every format as it was sent, its index, and nothing for anybody else."""

import csv
import hashlib
import io
import zipfile
from datetime import date

import pytest
from pytest_django import Settings

from documents.models import StoredFile
from reporting import actions
from reporting.bilan import BilanData
from reporting.files import FORMATS
from tests.cast import Cast
from tests.factories import BilanFactory, CampaignFactory, DepartmentFactory, UserFactory
from tests.filing import kept
from tests.pages import signed_in
from tests.reporting.pages import AT

pytestmark = pytest.mark.django_db
PAGE = "/national/2019-S1.zip"


def every(data: BilanData) -> dict[str, StoredFile]:
    """A mark for each format, that says whose bilan it is."""
    return {kind: kept(f"{data.place.code} v{data.version} {kind}".encode()) for kind in FORMATS}


@pytest.fixture(autouse=True)
def _sent(cast: Cast, catalogue: str, settings: Settings) -> None:
    """The Pas-de-Calais and La Réunion sent theirs, the Nord writes its own."""
    settings.PAQTE_TODAY = date(2019, 9, 16)
    CampaignFactory()
    reunion = DepartmentFactory(code="974", name="La Réunion", time_zone="Indian/Reunion")
    for bilan in (BilanFactory(), BilanFactory(department=reunion)):
        who = UserFactory(referent=True, department=bilan.department)
        actions.transmit(bilan, at=AT, by=who, render=every, sending_note="Relancées.")
    BilanFactory(department=DepartmentFactory(nord=True))


def archive_of(content: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(content))


def test_every_bilan_is_there_in_every_format(cast: Cast) -> None:
    response = signed_in(cast.cget).get(PAGE)
    archive = archive_of(response.getvalue())
    names = [
        f"{code}/bilan-paqte-{code}-2019-S1-v1.{kind}"
        for code in ("62", "974")
        for kind in ("pdf", "xlsx", "ods", "csv", "json")
    ]

    assert archive.testzip() is None
    assert archive.namelist() == ["index.csv", *names]
    assert archive.read(names[0]) == b"62 v1 pdf"
    assert "paqte-national-2019-S1-bilans.zip" in response.headers["Content-Disposition"]


def test_its_index_says_what_each_file_is(cast: Cast) -> None:
    archive = archive_of(signed_in(cast.cget).get(PAGE).getvalue())
    index = archive.read("index.csv").decode("utf-8-sig")

    headers, *lines = csv.reader(io.StringIO(index), delimiter=";")

    assert headers[:3] == ["Fichier", "Code", "Département"]
    # Sent at 8 in the morning of UTC: noon in La Réunion.
    assert lines[5][1:7] == ["974", "La Réunion", "1", "15/09/2019", "pdf", "10"]
    assert {line[0]: line[7] for line in lines} == {
        name: hashlib.sha256(archive.read(name)).hexdigest() for name in archive.namelist()[1:]
    }
    assert archive.getinfo(lines[5][0]).date_time == (2019, 9, 15, 12, 0, 0)


def test_asked_again_it_is_the_same(cast: Cast) -> None:
    client = signed_in(cast.cget)
    cut = client.get(PAGE)
    next(iter(cut))

    assert client.get(PAGE).getvalue() == client.get(PAGE).getvalue()


def test_a_part_of_the_country_has_its_own(cast: Cast) -> None:
    client = signed_in(cast.cget)

    assert len(archive_of(client.get(f"{PAGE}?departement=62").getvalue()).namelist()) == 6
    assert client.get(f"{PAGE}?departement=59").status_code == 404
    assert client.get(f"{PAGE}?departement=2C").status_code == 422


def test_it_is_for_the_agency(cast: Cast) -> None:
    assert [signed_in(getattr(cast, who)).get(PAGE).status_code for who in ("referent", "lecteur", "member")] == [
        403
    ] * 3
