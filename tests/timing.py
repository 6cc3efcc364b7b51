"""Whether two answers take the same time: no address may show by its delay that it has an account."""

from collections.abc import Callable
from statistics import median
from time import process_time

TIMES = 30


def medians(one: Callable[[int], object], other: Callable[[int], object]) -> tuple[float, float]:
    """The median of thirty calls of each, taken in turns, in milliseconds of CPU: the clock tells of the machine's
    other work. Each call is given its number."""
    spent: tuple[list[float], list[float]] = ([], [])
    for number in range(TIMES):
        for work, times in zip((one, other), spent, strict=True):
            begun = process_time()
            work(number)
            times.append((process_time() - begun) * 1000)
    return median(spent[0]), median(spent[1])


def alike(known: float, unknown: float) -> bool:
    """Within a fifth of each other."""
    return abs(known - unknown) <= 0.2 * max(known, unknown)
