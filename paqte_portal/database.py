"""How the portal drives its database: PostgreSQL for real, SQLite to try it."""

from pathlib import Path
from typing import Any

import dj_database_url

SQLITE_OPTIONS: dict[str, Any] = {  # Any: each option has its type
    # A transaction takes the write lock when it opens: two of them wait for each other instead of failing half-way.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA foreign_keys=ON; PRAGMA synchronous=FULL;",
}
POSTGRESQL_OPTIONS: dict[str, Any] = {  # Any: each option has its type
    "connect_timeout": 5,
    # random_page_cost: the default, 4, is that of a disk with an arm; with it, asking for one département reads the
    # results of the nation from end to end.
    "options": "-c statement_timeout=30000 -c lock_timeout=5000 -c random_page_cost=1.1",
}


def settings_of(url: str, folder: Path, *, testing: bool) -> dict[str, Any]:  # Any: Django's own shape of a database
    """The database of `url`, or the SQLite file of the data folder. No ATOMIC_REQUESTS: reading never locks."""
    sqlite_file = f"sqlite:///{folder / 'paqte.sqlite3'}"
    database: dict[str, Any] = dict(dj_database_url.parse(url or sqlite_file))  # Any: as above
    if "sqlite" in database["ENGINE"]:
        # A connection that stays open keeps the shared index of the WAL: on a full disk, nobody could make it again,
        # and not even a reader could come in. A test file instead of memory: tests with threads need several.
        kept_open = {"CONN_MAX_AGE": 0 if testing else None}
        return database | kept_open | {"OPTIONS": SQLITE_OPTIONS, "TEST": {"NAME": str(folder / "test.sqlite3")}}
    options = database.get("OPTIONS", {}) | POSTGRESQL_OPTIONS
    return database | {"OPTIONS": options, "CONN_MAX_AGE": 0 if testing else 60, "CONN_HEALTH_CHECKS": True}
