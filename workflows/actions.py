"""What is done to a row: under a lock, by somebody who sees it, through the table, with its line in the journal."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar, cast

from django.db import transaction

from accounts.models import User
from workflows.models import Journal, JournaledModel, WorkflowModel
from workflows.tables import CREATION, Incomplete, TransitionRefused, WrongRole, WrongState

Journaled = TypeVar("Journaled", bound=JournaledModel)
Row = TypeVar("Row", bound=WorkflowModel)


@dataclass(frozen=True)
class Told:
    """An act to note on a row, with what its journal holds of it."""

    row: JournaledModel
    name: str
    facts: Mapping[str, object]


def locked(row: Journaled, *, by: User) -> Journaled:
    """The row as the database has it now, locked until the transaction ends. Must be called inside one.

    Raises WrongState when somebody deleted it since the page was loaded, WrongRole when `by` does not see it: the
    view is not the only lock.
    """
    return locked_all([row], by=by)[0]


def locked_all(rows: Sequence[Journaled], *, by: User) -> list[Journaled]:
    """Many rows of one model as `locked` gives one, in the order asked; locked in the order of their keys."""
    if not rows:
        return []
    # no_key: nobody changes a key here, and a row that refers to this one may be written meanwhile, without a deadlock.
    asked = type(rows[0]).objects.select_for_update(of=("self",), no_key=True).filter(pk__in=[row.pk for row in rows])
    found = {row.pk: row for row in asked.visible_to(by).order_by("pk")}
    for row in rows:
        if row.pk not in found:
            raise _why_not_found(row)
    # The manager of an abstract base does not know its own row.
    return [cast(Journaled, found[row.pk]) for row in rows]


@transaction.atomic
def move(row: Row, name: str, *, at: datetime, by: User, comment: str = "", **columns: object) -> Row:
    """Take a locked row through the transition `name`. Raises TransitionRefused and changes nothing then.

    The caller locks the row first and may set on it the fields that the transition's rules read (the date and
    place of signature); they are saved with the state. `columns` are those that this journal has of its own.
    """
    comment = comment.strip()
    transition = row.workflow.check(name, state=row.state, acting_as=row.acting_as(by), comment=comment)
    missing = getattr(row, transition.missing)() if transition.missing else []
    if missing:
        raise Incomplete(missing)
    told = {**columns, "from_state": row.state, "to_state": transition.target, "comment": comment}
    _line(row, name, at=at, by=by, **told).save()
    row.state = transition.target
    row.save(update_fields=["state", *row.stamp(name, at)])
    return row


@transaction.atomic
def record(row: Journaled, name: str, *, at: datetime, by: User, reason: str = "", **facts: object) -> Journaled:
    """Note that `by` does the act `name` to a locked row. Raises TransitionRefused and notes nothing then.

    To be called before anything is written: what it refuses is not done. `facts` are the columns that this journal
    has of its own.
    """
    _allowed_line(row, name, at=at, by=by, reason=reason.strip(), facts=facts).save()
    return row


def record_all(acts: Iterable[Told], *, at: datetime, by: User) -> None:
    """Note many acts on rows of one model in one statement, as `record` notes one: all of them or none."""
    lines = [_allowed_line(act.row, act.name, at=at, by=by, facts=act.facts) for act in acts]
    if lines:
        type(lines[0])._default_manager.bulk_create(lines)


def begin(row: Journaled, *, at: datetime, by: User) -> Journaled:
    """Open the journal of a row just created. Raises WrongRole when `by` may not create one, or not there."""
    return record(row, CREATION, at=at, by=by)


def _why_not_found(row: JournaledModel) -> TransitionRefused:
    if type(row).objects.filter(pk=row.pk).exists():
        return WrongRole(["Vous ne suivez pas cette entreprise ou ce département\u00a0: rien n’a changé."])
    return WrongState(["Ce que vous modifiez vient d’être supprimé par quelqu’un d’autre."])


def _allowed_line(
    row: JournaledModel, name: str, *, at: datetime, by: User, reason: str = "", facts: Mapping[str, object]
) -> Journal:
    """The line of an act that the table allows, not saved yet. Raises TransitionRefused."""
    row.workflow.check_act(name, acting_as=row.acting_as(by), reason=reason)
    columns = {**facts, "comment": reason} if reason else dict(facts)
    if isinstance(row, WorkflowModel):
        columns |= {"from_state": "" if name == CREATION else row.state, "to_state": row.state}
    return _line(row, name, at=at, by=by, **columns)


def _line(row: JournaledModel, name: str, *, at: datetime, by: User, **columns: object) -> Journal:
    subject = row._meta.model_name or ""
    return row.journal(**{subject: row}, at=at, by=by, transition=name, **columns)
