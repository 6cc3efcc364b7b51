"""One sending of a form that creates a row: who, where, what, and how many rows there must be afterwards."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from accounts.models import User


@dataclass(frozen=True)
class Sending:
    """Who sends what where, and how many rows there must be afterwards."""

    by: User
    url: str
    data: Mapping[str, object]
    rows: Callable[[], int]
    """Counts what the sending creates: 1 afterwards."""


def rows_of(prefix: str, **typed: object) -> dict[str, object]:
    """A list of rows as its page sends it, with one new row."""
    return {
        f"{prefix}-TOTAL_FORMS": 1,
        f"{prefix}-INITIAL_FORMS": 0,
        **{f"{prefix}-0-{name}": value for name, value in typed.items()},
    }
