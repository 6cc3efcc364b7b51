"""One demonstration for every test of this folder: written once, read and changed by each, put back after each."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from demonstration.seeding import Seeded, seed
from indicators.actions.catalogues import sync_catalogues
from indicators.catalogue import load_catalogue
from territories.loading import load_territories
from tests.demonstration.samples import PASSWORD, no_pdf


def pytest_collectstart(collector: pytest.Collector) -> None:
    """It is the same on any database; ./dev run writes it on SQLite, for the browser of the tests too."""
    collector.add_marker(pytest.mark.django_db)
    collector.add_marker(pytest.mark.anywhere)


@pytest.fixture(scope="package")
def seeded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Seeded]:
    with django_db_blocker.unblock(), transaction.atomic():
        load_territories()
        sync_catalogues([load_catalogue("paqte-2018")])
        yield seed(password=PASSWORD, render=no_pdf)
        transaction.set_rollback(True)
