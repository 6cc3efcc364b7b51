"""What a list gives, an import takes back: the same file changes nothing."""

from datetime import UTC, date, datetime

import pytest
from pytest_django import Settings

from companies.resources import CompanyResource
from companies.scoped_resource import ScopedResource
from conventions.resources.conventions import ConventionResource
from tabular.reading import read_table
from tests.cast import Cast
from tests.factories import CompanyFactory, ConventionFactory
from tests.pages import page

pytestmark = [pytest.mark.django_db, pytest.mark.anywhere, pytest.mark.usefixtures("catalogue")]

AT = datetime(2020, 7, 10, 9, tzinfo=UTC)


@pytest.mark.parametrize("kind", ["xlsx", "ods", "csv"])
@pytest.mark.parametrize(
    ("name", "resource", "rows"), [("company_list", CompanyResource, 3), ("convention_list", ConventionResource, 2)]
)
def test_a_list_comes_back_and_changes_nothing(
    cast: Cast, settings: Settings, kind: str, name: str, resource: type[ScopedResource], rows: int
) -> None:
    settings.PAQTE_TODAY = date(2020, 7, 10)
    company = CompanyFactory(
        name="=Terril", sector="artisanat", naf="47.11F", headcount=0, postcode="02100", town="Écourt", category="TPE"
    )
    ConventionFactory(company=company)
    ConventionFactory(company=cast.rival_company, draft=True)
    content = b"".join(page(cast.referent, name, format=kind).streaming_content)

    result = resource(user=cast.referent, at=AT).import_data(read_table(content), dry_run=True)

    assert (result.faults, result.base_errors, result.to_write) == ([], [], [])
    assert len(result.drafts) == rows
