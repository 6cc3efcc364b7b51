"""The worker killed at random, whatever it does: in a process of its own, killed, looked after, started again."""

import os
import random
import signal
import time
from importlib import import_module
from typing import Any, Protocol

SPARED = 1.5
"""The longest delay before a kill, in times of what one whole piece of work takes: one in three is let through."""


class Drill(Protocol):
    """What a worker is killed at."""

    random: random.Random
    counts: dict[str, int]

    def ask(self) -> None:
        """Have something on the worker's list."""

    def check(self) -> None:
        """Raises AssertionError when something is half done, or lost."""


def kill_at_random(drill: Drill, kills: int, *, spared: float = SPARED) -> dict[str, Any]:  # Any: counts, and seconds
    """Kill, look, kill again; then let the last worker finish. What was counted, and the seconds of a whole piece."""
    drill.ask()
    begun = time.monotonic()
    os.waitpid(worker(until_empty=True), 0)
    whole = time.monotonic() - begun
    for _ in range(kills):
        drill.ask()
        process = worker(until_empty=False)
        time.sleep(drill.random.uniform(0, spared * whole))
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        drill.counts["kills"] += 1
        drill.check()
    os.waitpid(worker(until_empty=True), 0)
    drill.check()
    return {**drill.counts, "whole": round(whole, 1)}


def worker(*, until_empty: bool) -> int:
    """A worker in a process of its own, which starts with everything loaded; its number."""
    import_module("django.db").connections.close_all()
    if process := os.fork():
        return process
    try:
        import_module("reporting.worker").work(until_empty=until_empty)
    finally:
        os._exit(0)


def check_stored_files() -> None:
    """Every file kept is whole."""
    for file in import_module("documents.models").StoredFile.objects.all():
        assert file.is_intact
        assert not file.data.startswith(b"%PDF") or file.data.rstrip().endswith(b"%%EOF")
