"""The file of a list: the rows of the address, typed cells, nothing that a spreadsheet runs."""

import io
from datetime import date, datetime

import pytest
from openpyxl import load_workbook
from pytest_django import Settings

from conventions.models import Convention
from tabular.reading import read_table
from tests.cast import Cast
from tests.factories import CompanyFactory, ConventionFactory
from tests.pages import page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

HEADERS = [
    *("Entreprise", "SIRET", "Référence", "Situation", "Date d’effet", "Dernier jour", "Axes"),
    *("Motif du choix des axes", "Signée le", "Lieu de signature", "Origine", "Charte d’origine", "Catégorie"),
    "Commune",
]


@pytest.fixture(autouse=True)
def _july(settings: Settings) -> None:
    settings.PAQTE_TODAY = date(2020, 7, 10)


@pytest.fixture
def convention(cast: Cast) -> Convention:
    company = CompanyFactory(
        name="=Terril+1", siret="00090000100001", category="PME", town="Liévin", department=cast.company.department
    )
    ConventionFactory(company=cast.other_company)
    made: Convention = ConventionFactory(
        company=company, reference="PAQTE-62-2019-042", starts_on=date(2019, 2, 8), signed_on=date(2019, 2, 8)
    )
    return made


def content(cast: Cast, kind: str, **query: str) -> bytes:
    response = page(cast.referent, "convention_list", format=kind, **query)
    assert response.streaming
    return b"".join(response.streaming_content)


@pytest.mark.parametrize("kind", ["xlsx", "ods", "csv"])
def test_it_is_read_back_as_it_was(cast: Cast, convention: Convention, kind: str) -> None:
    table = read_table(content(cast, kind))

    assert table.headers == HEADERS
    assert [line.cells[:6] for line in table.lines] == [
        ["=Terril+1", "00090000100001", "PAQTE-62-2019-042", "en cours", "08/02/2019", "07/02/2022"]
    ]


def test_a_workbook_has_days_and_identifiers_and_no_formula(cast: Cast, convention: Convention) -> None:
    sheet = load_workbook(io.BytesIO(content(cast, "xlsx"))).active
    assert sheet is not None
    name, siret, _, _, starts_on = next(sheet.iter_rows(min_row=2, max_col=5, values_only=True))

    assert (name, siret) == ("'=Terril+1", "00090000100001")
    assert isinstance(starts_on, datetime)
    assert starts_on.date() == date(2019, 2, 8)


def test_it_keeps_the_filters_and_has_a_name(cast: Cast, convention: Convention) -> None:
    response = page(cast.referent, "convention_list", format="csv", situation="brouillon")

    assert response.headers["Content-Disposition"] == 'attachment; filename="paqte-conventions-2020-07-10.csv"'
    assert len(b"".join(response.streaming_content).splitlines()) == 1


def test_another_format_is_nowhere(cast: Cast) -> None:
    assert page(cast.referent, "convention_list", format="exe").status_code == 404


def test_the_page_offers_the_files_of_what_it_shows(cast: Cast, convention: Convention) -> None:
    shown = page(cast.referent, "convention_list", q="terril", page="1").content.decode()

    assert 'href="?q=terril&amp;format=xlsx">Liste Excel (XLSX)</a>' in shown
