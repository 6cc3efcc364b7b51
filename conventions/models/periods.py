"""When a convention is in force, for the queries of every room."""

from datetime import timedelta

from django.db.models.functions import Coalesce

SOON = timedelta(days=90)
"""How long before its end a convention is to be renewed."""


def last_day_of(path: str = "") -> Coalesce:
    """The end of a convention, or its termination when that came first; `path` leads to it (« convention__ »)."""
    return Coalesce(f"{path}terminated_on", f"{path}ends_on")
