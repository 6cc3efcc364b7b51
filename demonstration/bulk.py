"""Rows by the hundred thousand: PostgreSQL copies them in, any other database inserts them."""

import io
from collections.abc import Iterable, Iterator, Sequence

from django.db import connection, models

BATCH = 2000
Row = Sequence[object]
"""One value per column; an unknown one is None."""


def write(model: type[models.Model], columns: Sequence[str], rows: Iterable[Row]) -> int:
    """Write these columns of new rows, the others at their defaults. Returns how many."""
    if connection.vendor == "postgresql":
        return _copy(model, columns, rows)
    made = (model(**dict(zip(columns, row, strict=True))) for row in rows)
    return len(model._default_manager.bulk_create(made, batch_size=BATCH))


def _copy(model: type[models.Model], columns: Sequence[str], rows: Iterable[Row]) -> int:
    quote = connection.ops.quote_name
    others = [
        field
        for field in model._meta.concrete_fields
        if field.attname not in columns and not (field.null or isinstance(field, models.AutoField))
    ]
    into = ", ".join(quote(name) for name in (*columns, *(field.attname for field in others)))
    defaults = tuple(field.get_default() for field in others)
    with connection.cursor() as cursor:
        lines = io.StringIO("".join(_lines(rows, defaults)))
        cursor.copy_expert(f"COPY {quote(model._meta.db_table)} ({into}) FROM STDIN", lines)
        written: int = cursor.rowcount
    return written


def _lines(rows: Iterable[Row], defaults: Row) -> Iterator[str]:
    end = "".join(f"\t{_cell(value)}" for value in defaults) + "\n"
    for row in rows:
        yield "\t".join(map(_cell, row)) + end


def _cell(value: object) -> str:
    """As COPY reads it: what separates cells and rows is written out."""
    if value is None:
        return "\\N"
    text = str(value)
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n") if not text.isalnum() else text
