"""Whom the agency chases: who is late, with what, who answers for it, and when it was last reminded."""

from dataclasses import dataclass
from datetime import date

from accounts.models import User
from national.models import Message
from national.selectors.board import Board, Line
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


def chased(user: User, known: Board) -> tuple[Chase, ...]:
    """Those that are late, who has been for longest first; with the board of that day. Four queries at most."""
    people, reminders = referents_by_department(user), last_reminders(user)
    late = ((place, known.owed(place)) for place in known.territories)
    found = (
        Chase(place, owed, people.get(place.pk, ()), reminders.get(place.pk), known.on) for place, owed in late if owed
    )
    return tuple(sorted(found, key=lambda item: (item.owed[0].campaign.bilan_due_on, item.department.pk)))
