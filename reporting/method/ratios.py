"""The ratios: Σ numerators over Σ denominators of the companies that gave every term; never a mean. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from indicators.specs import IndicatorSpec, Kind, RatioSpec, RatioTerm
from reporting.figures import RatioFigure
from reporting.method.ground import Company, Ground
from territories.semester import Semester

Values = dict[Company, tuple[Decimal, Decimal]]
"""The numerator and the denominator of each company that gave both."""

Terms = list[tuple[int, Mapping[Company, Decimal | None]]]
"""The sign of each term, and what companies said of it."""


def ratios_of(
    ground: Ground, ratios: Sequence[RatioSpec], specs: Mapping[str, IndicatorSpec]
) -> dict[str, RatioFigure]:
    """The ratios by code; one whose indicators are not all in `specs` is not printed."""
    printed = (spec for spec in ratios if set(spec.codes) <= specs.keys())
    return {spec.code: _Ratio(spec, ground, specs).figure() for spec in printed}


@dataclass(frozen=True)
class Sides:
    """What one company brings to a ratio: numerator and denominator, or None while a term is missing."""

    company: Company
    fraction: tuple[Decimal, Decimal] | None

    @property
    def is_missing(self) -> bool:
        """A term is missing, or « sans objet »."""
        return self.fraction is None


def sides_of(spec: RatioSpec, ground: Ground, specs: Mapping[str, IndicatorSpec]) -> tuple[Sides, ...]:
    """Every company that is asked for the terms of a ratio, or that gave them; their sums are those of the ratio."""
    return _Ratio(spec, ground, specs).sides()


class _Ratio:
    """One ratio over one ground."""

    def __init__(self, spec: RatioSpec, ground: Ground, specs: Mapping[str, IndicatorSpec]) -> None:
        self.spec, self.ground = spec, ground
        self.unit = specs[spec.numerator[0].code].unit.symbol
        self.is_of_last_day = any(specs[code].kind is Kind.STOCK for code in spec.codes)

    def figure(self) -> RatioFigure:
        """This semester and the one before, each over its own companies."""
        ground, spec = self.ground, self.spec
        now, before = self._complete(ground.semester), self._complete(ground.semester.previous)
        return RatioFigure(
            code=spec.code,
            label=spec.label,
            definition=spec.definition,
            rank=spec.position,
            numerator=_sum(now, 0),
            denominator=_sum(now, 1),
            previous_numerator=_sum(before, 0),
            previous_denominator=_sum(before, 1),
            respondents=len(now),
            previous_respondents=len(before),
            counted_in=self.unit,
            asked=len(self._asked()),
        )

    def sides(self) -> tuple[Sides, ...]:
        """Company by company, this semester."""
        given = self._complete(self.ground.semester)
        companies = dict.fromkeys((*given, *self._asked()))
        return tuple(Sides(company, given.get(company)) for company in companies)

    def _asked(self) -> list[Company]:
        ground, codes = self.ground, set(self.spec.codes)
        return [company for company in self._among(ground.semester) if codes <= ground.asked.get(company, set())]

    def _among(self, semester: Semester) -> Collection[Company]:
        if self.is_of_last_day:
            return self.ground.engaged_on(semester)
        return self.ground.engaged_in(semester)

    def _complete(self, semester: Semester) -> Values:
        """The companies that gave every term, each with its two sides; a subtracted overlap may be « sans objet »."""
        numerator, denominator = (self._said(side, semester) for side in (self.spec.numerator, self.spec.denominator))
        found = {}
        for company in self._among(semester):
            sides = _side(numerator, company), _side(denominator, company)
            if sides[0] is not None and sides[1] is not None:
                found[company] = (self._since_launch(company, sides[0], semester), sides[1])
        return found

    def _said(self, terms: Sequence[RatioTerm], semester: Semester) -> Terms:
        return [(term.sign, self.ground.given(term.code, semester)) for term in terms]

    def _since_launch(self, company: Company, now: Decimal, semester: Semester) -> Decimal:
        """A cumulated numerator is the company's sum since the launch."""
        if not self.spec.cumulated_numerator:
            return now
        former = (one for one in self.ground.semesters if one < semester)
        sums = (
            term.sign * (self.ground.given(term.code, one).get(company) or 0)
            for one in former
            for term in self.spec.numerator
        )
        return now + sum(sums, Decimal(0))


def _side(terms: Terms, company: Company) -> Decimal | None:
    """One side of the bar for one company; None when it did not give every term."""
    total = Decimal(0)
    for sign, said in terms:
        value = said.get(company)
        if value is None and not (sign < 0 and company in said):
            return None
        total += sign * (value or 0)
    return total


def _sum(values: Values, side: int) -> Decimal | None:
    """One side of the bar over all companies; None when none gave every term."""
    return sum((sides[side] for sides in values.values()), Decimal(0)) if values else None
