"""What every test of accounts asks for: the database."""

import pytest

from tests.marking import mark_modules

THEIR_OWN = {
    "test_buckets.py",
    "test_error_views.py",
    "test_hashers.py",
    "test_rates.py",
    "test_visitors.py",
    "test_team_race.py",
}
"""Pure modules, and races that need whole transactions: each says what it asks for."""


def pytest_collectstart(collector: pytest.Collector) -> None:
    """Said here once."""
    mark_modules(collector, pytest.mark.django_db, but=THEIR_OWN)
