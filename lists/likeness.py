"""A search that forgives slips: what it finds when nothing has the very words. pg_trgm, or its like on SQLite."""

from functools import reduce
from operator import add
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, FloatField, Func, Q, QuerySet, Value
from django.db.models.sql.compiler import SQLCompiler

from french.likeness import ALIKE, likeness
from french.order import folded
from lists.columns import M

CLOSENESS = "closeness"
"""How near a row is, in what `near` answers: the nearest is the highest."""


class Likeness(Func):
    """How much a word looks like one of those of a key, from 0 to 1."""

    function = "strict_word_similarity"
    output_field = FloatField()

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Any:  # Any: Django's
        """SQLite is taught the function: it is kept by the connection, and taught again costs nothing."""
        connection.ensure_connection()
        connection.connection.create_function("strict_word_similarity", 2, likeness, deterministic=True)
        return self.as_sql(compiler, connection, **context)


def near(rows: QuerySet[M], text: str, key: str) -> QuerySet[M]:
    """The rows whose search key, at the end of the path `key`, has a word close to each one of `text`.

    Numbers are not forgiven: a SIRET is right or is another.
    """
    words = folded(text).split()
    likes = [Likeness(Value(word), F(key)) for word in words if not word.isdecimal()]
    found: QuerySet[M] = rows.alias(**{f"likeness_{rank}": like for rank, like in enumerate(likes)})
    for rank in range(len(likes)):
        found = found.filter(**{f"likeness_{rank}__gte": ALIKE})
    for word in filter(str.isdecimal, words):
        found = found.filter(Q((f"{key}__contains", f" {word}")))
    closest: QuerySet[M] = found.alias(**{CLOSENESS: reduce(add, likes, Value(0.0))})
    return closest if likes else closest.none()
