"""What holds for every test: no undefined variable in a template, no network, files under one temporary folder."""

import gc
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from indicators.actions.catalogues import sync_catalogues
from indicators.catalogue import load_catalogue
from tests.cast import Cast, make_cast
from tests.databases import journals_can_be_emptied
from tests.network_guard import only_loopback
from tests.template_guard import undefined_variables_are_recorded

# A busy machine is slow, which says nothing of the law that is tried.
hypothesis_settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("busy")


def pytest_configure(config: pytest.Config) -> None:
    """The SQLite test database is a file, in a folder that must exist before Django looks for it."""
    Path(settings.DATA_DIR).mkdir(parents=True, exist_ok=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that asks no database says the same on any."""
    for item in items:
        fixtures = getattr(item, "fixturenames", ())
        if "db" not in fixtures and not any(map(item.get_closest_marker, ("django_db", "browser", "benchmark"))):
            item.add_marker(pytest.mark.anywhere)


def pytest_collection_finish(session: pytest.Session) -> None:
    """What is loaded by now stays until the end: looking for garbage in it again and again took a sixth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave nothing behind, but never delete a folder that somebody named."""
    folder = Path(settings.DATA_DIR)
    if folder.parent == Path(tempfile.gettempdir()).resolve() and folder.name.startswith("paqte-tests-"):
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    with only_loopback():
        yield


@pytest.fixture(scope="session", autouse=True)
def _journals_can_be_emptied() -> Iterator[None]:
    with journals_can_be_emptied():
        yield


@pytest.fixture(scope="session")
def _template_guard() -> Iterator[list[str]]:
    with undefined_variables_are_recorded() as found:
        yield found


@pytest.fixture(autouse=True)
def _no_undefined_template_variable(_template_guard: list[str]) -> Iterator[None]:
    """Raising is not enough: `{% if a and b %}` swallows the exception, so that the end of the test looks too."""
    _template_guard.clear()
    yield
    if _template_guard:
        pytest.fail(f"Variables inconnues dans un gabarit : {', '.join(sorted(set(_template_guard)))}")


@pytest.fixture
def catalogue(db: None) -> str:
    """The published catalogue in the database; returns its version."""
    sync_catalogues([load_catalogue("paqte-2018")])
    return "paqte-2018"


@pytest.fixture
def cast(db: None) -> Cast:
    """The fixed cast."""
    return make_cast()
