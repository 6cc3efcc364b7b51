"""The words of dashboards: what waits, until when, how much of it is done. Pure."""

from dataclasses import dataclass
from datetime import date

from french.numbers import counted
from french.words import long_date


@dataclass(frozen=True)
class Task:
    """One line of « À traiter », and the page that shows exactly what it counts."""

    sentence: str
    url: str


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
