"""What every test of companies asks for: the database; and what two files ask for."""

import pytest

from companies.models import Invitation
from tests.cast import Cast
from tests.factories import InvitationFactory
from tests.marking import mark_modules

THEIR_OWN = {
    "test_company_models.py",
    "test_siret.py",
    "test_import_race.py",
    "test_invitation_race.py",
}
"""Pure modules, and races that need whole transactions: each says what it asks for."""


def pytest_collectstart(collector: pytest.Collector) -> None:
    """Said here once."""
    mark_modules(collector, pytest.mark.django_db, but=THEIR_OWN)


@pytest.fixture
def invitation(cast: Cast) -> Invitation:
    """Somebody without an account is invited to contribute to the company."""
    row: Invitation = InvitationFactory(
        company=cast.company, contributor=True, email="nouveau@example.org", token="jeton", invited_by=cast.member
    )
    return row
