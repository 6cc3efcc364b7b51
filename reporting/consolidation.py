"""Adds bilans up: a région, the nation. Associative and free of order; what is not known stays not known. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from functools import reduce
from typing import Generic, Self

from reporting.bilan import AxisSection, BilanData
from reporting.columns import Figure, Line, RatioFigure, added, percent


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

    def __add__(self, other: Self) -> "NationalLine[Line]":
        """The same line over both sets of départements. The words come from one of the two, whatever the order."""
        words = min(self, other, key=lambda item: (item.axis_label, item.axis))
        return replace(words, line=added(self.line, other.line), departments=self.departments + other.departments)


NationalFigure = NationalLine[Figure]
NationalRatio = NationalLine[RatioFigure]


@dataclass(frozen=True)
class NationalTotal:
    """The sum of the bilans of several départements for one semester."""

    semester: str
    shares: tuple[Share, ...]
    figures: tuple[NationalFigure, ...]
    ratios: tuple[NationalRatio, ...]

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
        )


def consolidate(bilans: Iterable[BilanData], *, semester: str) -> NationalTotal:
    """The sum of these bilans of one semester, whatever their order. Raises NotAddable."""
    return reduce(NationalTotal.__add__, map(of_one, bilans), NationalTotal(semester, (), (), ()))


def of_one(bilan: BilanData) -> NationalTotal:
    """The sum of a single bilan: what several add up from."""
    return NationalTotal(
        semester=bilan.semester,
        shares=(_share(bilan),),
        figures=_merged(_brought(axis, figure) for axis in bilan.axes for figure in axis.figures),
        ratios=_merged(_brought(axis, ratio) for axis in bilan.axes for ratio in axis.ratios),
    )


def _brought(axis: AxisSection, line: Line) -> NationalLine[Line]:
    return NationalLine(axis.axis, axis.label, line, int(line.respondents > 0))


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
