"""What every test of companies asks for: the database."""

import pytest

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
