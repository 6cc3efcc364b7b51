"""Many rows read as one document: thousands of cells travel as a few hundred values."""

import json
from decimal import Decimal
from typing import Any

from django.db.models import Aggregate, TextField


class Gathered(Aggregate):
    """One JSON object per group, from a key and a value of each row; read it with `read_gathered`."""

    function = "json_object_agg"
    template = "%(function)s(%(expressions)s)::text"
    arity = 2
    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:  # Any: Django's own signature
        """The same under the name that SQLite gives it."""
        return super().as_sql(
            compiler, connection, function="json_group_object", template="%(function)s(%(expressions)s)", **context
        )


def read_gathered(text: str) -> dict[str, Decimal | None]:
    """The object that `Gathered` wrote, its numbers exact."""
    found: dict[str, Decimal | None] = json.loads(text, parse_float=Decimal, parse_int=Decimal)
    return found
