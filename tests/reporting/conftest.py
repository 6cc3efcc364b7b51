"""What every test of reporting asks for: the database, with the catalogue in it."""

import pytest

from tests.marking import mark_modules

THEIR_OWN = {
    "test_actions.py",
    "test_boxes.py",
    "test_cells.py",
    "test_columns.py",
    "test_context.py",
    "test_documents.py",
    "test_overlaps.py",
    "test_pure.py",
    "test_snapshots.py",
    "test_transmission_lock.py",
}
"""Pure modules, and races that need whole transactions: each says what it asks for."""


def pytest_collectstart(collector: pytest.Collector) -> None:
    """Said here once."""
    mark_modules(collector, pytest.mark.django_db, pytest.mark.usefixtures("catalogue"), but=THEIR_OWN)
