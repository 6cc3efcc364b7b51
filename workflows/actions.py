"""The only way a state changes: under a lock, through the table, with its journal, in one transaction."""

from datetime import datetime
from typing import TypeVar, cast

from django.db import transaction

from accounts.models import User
from workflows.models import WorkflowModel
from workflows.tables import Incomplete, WrongState

Row = TypeVar("Row", bound=WorkflowModel)


def locked(row: Row) -> Row:
    """The row as the database has it now, locked until the transaction ends. Must be called inside one.

    Raises WrongState when somebody deleted it since the page was loaded.
    """
    # no_key: nobody changes a key here, and a row that refers to this one may be written meanwhile, without a deadlock.
    found = type(row)._default_manager.select_for_update(of=("self",), no_key=True).filter(pk=row.pk).first()
    if found is None:
        raise WrongState(["Ce que vous modifiez vient d’être supprimé par quelqu’un d’autre."])
    return cast(Row, found)  # the manager of an abstract base does not know its own row


@transaction.atomic
def move(row: Row, name: str, *, at: datetime, by: User, comment: str = "") -> Row:
    """Take a locked row through the transition `name`. Raises TransitionRefused and changes nothing then.

    The caller locks the row first and may set on it the fields that the transition's rules read (the date and
    place of signature); they are saved with the state.
    """
    comment = comment.strip()
    transition = row.workflow.check(name, state=row.state, acting_as=row.acting_as(by), comment=comment)
    missing = getattr(row, transition.missing)() if transition.missing else []
    if missing:
        raise Incomplete(missing)
    write_journal(row, name, to_state=transition.target, at=at, by=by, comment=comment)
    row.state = transition.target
    row.save(update_fields=["state", *row.stamp(name, at)])
    return row


def write_journal(row: WorkflowModel, name: str, *, to_state: str, at: datetime, by: User | None, comment: str) -> None:
    """Add the line of the journal; `name` is "creer" for a new row, whose former state is empty."""
    subject = row._meta.model_name or ""
    row.journal._default_manager.create(
        **{subject: row},
        at=at,
        by=by,
        transition=name,
        from_state="" if name == "creer" else row.state,
        to_state=to_state,
        comment=comment,
    )
