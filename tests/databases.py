"""Databases of their own on the server under test, for what needs a whole portal: made empty, dropped at the end."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import unquote, urlparse

import psycopg2
import pytest
from django.db import connection


def address_of(name: str) -> str:
    """That of a database on the PostgreSQL server of DATABASE_URL."""
    return f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{name}"


@contextmanager
def own_database(name: str, *, copy_of: str = "") -> Iterator[str]:
    """A database on the server under test, empty or a copy of another; its own address."""
    server = os.environ["DATABASE_URL"]
    name = f"paqte_{name}_{os.getpid()}"
    with administration(server) as run:
        run(f"CREATE DATABASE {name}" + (f" TEMPLATE {copy_of.rpartition('/')[2]}" if copy_of else ""))
    try:
        yield address_of(name)
    finally:
        with administration(server) as run:
            run(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def journals_can_be_emptied() -> Iterator[None]:
    """Both databases refuse that the rows of a journal go away: for that statement of the tests the guards are off."""
    # Of the class: beside a browser, whose driver runs a loop, Django opens another connection.
    operations: Any = type(connection.ops)  # Any: those of either database
    empty, guards_off = operations.sql_flush, {"sqlite": _dropped, "postgresql": _disabled}[connection.vendor]

    def without_guards(*args: Any, **options: Any) -> list[str]:
        off, on = guards_off()
        return [*off, *empty(*args, **options), *on]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "sql_flush", without_guards)
        yield


def _dropped() -> tuple[list[str], list[str]]:
    """Statements that take the triggers of SQLite away, and that put them back."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        guards = cursor.fetchall()
    return [f"DROP TRIGGER {name}" for name, _ in guards], [sql for _, sql in guards]


def _disabled() -> tuple[list[str], list[str]]:
    """The same of PostgreSQL, which truncates: its other guards are not asked."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass, tgname FROM pg_trigger WHERE tgname LIKE '%only_grows_whole'")
        guards = [f"ALTER TABLE {table} {{}} TRIGGER {name}" for table, name in cursor.fetchall()]
    return [guard.format("DISABLE") for guard in guards], [guard.format("ENABLE") for guard in guards]


@contextmanager
def administration(server: str) -> Iterator[Callable[[str], None]]:
    """Statements outside a transaction on the server under test."""
    place = urlparse(server)
    link = psycopg2.connect(host=unquote(place.hostname or ""), user=place.username, dbname="postgres")
    link.autocommit = True
    try:
        yield link.cursor().execute
    finally:
        link.close()
