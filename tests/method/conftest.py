"""Each implementation of the method in turn."""

import pytest

from tests.method.engines import ENGINES, Engine, by_database


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Engine:
    """By hand, by the core, by the whole portal; the last one with the catalogue in its database."""
    chosen: Engine = request.param
    if chosen is by_database:
        request.getfixturevalue("catalogue")
    return chosen
