"""Databases of their own on the server under test, for what needs a whole portal: made empty, dropped at the end."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import unquote, urlparse

import psycopg2


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
def administration(server: str) -> Iterator[Callable[[str], None]]:
    """Statements outside a transaction on the server under test."""
    place = urlparse(server)
    link = psycopg2.connect(host=unquote(place.hostname or ""), user=place.username, dbname="postgres")
    link.autocommit = True
    try:
        yield link.cursor().execute
    finally:
        link.close()
