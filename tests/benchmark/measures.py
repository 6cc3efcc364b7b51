"""How the benchmark measures, and how it tells: one table, each figure beside a floor taken in the same run."""

import ctypes
import gc
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import connection

ROWS: list[str] = []
"""The table, in the order of the measures; printed once at the end."""

WIDTH = 58


@dataclass
class Timing:
    """Several runs of one thing: the seconds of each, and of its queries."""

    seconds: list[float] = field(default_factory=list)
    in_database: list[float] = field(default_factory=list)
    queries: int = 0

    @property
    def median(self) -> float:
        """The seconds of a usual run."""
        return statistics.median(self.seconds)

    @property
    def sql(self) -> float:
        """The seconds that a usual run spends in the database."""
        return statistics.median(self.in_database)

    @property
    def p95(self) -> float:
        """The seconds within which nineteen runs in twenty end."""
        return sorted(self.seconds)[max(round(len(self.seconds) * 0.95) - 1, 0)]


def timed(work: Callable[[], object], times: int = 20) -> Timing:
    """The runs of a thing, after one that counts for nothing: what is read once is in memory then."""
    work()
    return once(work, times)


def once(work: Callable[[], object], times: int = 1) -> Timing:
    """The same of what cannot be done twice alike."""
    found = Timing()
    for _ in range(times):
        with _queries() as spent:
            start = time.perf_counter()
            work()
            found.seconds.append(time.perf_counter() - start)
        found.in_database.append(sum(spent))
        found.queries = len(spent)
    return found


def together(works: Sequence[Callable[[], object]], *, times: int) -> Timing:
    """The runs of things that never wait for each other, each so many times; nothing is told of their queries."""

    def alone(work: Callable[[], object]) -> list[float]:
        spent = []
        for _ in range(times):
            start = time.perf_counter()
            work()
            spent.append(time.perf_counter() - start)
        return spent

    with ThreadPoolExecutor(len(works)) as people:
        return Timing([seconds for spent in people.map(alone, works) for seconds in spent])


@contextmanager
def _queries() -> Iterator[list[float]]:
    spent: list[float] = []

    def watch(execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:  # Any: Django's own hook
        start = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            spent.append(time.perf_counter() - start)

    with connection.execute_wrapper(watch):
        yield spent


def cpu(work: Callable[[], object], times: int = 3) -> float:
    """The median of the seconds of CPU of a few runs."""
    spent = []
    for _ in range(times):
        start = time.process_time()
        work()
        spent.append(time.process_time() - start)
    return statistics.median(spent)


@contextmanager
def peak_memory() -> Iterator[list[float]]:
    """Holds, once left, the megabytes by which the process grew at most; empty where the system does not tell."""
    grown: list[float] = []
    refs, before = Path("/proc/self/clear_refs"), 0.0
    if refs.exists():
        _give_back()
        refs.write_text("5")  # forgets the former peak
        before = _memory("VmRSS")
    yield grown
    if refs.exists():
        grown.append(_memory("VmHWM") - before)


def _give_back() -> None:
    """What the process holds and does not use goes back to the system: else growing into it would not be seen."""
    gc.collect()
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def _memory(name: str) -> float:
    """A line of what Linux says of this process, in megabytes."""
    status = Path("/proc/self/status").read_text()
    kilobytes = next(line for line in status.splitlines() if line.startswith(f"{name}:")).split()[1]
    return int(kilobytes) / 1024


def sum_of_results() -> float:
    """The floor of what the database does: the seconds of one sequential sum over every result."""

    def question() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT sum(value) FROM conventions_result")
            cursor.fetchone()

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET max_parallel_workers_per_gather = 0")
    spent = timed(question, 5).median
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("RESET max_parallel_workers_per_gather")
    return spent


def against(name: str, figure: float, floor: float, *, of: str, budget: float) -> None:
    """A row of the table: seconds, those of a floor, and how many times the floor is allowed."""
    ratio = figure / floor
    _row(name, f"{_seconds(figure)}   {of} {_seconds(floor)} × {ratio:5.2f}", ratio, budget, "×")


def within(name: str, figure: float, budget: float, unit: str = "s") -> None:
    """A row of the table for what has its budget in seconds, megabytes or queries."""
    _row(name, _seconds(figure) if unit == "s" else f"{figure:8.1f} {unit}", figure, budget, unit)


def above(name: str, figure: float, floor: float, *, of: str, budget: float) -> None:
    """A row of the table: seconds, those of a floor, and how many more than the floor are allowed."""
    _row(name, f"{_seconds(figure)}   {of} {_seconds(floor)}", figure - floor, budget, "s")


def absent(name: str, why: str) -> None:
    """A row of the table for what cannot be measured here."""
    ROWS.append(f"{name:<{WIDTH}} {why}")


def _seconds(figure: float) -> str:
    return f"{figure * 1000:8.1f} ms" if figure < 1 else f"{figure:8.2f} s "


def _row(name: str, told: str, figure: float, budget: float, unit: str) -> None:
    """A slow machine is told, it does not turn the suite red."""
    verdict = "tenu" if figure <= budget else "DÉPASSÉ"
    allowed = f"{budget * 1000:g} ms" if unit == "s" and budget < 1 else f"{budget:g} {unit}"
    ROWS.append(f"{name:<{WIDTH}} {told:<46} budget {allowed:<14} {verdict}")
