"""A line of « À traiter » that counts the rows of a list: how many, and the day of the first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, Min, QuerySet
from django.db.models.functions import Greatest

from accounts.models import User
from french.numbers import counted
from french.words import long_date
from reporting.dashboards.words import Task, Urgency

Rows = QuerySet[Any]  # Any: of several models
Day = F | Greatest
"""A field, or a day that the database works out."""


@dataclass(frozen=True)
class Kind:
    """What is counted together: its words, the filter of its list, and the day that tells the first of them."""

    one: str
    several: str
    word: str
    """What the filter is called in the address of the list."""
    day: Day
    since: str
    """What is said of that day, of the first among several."""
    urgency: Urgency = Urgency.WAITING
    missed: str = ""
    """The same of a day that is past, when that makes it late."""

    def task(self, rows: Rows, url: str, *, user: User, on: date) -> Iterator[Task]:
        """The line, when there is something to say; one query."""
        found = rows.order_by().aggregate(number=Count("pk"), first=Min(self.day))
        if not found["number"]:
            return
        day = day_of(found["first"], user)
        is_late = bool(self.missed) and day < on
        said = f"{self.missed if is_late else self.since} {long_date(day)}"
        yield Task(
            counted(found["number"], self.one, self.several),
            url,
            Urgency.LATE if is_late else self.urgency,
            day,
            f"la première {said}" if found["number"] > 1 else said,
        )


def day_of(moment: date | datetime, user: User) -> date:
    """The day of something dated to the second, as the préfecture lived it."""
    if isinstance(moment, datetime):
        return user.department.local(moment).date() if user.department else moment.date()
    return moment
