"""When a convention is in force, for the queries of every room."""

from datetime import date, timedelta

from django.db.models import Q
from django.db.models.functions import Coalesce

SOON = timedelta(days=90)
"""How long before its end a convention is to be renewed."""


def last_day_of(path: str = "") -> Coalesce:
    """The end of a convention, or its termination when that came first; `path` leads to it (« convention__ »)."""
    return Coalesce(f"{path}terminated_on", f"{path}ends_on")


def in_force_between(start: date, end: date) -> Q:
    """At least one day between these, both included; the rows carry `last_day`, which is `last_day_of()`."""
    return Q(starts_on__lte=end, last_day__gte=start)
