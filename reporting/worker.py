"""The one process that works in the background: alone, after everybody else, and taking up what was left half done."""

import fcntl
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

from django.conf import settings
from django.db import connection
from django.urls import reverse
from django.utils.crypto import get_random_string
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, DEFAULT_TASK_QUEUE_NAME
from django_tasks_db.management.commands.db_worker import Worker

from reporting.tasks import take_up

POLITENESS = 10
"""Of `nice`: pages come first."""

INTERVAL = 0.5
"""Seconds between two looks at an empty list."""

SWEEP = 30
"""Seconds between two looks for what is on nobody's list any more."""

LOCK = 0x50415154
"""The number of the lock in PostgreSQL, « PAQT »."""


def work(*, until_empty: bool = False, beside: int | None = None) -> None:
    """Do what is asked until told to stop (SIGTERM: after the task under way), or until the list is empty.

    Waits for its turn while another worker is alive. `beside` is a process with which to end.
    """
    os.nice(POLITENESS)
    worker = Worker(
        queue_names=[DEFAULT_TASK_QUEUE_NAME],
        interval=INTERVAL,
        # It says when the list is empty: then it is looked at again.
        batch=True,
        backend_name=DEFAULT_TASK_BACKEND_ALIAS,
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
        excluded_queue_names=[],
    )
    worker.configure_signals()
    if beside:
        Thread(target=_end_with, args=(beside,), daemon=True).start()
    # The addresses of the portal are read once, and not while a transmission holds its lock.
    reverse("home")
    with alone():
        _keep_at(worker, until_empty=until_empty)


def _keep_at(worker: Worker, *, until_empty: bool) -> None:
    """Empty the list again and again, and look now and then for what fell off it while the database was busy."""
    while True:
        take_up()
        next_sweep = time.monotonic() + SWEEP
        while time.monotonic() < next_sweep:
            worker.run()
            if until_empty or not worker.running:
                return
            time.sleep(INTERVAL)


@contextmanager
def alone() -> Iterator[None]:
    """Held by one worker at a time on a database, and let go by its death, however it dies."""
    take = _alone_on_postgresql if connection.vendor == "postgresql" else _alone_on_this_machine
    with take():
        yield


@contextmanager
def _alone_on_postgresql() -> Iterator[None]:
    # A connection of its own: that of the worker is closed and opened again as time goes.
    own = connection.copy()
    try:
        with own.cursor() as cursor:
            while True:
                cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
                if cursor.fetchone() == (True,):
                    break
                time.sleep(INTERVAL)
        yield
    finally:
        own.close()


@contextmanager
def _alone_on_this_machine() -> Iterator[None]:
    with (Path(settings.DATA_DIR) / "worker.lock").open("w") as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                time.sleep(INTERVAL)
        yield


def _end_with(process: int) -> None:
    while _lives(process):
        time.sleep(INTERVAL)
    os.kill(os.getpid(), signal.SIGTERM)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
