"""What was said of the versions of a bilan that were sent, and what somebody may say next."""

from dataclasses import dataclass
from uuid import UUID

from accounts.models import User
from reporting.models import Bilan, BilanLog
from reporting.transitions import EXCHANGE, WORDS, Standing
from territories.semester import Semester
from workflows.tables import Transition


@dataclass(frozen=True)
class Said:
    """One version, and what was said of it, the first word first."""

    bilan: Bilan
    lines: tuple[BilanLog, ...]

    @property
    def standing(self) -> Standing:
        """Where the two stand."""
        return self.bilan.standing

    def next_words(self, user: User) -> tuple[Transition, ...]:
        """What this person may say of it now."""
        return EXCHANGE.available(state=self.standing, acting_as=self.bilan.acting_as(user))


def exchange_of(user: User, department: str, semester: Semester) -> tuple[Said, ...]:
    """Of every version sent that somebody sees, the last one first; none where nothing was sent. Two queries."""
    versions = Bilan.objects.visible_to(user).of(department, semester).transmitted().with_last_word()
    found = list(versions.select_related("department"))
    words: dict[UUID, list[BilanLog]] = {bilan.pk: [] for bilan in found}
    lines = BilanLog.objects.visible_to(user).filter(bilan__in=found, transition__in=WORDS).order_by("pk")
    for line in lines.select_related("by"):
        words[line.bilan_id].append(line)
    return tuple(Said(bilan, tuple(words[bilan.pk])) for bilan in found)
