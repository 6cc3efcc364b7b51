"""What every test of conventions asks for: the database, with the catalogue in it."""

import pytest

from tests.marking import mark_modules

THEIR_OWN = {
    "test_answers.py",
    "test_expected.py",
    "test_figures.py",
    "test_issues.py",
    "test_merging.py",
    "test_signature_dates.py",
    "test_submission_race.py",
    "test_succession_race.py",
    "test_target_grid.py",
    "test_transitions.py",
}
"""Pure modules, and races that need whole transactions: each says what it asks for."""


def pytest_collectstart(collector: pytest.Collector) -> None:
    """Said here once."""
    mark_modules(collector, pytest.mark.django_db, pytest.mark.usefixtures("catalogue"), but=THEIR_OWN)
