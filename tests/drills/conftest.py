"""What every drill kills: a demonstration of its own, on the database system under test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from tests.databases import own_database
from tests.serving import demo_environment


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[dict[str, str]]:
    """A demonstration of its own on the database system under test."""
    own = demo_environment(tmp_path, "2022-07-10")
    if connection.vendor != "postgresql":
        yield own
        return
    with own_database("kill") as url:
        yield {**own, "DATABASE_URL": url}
