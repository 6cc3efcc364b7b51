"""What every drill kills: a demonstration of its own, on the database system under test."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.db import connection

from tests.databases import own_database
from tests.serving import demo_environment, run_python

DAY = "2022-07-10"


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """A demonstration with its tables and its catalogue, on the database system under test, that nobody changes."""
    own = demo_environment(tmp_path_factory.mktemp("prepared"), DAY)
    with ExitStack() as databases:
        if connection.vendor == "postgresql":
            own["DATABASE_URL"] = databases.enter_context(own_database("prepared"))
        run_python(own, "manage.py", "migrate", "--verbosity", "0")
        run_python(own, "manage.py", "sync_catalogues")
        yield own


@pytest.fixture
def environment(prepared: dict[str, str], tmp_path: Path) -> Iterator[dict[str, str]]:
    """A copy of it for one test."""
    folder = tmp_path / "data"
    shutil.copytree(prepared["PAQTE_DATA_DIR"], folder)
    own = demo_environment(folder, DAY)
    if connection.vendor != "postgresql":
        yield own
        return
    with own_database("kill", copy_of=prepared["DATABASE_URL"]) as url:
        yield {**own, "DATABASE_URL": url}
