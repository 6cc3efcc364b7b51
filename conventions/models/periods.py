"""When a convention is in force, for the queries of every room."""

from django.db.models.functions import Coalesce


def last_day_of(path: str = "") -> Coalesce:
    """The end of a convention, or its termination when that came first; `path` leads to it (« convention__ »)."""
    return Coalesce(f"{path}terminated_on", f"{path}ends_on")
