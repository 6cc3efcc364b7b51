"""What is done in the background: a file that takes seconds, a transmission. Asked again, each does nothing more."""

import logging
import time
from collections.abc import Callable, Iterable
from enum import Enum, auto
from typing import TypeVar

from django.apps import apps
from django.db.models import Model, Q
from django.utils.module_loading import import_string
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

Row = TypeVar("Row", bound=Model)

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
    # A room whose rows wait for the worker says so on its AppConfig: `lists_again = "room.tasks.list_again"`.
    paths = (getattr(room, "lists_again", "") for room in apps.get_app_configs())
    rooms: list[Callable[[], int]] = [import_string(path) for path in paths if path]
    return len(left) + sum(put_back() for put_back in rooms)


def list_again() -> int:
    """Put back on the list the sendings that fell off it; how many."""
    return listed_again(Sending.objects.waiting(), transmit, "sending", tell_worker)


def listed_again(waiting: Iterable[Row], make: Task[..., None], name: str, tell: Callable[[Row], None]) -> int:
    """Tell the worker about these rows, but those that it has on its list, by its argument `name`; how many."""
    ready = DBTaskResult.objects.filter(task_path=make.module_path, status=TaskResultStatus.READY)
    listed = {str(task.args_kwargs["kwargs"][name]) for task in ready}
    forgotten = [row for row in waiting if str(row.pk) not in listed]
    for row in forgotten:
        tell(row)
    return len(forgotten)
