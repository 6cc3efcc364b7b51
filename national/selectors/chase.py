"""Whom the agency chases: who is late, with what, who answers for it, and when it was last reminded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from accounts.models import User
from national.models import Message
from national.selectors.board import Late, Line
from national.selectors.referents import referents_by_department
from national.selectors.reminders import last_reminders
from territories.models import Department


@dataclass(frozen=True)
class Chase:
    """A territory that is late, with what, and who answers for it."""

    department: Department
    owed: tuple[Line, ...]
    """The oldest first."""
    referents: tuple[User, ...]
    reminder: Message | None
    """The last one."""
    on: date

    @property
    def may_be_reminded(self) -> bool:
        """Once a day, and when there is somebody to read it."""
        return bool(self.referents) and (self.reminder is None or self.reminder.on < self.on)


def chased(user: User, late: Sequence[Late], on: date) -> tuple[Chase, ...]:
    """Of each of these, who answers and when it was last reminded. Four queries at most."""
    codes = [item.department.pk for item in late]
    people, reminders = referents_by_department(user, codes), last_reminders(user, codes)
    return tuple(
        Chase(item.department, item.owed, people.get(code, ()), reminders.get(code), on)
        for code, item in zip(codes, late, strict=True)
    )
