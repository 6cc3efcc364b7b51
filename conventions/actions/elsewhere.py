"""Flag a convention that another bilan counts too, and lift the flag."""

from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from conventions.expected import Period
from conventions.models import Convention, ElsewhereFlag
from conventions.signature import flag_refusal
from conventions.transitions import SIGNED
from workflows.actions import locked, record
from workflows.tables import TransitionRefused, WrongState

NOT_FLAGGED = "Cette convention n’est plus signalée comme comptée ailleurs\u00a0: rien n’a changé."


@transaction.atomic
def flag_elsewhere(convention: Convention, *, where: str, since: date, at: datetime, by: User) -> ElsewhereFlag:
    """Say where a signed convention is counted already, from that day on. Raises TransitionRefused.

    What was sent does not move: a bilan says it from the next one sent, or from a rectificatif.
    """
    row = record(locked(convention, by=by), "signaler", at=at, by=by, reason=where)
    if row.state not in SIGNED:
        raise WrongState(["Seule une convention signée se signale comme déjà comptée ailleurs."])
    if refusal := flag_refusal(since, Period(row.starts_on, row.effective_end)):
        raise TransitionRefused([refusal])
    last = row.elsewhere.first()
    if last and (last.until is None or since <= last.until):
        raise TransitionRefused([f"La convention est déjà signalée\u00a0: {last}."])
    return ElsewhereFlag.objects.create(convention=row, where=where.strip(), since=since)


@transaction.atomic
def lift_elsewhere(
    convention: Convention, *, until: date | None, reason: str, at: datetime, by: User
) -> ElsewhereFlag | None:
    """End the flag that stands, `until` included; None takes it away as if it had never been.

    Returns the flag, if it stays. Raises TransitionRefused.
    """
    row = record(locked(convention, by=by), "lever", at=at, by=by, reason=reason)
    flag = row.elsewhere.filter(until=None).first()
    if flag is None:
        raise WrongState([NOT_FLAGGED])
    if until is None:
        flag.delete()
        return None
    if until < flag.since:
        raise TransitionRefused([f"Le dernier jour suit le premier, le {flag.since:%d/%m/%Y}."])
    flag.until = until
    flag.save(update_fields=["until"])
    return flag
