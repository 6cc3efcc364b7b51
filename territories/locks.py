"""In which order rows are locked: whoever locks several follows it, and no two people ever wait for each other.

    accounts, départements, companies, conventions, bilans, submissions, invitations;
    several rows of one model by their keys.

Always `no_key=True`: nobody changes a key here, and a row that refers to a locked one may be written meanwhile. A row
that nobody locked but that is written is locked by that, and counts. `tests/test_actions.py` says what each action
locks, in this order.
"""

from collections.abc import Collection

from django.db import connection

from territories.models import Department


def lock_departments(codes: Collection[str]) -> None:
    """Make whoever locks one of these too wait: numbers, sheets, bilans, teams, campaigns. Inside a transaction."""
    list(Department.objects.filter(pk__in=codes).order_by("pk").select_for_update(of=("self",), no_key=True))


def writes_of_others() -> int | None:
    """A number that changes as soon as somebody else has written anything, on SQLite; None elsewhere.

    SQLite has one lock, for which everybody waits: what was read just before is not read again under it, when this
    number is still the same. PostgreSQL locks rows, and does not say.
    """
    if connection.vendor != "sqlite":
        return None
    with connection.cursor() as cursor:
        (number,) = cursor.execute("PRAGMA data_version").fetchone()
    return int(number)
