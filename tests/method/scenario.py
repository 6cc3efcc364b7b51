"""A département as plain data: companies, what they promised, what they answered and from which bilan on it counts.

Semesters are « 2019-S1 » texts, which sort as time does; a bilan is named by its semester. Nothing is computed here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

Number = int | Decimal
Answer = Number | None
"""A value, or None for « sans objet »; a code that is absent is silent."""
Targets = Mapping[str, Mapping[int, Number]]
"""Indicator, then convention year (1 to 3, any of them may be missing)."""


@dataclass(frozen=True, eq=False)
class Avenant:
    """A whole new set of targets, from a day on."""

    effective_on: date
    targets: Targets


@dataclass(frozen=True, eq=False)
class Convention:
    """Three years from `starts_on`, or until `terminated_on`, that day included; avenants by day."""

    starts_on: date
    targets: Targets = field(default_factory=dict)
    axes: tuple[str, ...] = ("recruter",)
    avenants: tuple[Avenant, ...] = ()
    terminated_on: date | None = None


@dataclass(frozen=True, eq=False)
class Version:
    """One validated version of a submission; `known_in` is the first bilan that counts it."""

    known_in: str
    answers: Mapping[str, Answer]


@dataclass(frozen=True, eq=False)
class Company:
    """Its conventions and, by semester, its validated versions in order; `received`: sent, even if not validated."""

    name: str
    conventions: tuple[Convention, ...]
    validated: Mapping[str, tuple[Version, ...]] = field(default_factory=dict)
    received: frozenset[str] = frozenset()


@dataclass(frozen=True, eq=False)
class Department:
    """Its companies, and the semesters whose bilan was sent."""

    companies: tuple[Company, ...]
    sent: frozenset[str] = frozenset()


def on_time(answers: Mapping[str, Mapping[str, Answer]]) -> dict[str, tuple[Version, ...]]:
    """Answers by semester, each validated before its own bilan."""
    return {semester: (Version(semester, said),) for semester, said in answers.items()}
