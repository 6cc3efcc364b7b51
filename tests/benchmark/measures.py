"""How the benchmark measures, and how it tells: one line per figure, beside a floor taken in the same run."""

import statistics
import time
from collections.abc import Callable


def cpu(work: Callable[[], object], times: int = 3) -> float:
    """The median of the seconds of CPU of a few runs."""
    spent = []
    for _ in range(times):
        start = time.process_time()
        work()
        spent.append(time.process_time() - start)
    return statistics.median(spent)


def told(name: str, figure: float, floor: float, budget: float) -> None:
    """One line of the table, in seconds. A slow machine is told, it does not turn the suite red."""
    say(f"{name:<46} {figure:8.3f} s   plancher {floor:7.3f} s   rapport {figure / floor:6.1f}", figure, budget, "s")


def weighed(name: str, figure: float, budget: float, unit: str) -> None:
    """One line of the table for what is counted or weighed and has no floor."""
    say(f"{name:<46} {figure:8.1f} {unit}", figure, budget, unit)


def say(line: str, figure: float, budget: float, unit: str) -> None:
    """The line, and whether its budget holds."""
    verdict = "tenu" if figure <= budget else "DÉPASSÉ"
    print(f"\n{line}   budget {budget:5.2f} {unit} {verdict}")  # noqa: T201  # what the command is for
