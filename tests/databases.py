"""Databases of their own on the server under test, for what needs a whole portal: made empty, dropped at the end."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import unquote, urlparse

import psycopg2


@contextmanager
def own_database(name: str, *, copy_of: str = "") -> Iterator[str]:
    """A database on the PostgreSQL server of DATABASE_URL, empty or a copy of another; its own address."""
    server = os.environ["DATABASE_URL"]
    name = f"paqte_{name}_{os.getpid()}"
    with administration(server) as run:
        run(f"CREATE DATABASE {name}" + (f" TEMPLATE {copy_of.rpartition('/')[2]}" if copy_of else ""))
    try:
        yield server.rpartition("/")[0] + f"/{name}"
    finally:
        with administration(server) as run:
            run(f"DROP DATABASE {name} WITH (FORCE)")


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
