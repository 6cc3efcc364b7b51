"""What the agency and the préfecture say of a bilan that was sent: it is told in the journal, and changes nothing."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from reporting import notifications
from reporting.models import Bilan, BilanLog
from reporting.transitions import ACKNOWLEDGE, ANSWER, ASK, EXCHANGE
from workflows.actions import locked, record
from workflows.tables import WrongState

REPLACED = "On ne s’écrit qu’à propos de la dernière version transmise\u00a0: lisez-la, puis recommencez."


@transaction.atomic
def acknowledge(bilan: Bilan, *, at: datetime, by: User) -> list[User]:
    """Tell the préfecture that the agency has its bilan; returns who is told. Raises TransitionRefused."""
    return notifications.agency_spoke(_said(bilan, ACKNOWLEDGE, "", at=at, by=by))


@transaction.atomic
def ask_back(bilan: Bilan, *, comment: str, at: datetime, by: User) -> list[User]:
    """Ask the préfecture something about its bilan; returns who is told. Raises TransitionRefused."""
    return notifications.agency_spoke(_said(bilan, ASK, comment, at=at, by=by))


@transaction.atomic
def answer(bilan: Bilan, *, comment: str, at: datetime, by: User) -> None:
    """Answer the question that the agency asked. Raises TransitionRefused."""
    notifications.referent_answered(_said(bilan, ANSWER, comment, at=at, by=by))


def _said(bilan: Bilan, word: str, comment: str, *, at: datetime, by: User) -> BilanLog:
    """The line of the journal; raises WrongState when a later version took the place of this one, or none was sent."""
    row = locked(bilan, by=by)
    last = Bilan.objects.of(row.department_id, row.semester).transmitted().with_last_word().first()
    if last is None or last.pk != row.pk:
        raise WrongState([REPLACED])
    EXCHANGE.check(word, state=last.standing, acting_as=row.acting_as(by), comment=comment.strip())
    record(row, word, at=at, by=by, reason=comment)
    return row.logs.select_related("by", "bilan__department").latest("pk")
