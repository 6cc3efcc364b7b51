"""When a convention is in force and what it is said to be that day, for the queries of every room."""

from datetime import date, timedelta

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from conventions.transitions import ConventionState

SOON = timedelta(days=183)
"""Six months: how long before its end the renewal of a convention is to be prepared."""


class Situation(models.TextChoices):
    """The state as people say it one day: what is signed is to come, running or expired."""

    DRAFT = "brouillon", ConventionState.DRAFT.label
    READY = "prete", ConventionState.READY.label
    COMING = "a-venir", "signée, à venir"
    RUNNING = "en-cours", "en cours"
    EXPIRED = "echue", "échue"
    TERMINATED = "resiliee", ConventionState.TERMINATED.label


def situations_on(day: date) -> dict[Situation, Q]:
    """What each situation asks of a convention that day: what `situation_on` answers, row by row."""
    return {
        Situation.DRAFT: Q(state=ConventionState.DRAFT),
        Situation.READY: Q(state=ConventionState.READY),
        Situation.COMING: Q(state=ConventionState.SIGNED, starts_on__gt=day),
        Situation.RUNNING: Q(state=ConventionState.SIGNED, starts_on__lte=day, ends_on__gte=day),
        Situation.EXPIRED: Q(state=ConventionState.SIGNED, ends_on__lt=day),
        Situation.TERMINATED: Q(state=ConventionState.TERMINATED),
    }


def last_day_of(path: str = "") -> Coalesce:
    """The end of a convention, or its termination when that came first; `path` leads to it (« convention__ »)."""
    return Coalesce(f"{path}terminated_on", f"{path}ends_on")


def in_force_between(start: date, end: date) -> Q:
    """At least one day between these, both included; the rows carry `last_day`, which is `last_day_of()`."""
    return Q(starts_on__lte=end, last_day__gte=start)
