"""Adds bilans up: a région, the nation. Associative and free of order; what is not known stays not known. Pure.

A semester adds up the bilans of that semester; what runs since the launch adds up the last bilan of each département up
to it; the semester before is the sum of its own bilans, never what départements recall of it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from functools import reduce
from typing import Any, Generic, Self

from indicators.specs import Kind
from reporting.bilan import AxisSection, BilanData
from reporting.columns import Line, added, total
from reporting.figures import Figure, RatioFigure, percent

NATIONAL_SCHEMA = 1
"""Version of the tree of the nation, as its JSON file says it; what is published of it: `docs/schemas/`."""

SINCE_LAUNCH = (
    *("cumulative", "cumulative_companies", "expected", "expected_answered", "expected_companies", "tracked", "holes"),
    *("objective", "progress", "objective_conventions"),
)
"""What a figure says that runs since the launch."""


class NotAddable(ValueError):
    """These bilans do not add up: a département counted twice, or two semesters."""


@dataclass(frozen=True)
class Share:
    """What one département brought, and which version of its bilan."""

    code: str
    name: str
    region_code: str
    region: str
    version: int
    transmitted_at: datetime | None
    signatories: int
    expected: int
    received: int
    validated: int


@dataclass(frozen=True)
class NationalLine(Generic[Line]):
    """One indicator or one ratio, all départements together; `departments` of them gave a figure."""

    axis: str
    axis_label: str
    line: Line
    departments: int
    missing: Decimal | None = None
    """What the semester before had of the départements that sent it then, and did not send this one."""

    def __add__(self, other: Self) -> "NationalLine[Line]":
        """The same line over both sets of départements. The words come from one of the two, whatever the order."""
        words = min(self, other, key=lambda item: (item.axis_label, item.axis))
        return replace(
            words,
            line=added(self.line, other.line),
            departments=self.departments + other.departments,
            missing=total(self.missing, other.missing),
        )


NationalFigure = NationalLine[Figure]
NationalRatio = NationalLine[RatioFigure]


@dataclass(frozen=True)
class NationalTotal:
    """The sum of the bilans of several départements for one semester.

    Of each figure, now − before = constant + arrivals − departures + revised − missing.
    """

    semester: str
    shares: tuple[Share, ...]
    figures: tuple[NationalFigure, ...]
    ratios: tuple[NationalRatio, ...]
    older: tuple[str, ...] = ()
    """The départements of which an earlier bilan counts in what runs since the launch."""

    @property
    def lines(self) -> tuple[NationalFigure | NationalRatio, ...]:
        """Every figure, then every ratio."""
        return (*self.figures, *self.ratios)

    @property
    def signatories(self) -> int:
        """Companies with a convention in force during the semester."""
        return sum(share.signatories for share in self.shares)

    @property
    def expected(self) -> int:
        """Companies that had to report."""
        return sum(share.expected for share in self.shares)

    @property
    def received(self) -> int:
        """Companies that reported."""
        return sum(share.received for share in self.shares)

    @property
    def validated(self) -> int:
        """Companies whose figures are counted here."""
        return sum(share.validated for share in self.shares)

    @property
    def coverage(self) -> Decimal | None:
        """Percent of the expected companies whose figures are counted."""
        return percent(Decimal(self.validated), Decimal(self.expected))

    def __add__(self, other: Self) -> "NationalTotal":
        """Both sets of départements together. Raises NotAddable for a département in both, or two semesters."""
        if self.semester != other.semester:
            raise NotAddable(f"Deux semestres différents : {self.semester} et {other.semester}.")
        twice = {share.code for share in self.shares} & {share.code for share in other.shares}
        if twice:
            raise NotAddable(f"Départements comptés deux fois : {', '.join(sorted(twice))}.")
        return NationalTotal(
            semester=self.semester,
            shares=tuple(sorted((*self.shares, *other.shares), key=lambda share: share.code)),
            figures=_merged((*self.figures, *other.figures)),
            ratios=_merged((*self.ratios, *other.ratios)),
            older=tuple(sorted((*self.older, *other.older))),
        )


@dataclass(frozen=True)
class Sent:
    """What one département sent: this semester, the one before, and the last of all up to this one."""

    now: BilanData | None = None
    before: BilanData | None = None
    last: BilanData | None = None


def consolidate(sent: Iterable[Sent], *, semester: str) -> NationalTotal:
    """The sum of what départements sent for one semester, whatever their order. Raises NotAddable."""
    parts = (of_one(one, semester=semester) for one in sent)
    return reduce(NationalTotal.__add__, parts, NationalTotal(semester, (), (), ()))


def of_one(sent: Sent, *, semester: str) -> NationalTotal:
    """What a single département brings: what several add up from. Raises NotAddable for a bilan of another semester."""
    if sent.now and sent.now.semester != semester:
        raise NotAddable(f"Deux semestres différents\u00a0: {semester} et {sent.now.semester}.")
    last = sent.now or sent.last
    return NationalTotal(
        semester=semester,
        shares=(_share(sent.now),) if sent.now else (),
        figures=tuple(_figures(sent, last)),
        ratios=tuple(_ratios(sent)),
        older=(last.place.name,) if last and not sent.now else (),
    )


def _figures(sent: Sent, last: BilanData | None) -> Iterator[NationalFigure]:
    """Every indicator that one of its bilans prints."""
    now, before, since = (_by_code(bilan, "figures") for bilan in (sent.now, sent.before, last))
    for code in sorted({*now, *before, *since}):
        axis, words = now.get(code) or since.get(code) or before[code]
        sent_before = before[code][1] if code in before else None
        then = sent_before and sent_before.semester
        line = now[code][1] if code in now else replace(Figure.blank(words), **_since(since.get(code)))
        revised = (line.previous or Decimal(0)) - (then or Decimal(0)) if sent.now else None
        yield NationalLine(
            axis.axis,
            axis.label,
            replace(
                line,
                previous=then,
                previous_respondents=sent_before.respondents if sent_before else 0,
                revised=revised,
            ),
            departments=int(line.respondents > 0),
            missing=None if sent.now else then,
        )


def _since(found: tuple[AxisSection, Figure] | None) -> dict[str, Any]:  # Any: fields of a Figure
    """What an older bilan says of what runs since the launch."""
    runs = found and found[1].kind == Kind.FLUX and not found[1].distinct
    return {name: getattr(found[1], name) for name in SINCE_LAUNCH} if found and runs else {}


def _ratios(sent: Sent) -> Iterator[NationalRatio]:
    """Every ratio of this semester or of the one before, each over what was sent of it."""
    now, before = _by_code(sent.now, "ratios"), _by_code(sent.before, "ratios")
    for code in sorted({*now, *before}):
        axis, words = now.get(code) or before[code]
        line = now[code][1] if code in now else RatioFigure.blank(words)
        then = before[code][1] if code in before else RatioFigure.blank(words)
        line = replace(
            line,
            previous_numerator=then.numerator,
            previous_denominator=then.denominator,
            previous_respondents=then.respondents,
        )
        yield NationalLine(axis.axis, axis.label, line, int(line.respondents > 0))


def _by_code(
    bilan: BilanData | None, lines: str
) -> dict[str, tuple[AxisSection, Any]]:  # Any: a Figure or a RatioFigure
    """The lines of a bilan by code, each with its axis."""
    axes = bilan.axes if bilan else ()
    return {line.code: (axis, line) for axis in axes for line in getattr(axis, lines)}


def _share(bilan: BilanData) -> Share:
    return Share(
        code=bilan.place.code,
        name=bilan.place.name,
        region_code=bilan.place.region_code,
        region=bilan.place.region,
        version=bilan.version,
        transmitted_at=bilan.transmitted_at,
        signatories=len(bilan.signatories),
        expected=bilan.completeness.expected,
        received=bilan.completeness.received,
        validated=bilan.completeness.validated,
    )


def _merged(items: Iterable[NationalLine[Line]]) -> tuple[NationalLine[Line], ...]:
    by_code: dict[str, NationalLine[Line]] = {}
    for item in items:
        known = by_code.get(item.line.code)
        by_code[item.line.code] = known + item if known else item
    return tuple(sorted(by_code.values(), key=lambda item: (item.line.rank, item.line.code)))
