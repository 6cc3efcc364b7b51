"""One national set for all the measures, and their table at the end."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from indicators.actions.catalogues import sync_catalogues
from indicators.catalogue import load_catalogue
from territories.loading import load_territories
from tests.benchmark import nation as national
from tests.benchmark.door import open_door
from tests.benchmark.measures import ROWS


@pytest.fixture(scope="session")
def _portal() -> Iterator[None]:
    """The portal on the day of the set, with the address of the floor."""
    with override_settings(PAQTE_TODAY=national.TODAY, ROOT_URLCONF="tests.benchmark.urls"):
        yield


@pytest.fixture(scope="session")
def nation(_portal: None, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[national.Nation]:
    """Loaded once, served until the end; each measure undoes what it writes."""
    with django_db_blocker.unblock():
        if connection.vendor != "postgresql":
            pytest.skip("Les mesures se prennent sur PostgreSQL : ./dev bench.")
        load_territories()
        sync_catalogues([load_catalogue("paqte-2018")])
        with open_door(national.TODAY) as door:
            loaded = national.load(door)
            with django_db_blocker.block():
                yield loaded


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The table."""
    if ROWS:
        terminalreporter.section("mesures")
        terminalreporter.write_line("\n".join(ROWS))
