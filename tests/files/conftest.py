"""Who sends the files, and what they are about."""

from datetime import date

import pytest
from django.test import Client
from pytest_django import Settings

from tests.cast import Cast
from tests.factories import ConventionFactory, SubmissionFactory, invented_siret


@pytest.fixture
def staff(client: Client, cast: Cast, catalogue: str, settings: Settings) -> Client:
    """A référent whom the files are about, on a day when results are entered."""
    settings.PAQTE_TODAY = date(2019, 7, 15)
    cast.rival_company.siret = invented_siret(702)
    cast.rival_company.save()
    convention = ConventionFactory(company=cast.company, reference="PAQTE-62-2019-001")
    SubmissionFactory(convention=convention, answers={"REC-01": 12})
    client.force_login(cast.referent)
    return client
