"""The journal as a file: what the filters keep, all of it, one's own lines only; read back by LibreOffice."""

import csv
import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.models import Trace
from companies.actions.signatories import record_charter
from journal import reading
from tests.cast import Cast
from tests.pages import page, signed_in, text
from tests.reporting.test_libreoffice import cells_of, convert

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

AT = datetime(2019, 7, 22, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _today(settings: Settings) -> None:
    settings.PAQTE_TODAY = date(2019, 7, 22)


def charters(cast: Cast, number: int) -> None:
    """So many lines of the Pas-de-Calais, one a minute, and one of the Nord."""
    for rank in range(number):
        at, signed_on = AT + timedelta(minutes=rank), date(2014, 3, 1)
        record_charter(cast.company, reference=f"=CEQ-{rank}", signed_on=signed_on, at=at, by=cast.referent)
    record_charter(cast.other_company, reference="NORD", signed_on=date(2014, 3, 1), at=AT, by=cast.other_referent)


def lines(cast: Cast, **query: str) -> list[list[str]]:
    """The lines of the CSV file, without its headers."""
    content = page(cast.referent, "journal", format="csv", **query).getvalue().decode("utf-8-sig")
    return list(csv.reader(content.splitlines(), delimiter=";"))[1:]


def test_it_says_what_the_page_says(cast: Cast) -> None:
    charters(cast, 2)

    found = lines(cast, quoi="entreprises", apres=f"{AT.isoformat()}~0~1")

    assert [line[1:5] for line in found] == [
        ["11:01", "Charte enregistrée", cast.referent.bare_name, cast.company.name],
        ["11:00", "Charte enregistrée", cast.referent.bare_name, cast.company.name],
    ]
    assert "=CEQ-1, signée le\u00a0: 01/03/2014" in found[0][5].replace("\u202f", "\u00a0")
    assert found[0][5].startswith("'=")
    assert lines(cast, quoi="entreprises", du="2019-07-23") == []


def test_all_the_lines_are_in_it_whatever_is_read_together(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    charters(cast, 7)
    monkeypatch.setattr(reading, "LINES_AT_A_TIME", 3)

    told = [line[1] for line in lines(cast, quoi="entreprises")]

    assert told == ["11:06", "11:05", "11:04", "11:03", "11:02", "11:01", "11:00"]


def test_it_makes_as_many_queries_for_one_line_as_for_thirty(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(cast.referent)
    for number in (1, 30):
        charters(cast, number)
        with django_assert_num_queries(7):
            client.get("/journal/", {"quoi": "entreprises", "format": "csv"}).getvalue()


def test_it_is_noted_and_the_page_leads_to_it(cast: Cast) -> None:
    charters(cast, 1)

    assert "?quoi=entreprises&amp;format=ods" in text(page(cast.referent, "journal", quoi="entreprises"))
    lines(cast, quoi="entreprises")

    exports = Trace.objects.filter(kind=Trace.Kind.EXPORT)
    assert list(exports.values_list("by", "what")) == [(cast.referent.pk, "Journal du Pas-de-Calais")]


def test_another_format_and_another_role_get_nothing(cast: Cast) -> None:
    assert page(cast.referent, "journal", format="exe").status_code == 404
    assert page(cast.lecteur, "journal", format="csv").status_code == 403


def test_libreoffice_reads_it_back(cast: Cast, tmp_path: Path) -> None:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("LibreOffice est introuvable : apt-get install -y --no-install-recommends libreoffice-calc-nogui")
    charters(cast, 3)
    written = {}
    for kind in ("xlsx", "ods"):
        written[kind] = page(cast.referent, "journal", quoi="entreprises", format=kind).getvalue()
        (tmp_path / f"journal-{kind}.{kind}").write_bytes(written[kind])

    convert(office, tmp_path, [tmp_path / f"journal-{kind}.{kind}" for kind in written], "xlsx")

    first = cells_of(written["xlsx"])
    assert [len(found) for found in first.values()] == [4]
    for kind in written:
        assert cells_of((tmp_path / "made" / f"journal-{kind}.xlsx").read_bytes()) == first, kind
