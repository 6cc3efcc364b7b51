"""What the targets expect of each cell of a flux, and of the whole of each convention, in exact parts. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from conventions.expected import (
    PARTS,
    DatedTargets,
    Period,
    Weights,
    expected_parts,
    last_day,
    parts_of,
    target_on,
    weights_of,
)
from reporting.method.ground import Company, Ground, Term
from territories.semester import Semester

Cells = dict[Semester, dict[Company, int]]
"""What each targeted cell expects, in PARTS; 0 is expected, absent is not targeted."""


@dataclass
class Promise:
    """What was promised of one flux."""

    cells: Cells = field(default_factory=dict)
    objective: int = 0
    """Σ of the conventions in force on the last day, from the launch to their third anniversary, in PARTS."""
    running: list[tuple[Term, list[Semester]]] = field(default_factory=list)
    """The conventions in force on the last day that promise something, each with the semesters that it targets."""


def promises_of(ground: Ground, codes: Collection[str]) -> Mapping[str, Promise]:
    """The promises of these indicators, by code; an indicator that nobody promised is absent."""
    found: dict[str, Promise] = {}
    for term in ground.terms:
        calendar = _Calendar(term, ground)
        for code in term.sets.keys() & codes:
            promise = found.setdefault(code, Promise())
            targeted = _expect(promise, term, term.sets[code], calendar)
            if term.runs_on(ground.semester.end):
                _aim(promise, term, targeted, calendar.objective(term.sets[code]))
    return {code: promise for code, promise in found.items() if promise.cells or promise.running}


class _Calendar:
    """The days of one convention, which the indicators of a set share."""

    def __init__(self, term: Term, ground: Ground) -> None:
        self.term, self.ground = term, ground
        self.running = [(one, term.running_in(one)) for one in ground.semesters if term.meets(one)]
        self.whole = Period(max(term.starts_on, ground.launch.start), last_day(term.starts_on))
        self._known: dict[tuple[date | None, date | None], list[tuple[Semester, Weights]]] = {}

    def of(self, targets: DatedTargets) -> list[tuple[Semester, Weights]]:
        """What the days of each semester are worth in one set."""
        key = (targets.since, targets.until)
        if key not in self._known:
            start = self.term.starts_on
            self._known[key] = [(one, weights_of(targets, start, running)) for one, running in self.running]
        return self._known[key]

    def objective(self, sets: Sequence[DatedTargets]) -> int | None:
        """What the sets in effect on the last day of the semester promise of the whole convention, in PARTS."""
        on = self.ground.semester.end
        known = [one.as_known(on) for one in sets if one.since is None or one.since <= on]
        return _sum(expected_parts(one, self.term.starts_on, self.whole) for one in known)


def exact(parts: int) -> Fraction:
    """Parts as a number."""
    return Fraction(parts, PARTS)


def target_on_last_day(term: Term, code: str, ground: Ground) -> Decimal | None:
    """The target of the convention year in progress on the last day of the semester; None without one."""
    return target_on(term.sets.get(code, ()), starts_on=term.starts_on, on=ground.semester.end)


def targets_on_last_day(code: str, ground: Ground) -> Mapping[Company, Decimal]:
    """The same of each company that has one."""
    found = {term.company: target_on_last_day(term, code, ground) for term in ground.running}
    return {company: target for company, target in found.items() if target is not None}


def _expect(promise: Promise, term: Term, sets: Sequence[DatedTargets], calendar: _Calendar) -> list[Semester]:
    """Add what one convention expects of its semesters; returns those that it targets."""
    targeted: dict[Semester, int] = {}
    for one in sets:
        for semester, weights in calendar.of(one):
            parts = parts_of(one.cents, weights)
            if parts is not None:
                targeted[semester] = targeted.get(semester, 0) + parts
    for semester, parts in targeted.items():
        cells = promise.cells.setdefault(semester, {})
        cells[term.company] = cells.get(term.company, 0) + parts
    return list(targeted)


def _aim(promise: Promise, term: Term, targeted: list[Semester], objective: int | None) -> None:
    """Add the triennial objective of a convention that is in force on the last day."""
    if objective is not None:
        promise.objective += objective
        promise.running.append((term, targeted))


def _sum(parts: Iterable[int | None]) -> int | None:
    """None when no set has a figure for any of the days."""
    known = [part for part in parts if part is not None]
    return sum(known) if known else None
