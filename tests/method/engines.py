"""The implementations of the method, asked the same way: a scenario, a semester, the figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from tests.method import naive
from tests.method.scenario import Department


@dataclass(frozen=True)
class Read:
    """What an implementation says, by code; objects with the same names of numbers whatever it is."""

    figures: Mapping[str, Any]  # Any: one class of figure per implementation
    ratios: Mapping[str, Any]  # Any: the same


class Engine(Protocol):
    """An implementation."""

    def __call__(self, department: Department, semester: str, *, provisional: bool = False) -> Read: ...


def by_hand(department: Department, semester: str, *, provisional: bool = False) -> Read:
    """The naive one."""
    return Read(naive.figures_of(department, semester, provisional=provisional), naive.ratios_of(department, semester))


ENGINES = [by_hand]
