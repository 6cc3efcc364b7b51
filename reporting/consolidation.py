"""Adds bilans up: a région, the nation. Associative and free of order; what is not known stays not known. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from functools import reduce
from typing import Self

from reporting.bilan import BilanData, Figure, RatioFigure, percent


class NotAddable(ValueError):
    """These bilans do not add up: a département counted twice, or two semesters."""


def total(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    """The sum of what is known; None when nothing is. How many answered is counted beside it, never guessed from it."""
    if one is None or other is None:
        return one if other is None else other
    return one + other


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
class NationalFigure:
    """One indicator, all départements together; `departments` of them gave a figure."""

    axis: str
    axis_label: str
    figure: Figure
    departments: int

    def __add__(self, other: Self) -> "NationalFigure":
        """The same indicator over both sets of départements. Its words come from one of the two, whatever the order."""
        words = min(self, other, key=lambda item: (item.figure.label, item.figure.definition, item.figure.rank))
        one, two = self.figure, other.figure
        added = replace(
            words.figure,
            depth=min(one.depth, two.depth),
            semester=total(one.semester, two.semester),
            cumulative=total(one.cumulative, two.cumulative),
            target=total(one.target, two.target),
            expected=total(one.expected, two.expected),
            previous=total(one.previous, two.previous),
            respondents=one.respondents + two.respondents,
            asked=one.asked + two.asked,
        )
        return replace(words, figure=added, departments=self.departments + other.departments)


@dataclass(frozen=True)
class NationalRatio:
    """One ratio: Σ numerators over Σ denominators, never a mean of percentages."""

    axis: str
    axis_label: str
    ratio: RatioFigure
    departments: int

    def __add__(self, other: Self) -> "NationalRatio":
        """The same ratio over both sets of départements."""
        words = min(self, other, key=lambda item: (item.ratio.label, item.ratio.definition, item.ratio.rank))
        one, two = self.ratio, other.ratio
        added = replace(
            words.ratio,
            numerator=total(one.numerator, two.numerator),
            denominator=total(one.denominator, two.denominator),
            previous_numerator=total(one.previous_numerator, two.previous_numerator),
            previous_denominator=total(one.previous_denominator, two.previous_denominator),
            respondents=one.respondents + two.respondents,
            asked=one.asked + two.asked,
        )
        return replace(words, ratio=added, departments=self.departments + other.departments)


@dataclass(frozen=True)
class NationalData:
    """The sum of the bilans of several départements for one semester."""

    semester: str
    shares: tuple[Share, ...]
    figures: tuple[NationalFigure, ...]
    ratios: tuple[NationalRatio, ...]

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

    def __add__(self, other: Self) -> "NationalData":
        """Both sets of départements together. Raises NotAddable for a département in both, or two semesters."""
        if self.semester != other.semester:
            raise NotAddable(f"Deux semestres différents : {self.semester} et {other.semester}.")
        twice = {share.code for share in self.shares} & {share.code for share in other.shares}
        if twice:
            raise NotAddable(f"Départements comptés deux fois : {', '.join(sorted(twice))}.")
        return NationalData(
            semester=self.semester,
            shares=tuple(sorted((*self.shares, *other.shares), key=lambda share: share.code)),
            figures=_add_figures((*self.figures, *other.figures)),
            ratios=_add_ratios((*self.ratios, *other.ratios)),
        )


def consolidate(bilans: Iterable[BilanData], *, semester: str) -> NationalData:
    """The sum of these bilans of one semester, whatever their order. Raises NotAddable."""
    return reduce(NationalData.__add__, map(of_one, bilans), NationalData(semester, (), (), ()))


def of_one(bilan: BilanData) -> NationalData:
    """The sum of a single bilan: what several add up from."""
    return NationalData(
        semester=bilan.semester,
        shares=(_share(bilan),),
        figures=_add_figures(
            [
                NationalFigure(axis.axis, axis.label, figure, int(figure.respondents > 0))
                for axis in bilan.axes
                for figure in axis.figures
            ]
        ),
        ratios=_add_ratios(
            [
                NationalRatio(axis.axis, axis.label, ratio, int(ratio.respondents > 0))
                for axis in bilan.axes
                for ratio in axis.ratios
            ]
        ),
    )


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


def _add_figures(figures: Sequence[NationalFigure]) -> tuple[NationalFigure, ...]:
    by_code: dict[str, NationalFigure] = {}
    for item in figures:
        known = by_code.get(item.figure.code)
        by_code[item.figure.code] = known + item if known else item
    return tuple(sorted(by_code.values(), key=lambda item: (item.figure.rank, item.figure.code)))


def _add_ratios(ratios: Sequence[NationalRatio]) -> tuple[NationalRatio, ...]:
    by_code: dict[str, NationalRatio] = {}
    for item in ratios:
        known = by_code.get(item.ratio.code)
        by_code[item.ratio.code] = known + item if known else item
    return tuple(sorted(by_code.values(), key=lambda item: (item.ratio.rank, item.ratio.code)))
