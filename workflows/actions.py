"""What is done to a row: under a lock, by somebody who sees it, through the table, with its line in the journal."""

from datetime import datetime
from typing import TypeVar, cast

from django.db import transaction

from accounts.models import User
from workflows.models import WorkflowModel
from workflows.tables import CREATION, Incomplete, TransitionRefused, WrongRole, WrongState

Row = TypeVar("Row", bound=WorkflowModel)


def locked(row: Row, *, by: User) -> Row:
    """The row as the database has it now, locked until the transaction ends. Must be called inside one.

    Raises WrongState when somebody deleted it since the page was loaded, WrongRole when `by` does not see it: the
    view is not the only lock.
    """
    # no_key: nobody changes a key here, and a row that refers to this one may be written meanwhile, without a deadlock.
    rows = type(row).objects.select_for_update(of=("self",), no_key=True).filter(pk=row.pk)
    found = rows.visible_to(by).first()
    if found is None:
        raise _why_not_found(row)
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
    _write_journal(row, name, from_state=row.state, to_state=transition.target, at=at, by=by, comment=comment)
    row.state = transition.target
    row.save(update_fields=["state", *row.stamp(name, at)])
    return row


@transaction.atomic
def record(row: Row, name: str, *, at: datetime, by: User, reason: str = "") -> Row:
    """Note that `by` does the act `name` to a locked row. Raises TransitionRefused and notes nothing then.

    To be called before anything is written: what it refuses is not done.
    """
    reason = reason.strip()
    row.workflow.check_act(name, acting_as=row.acting_as(by), reason=reason)
    _write_journal(row, name, from_state=row.state, to_state=row.state, at=at, by=by, comment=reason)
    return row


@transaction.atomic
def begin(row: Row, *, at: datetime, by: User) -> Row:
    """Open the journal of a row just created. Raises WrongRole when `by` may not create one, or not there."""
    if row.acting_as(by) not in row.workflow.creators:
        raise WrongRole(["Vous ne pouvez pas créer cela, ou pas à cet endroit."])
    _write_journal(row, CREATION, from_state="", to_state=row.state, at=at, by=by, comment="")
    return row


def _why_not_found(row: WorkflowModel) -> TransitionRefused:
    if type(row).objects.filter(pk=row.pk).exists():
        return WrongRole(["Vous ne suivez pas cette entreprise ou ce département\u00a0: rien n’a changé."])
    return WrongState(["Ce que vous modifiez vient d’être supprimé par quelqu’un d’autre."])


def _write_journal(
    row: WorkflowModel, name: str, *, from_state: str, to_state: str, at: datetime, by: User, comment: str
) -> None:
    subject = row._meta.model_name or ""
    row.journal._default_manager.create(
        **{subject: row}, at=at, by=by, transition=name, from_state=from_state, to_state=to_state, comment=comment
    )
