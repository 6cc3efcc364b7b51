"""What is done in the background: a file that takes seconds, a transmission. Asked again, each does nothing more."""

import logging
import time
from enum import Enum, auto

from django.db.models import Q
from django_tasks import TaskResultStatus, task
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

from documents import filing
from reporting import actions, files
from reporting.codec import Json
from reporting.models import Bilan, Sending
from reporting.selectors import value_of
from territories.clock import now
from workflows.tables import TransitionRefused

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 10
"""A task in the middle of which the worker died so often is given up: it would be the cause."""

PATIENCE = (0.5, 1.0, 2.0, 4.0)
"""Seconds between two attempts at a bilan that somebody holds, for a change of convention: they are short."""

FAILED = "La transmission a échoué pour une raison technique\u00a0: rien n’est parti. Réessayez."
GIVEN_UP = "La transmission n’a pas abouti après plusieurs essais\u00a0: rien n’est parti. Prévenez le support."

INTERRUPTED = ("builtins.SystemExit", "builtins.KeyboardInterrupt")
"""How the queue writes down a task that the end of its worker cut short."""


class Making(Enum):
    """Where a file that was asked for stands."""

    UNDER_WAY = auto()
    FAILED = auto()


# --- Files ------------------------------------------------------------------------------------------------------


@task()
def make_file(bilan: str, kind: str, leaving: bool, key: str) -> None:  # noqa: FBT001  # JSON, by name
    """Make a file of a bilan as it is now. `key` is that of the value which was asked for, to find the task by."""
    row = Bilan.objects.filter(pk=bilan).first()
    if row is None or filing.stored(key):
        return
    files.make(value_of(row, leaving=leaving), kind)


def ask_for_file(bilan: Bilan, kind: str, key: str, *, leaving: bool, again: bool = False) -> Making:
    """Have a file of a bilan made."""
    return ask_for(make_file, key, again=again, bilan=str(bilan.pk), kind=kind, leaving=leaving)


def ask_for(make: Task[..., None], key: str, *, again: bool = False, **wanted: Json) -> Making:
    """Have a file made, unless it is being made already; what failed is only made again when somebody asks."""
    asked = DBTaskResult.objects.filter(task_path=make.module_path, args_kwargs__kwargs__key=key)
    status = asked.order_by("-enqueued_at").values_list("status", flat=True).first()
    if status == TaskResultStatus.FAILED and not again:
        return Making.FAILED
    if status not in {TaskResultStatus.READY, TaskResultStatus.RUNNING}:
        done = make.enqueue(key=key, **wanted)
        if done.status == TaskResultStatus.FAILED:
            return Making.FAILED
    return Making.UNDER_WAY


# --- Transmissions ----------------------------------------------------------------------------------------------


@task(priority=10)
def transmit(sending: int) -> None:
    """Send what was asked for, or write down why it did not leave."""
    row = Sending.objects.waiting().select_related("bilan", "by").filter(pk=sending).first()
    if row is None:
        return
    row.attempts += 1
    row.save(update_fields=["attempts"])
    if row.attempts > MOST_ATTEMPTS:
        _refuse(row, GIVEN_UP)
        return
    try:
        _send(row)
    except TransitionRefused as refusal:
        _refuse(row, *refusal.reasons)
    except Exception:
        logger.exception("sending %s failed", sending)
        _refuse(row, FAILED)


def tell_worker(sending: Sending) -> None:
    """Put a sending on the worker's list."""
    transmit.enqueue(sending=sending.pk)


def _send(row: Sending) -> None:
    for wait in (*PATIENCE, None):
        try:
            actions.transmit(
                row.bilan,
                at=row.asked_at,
                by=row.by,
                render=files.make_all,
                sending_note=row.sending_note,
                read=row.fingerprint,
            )
        except actions.Held:
            if wait is None:
                raise
            time.sleep(wait)
        else:
            return


def _refuse(row: Sending, *reasons: str) -> None:
    waiting = Sending.objects.waiting().filter(pk=row.pk)
    waiting.update(finished_at=now(row.bilan.department), refusals=list(reasons))


# --- What a killed worker left ----------------------------------------------------------------------------------


def take_up() -> int:
    """Put back on the list what no worker is doing any more; how many. For the only worker, between two tasks."""
    cut_short = Q(status=TaskResultStatus.RUNNING) | Q(
        status=TaskResultStatus.FAILED, exception_class_path__in=INTERRUPTED
    )
    left = list(DBTaskResult.objects.filter(cut_short))
    for row in left:
        row.status = TaskResultStatus.READY if len(row.worker_ids) < MOST_ATTEMPTS else TaskResultStatus.FAILED
        row.save(update_fields=["status"])
    ready = DBTaskResult.objects.filter(task_path=transmit.module_path, status=TaskResultStatus.READY)
    listed = {row.args_kwargs["kwargs"]["sending"] for row in ready}
    forgotten = [row for row in Sending.objects.waiting() if row.pk not in listed]
    for sending in forgotten:
        tell_worker(sending)
    return len(left) + len(forgotten)
