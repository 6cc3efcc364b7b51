"""Several clients doing the same thing at the same instant, each on a connection of its own."""

from collections.abc import Callable
from threading import Barrier, Thread

from django.db import connections

from workflows.tables import TransitionRefused


def race(workers: int, attempt: Callable[[], object]) -> list[str]:
    """Run `attempt` in as many threads at once; returns the names of what came out."""
    outcomes: list[str] = []
    start = Barrier(workers)

    def run() -> None:
        start.wait()
        try:
            attempt()
            outcomes.append("done")
        except TransitionRefused as refusal:
            outcomes.append(type(refusal).__name__)
        finally:
            connections.close_all()

    threads = [Thread(target=run) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)
