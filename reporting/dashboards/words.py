"""The words of dashboards: what waits, until when, how much of it is done. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from french.numbers import counted
from french.words import long_date


class Urgency(IntEnum):
    """What comes first among what is to be done: see `in_order`."""

    BLOCKED = 1
    """Somebody cannot work until it is done."""
    LATE = 2
    """Its day is past."""
    WAITING = 3
    """It waits for the reader."""
    AHEAD = 4
    """It has a day that is to come."""
    THEIRS = 5
    """It waits for somebody else."""


@dataclass(frozen=True)
class Task:
    """One line of « À traiter », and the page that shows exactly what it counts."""

    sentence: str
    url: str
    urgency: Urgency = Urgency.WAITING
    day: date | None = None
    """Since when it waits, or by when it is due: the first one's, when it counts several."""
    when: str = ""
    """That day as a sentence goes on after a comma."""
    details: tuple[str, ...] = ()
    """What it is about, in a few lines."""

    @property
    def is_late(self) -> bool:
        """Whether its day is past."""
        return self.urgency is Urgency.LATE


def in_order(tasks: Iterable[Task]) -> tuple[Task, ...]:
    """By urgency, then by day, what has none last; what nothing tells apart stays as it comes."""
    return tuple(sorted(tasks, key=lambda task: (task.urgency, task.day is None, task.day or date.max)))


def bilan_due(until: date, on: date) -> str:
    """By when the préfecture sends its bilan, that day included."""
    return f"avant le {long_date(until)}" if on <= until else f"attendu depuis le {long_date(until)}"


def days_left(until: date, on: date) -> str:
    """How long there is until a day, that day included."""
    days = (until - on).days
    if days < 0:
        return f"échéance passée depuis {counted(-days, 'jour', 'jours')}"
    if days == 0:
        return "dernier jour"
    return f"{counted(days, 'jour restant', 'jours restants')}"
