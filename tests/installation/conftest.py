"""A whole portal from nothing, on PostgreSQL only: on another database these tests are not collected at all."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.browser.conftest import QUIET, browser_context_args, chromium, root_arguments
from tests.databases import own_database
from tests.installation.stage import HOST, Stage, installation, staged
from tests.serving import run_python

collect_ignore_glob = [] if connection.vendor == "postgresql" else ["test_*.py"]

__all__ = ["browser_context_args"]


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:  # Any: Playwright's options
    """The browser finds the name of the portal on loopback."""
    rule = f"--host-resolver-rules=MAP {HOST} 127.0.0.1"
    return {"executable_path": chromium(), "headless": True, "args": [*QUIET, *root_arguments(), rule]}


@pytest.fixture(scope="session")
def static_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `collectstatic` gathers, once."""
    folder = tmp_path_factory.mktemp("static")
    environment = installation(os.environ["DATABASE_URL"], folder, folder)
    run_python(environment, "manage.py", "collectstatic", "--noinput", "--verbosity", "0")
    return folder


@pytest.fixture(scope="session")
def installed(static_files: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The database of an installation of the README that nobody has used yet."""
    with own_database("installed") as database:
        environment = installation(database, tmp_path_factory.mktemp("installation"), static_files)
        for command in (("migrate", "--verbosity", "0"), ("load_territories",), ("sync_catalogues",)):
            run_python(environment, "manage.py", *command)
        yield database


@pytest.fixture
def stage(installed: str, static_files: Path, tmp_path: Path) -> Iterator[Stage]:
    """A portal that opens today, empty."""
    with own_database("opened", copy_of=installed) as database, staged(database, tmp_path, static_files) as stage:
        yield stage
