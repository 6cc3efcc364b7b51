"""The ratios: Σ numerators over Σ denominators of the companies that gave every term; never a mean. Pure."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal

from indicators.specs import IndicatorSpec, Kind, RatioSpec, Term
from reporting.figures import RatioFigure
from reporting.method.ground import Company, Ground
from territories.semester import Semester


def ratios_of(
    ground: Ground, ratios: Sequence[RatioSpec], specs: Mapping[str, IndicatorSpec]
) -> dict[str, RatioFigure]:
    """The ratios by code; one whose indicators are not all in `specs` is not printed."""
    printed = (spec for spec in ratios if set(spec.codes) <= specs.keys())
    return {spec.code: _Ratio(spec, ground, specs).figure() for spec in printed}


class _Ratio:
    """One ratio over one ground."""

    def __init__(self, spec: RatioSpec, ground: Ground, specs: Mapping[str, IndicatorSpec]) -> None:
        self.spec, self.ground = spec, ground
        self.is_of_last_day = any(specs[code].kind is Kind.STOCK for code in spec.codes)

    def figure(self) -> RatioFigure:
        """This semester and the one before, each over its own companies."""
        ground, spec = self.ground, self.spec
        asked = [
            company for company in self._among(ground.semester) if set(spec.codes) <= ground.asked.get(company, set())
        ]
        now, before = self._complete(ground.semester), self._complete(ground.semester.previous)
        return RatioFigure(
            code=spec.code,
            label=spec.label,
            definition=spec.definition,
            rank=spec.position,
            numerator=self._numerator(now, ground.semester),
            denominator=self._sum(spec.denominator, now, ground.semester),
            previous_numerator=self._numerator(before, ground.semester.previous),
            previous_denominator=self._sum(spec.denominator, before, ground.semester.previous),
            respondents=len(now),
            previous_respondents=len(before),
            asked=len(asked),
        )

    def _among(self, semester: Semester) -> Collection[Company]:
        if self.is_of_last_day:
            return self.ground.engaged_on(semester)
        return frozenset(term.company for term in self.ground.terms if term.meets(semester))

    def _complete(self, semester: Semester) -> list[Company]:
        """The companies that gave every term; a subtracted overlap may be « sans objet »."""
        terms = (*self.spec.numerator, *self.spec.denominator)
        return [
            company
            for company in self._among(semester)
            if all(self._value(term, company, semester) is not None for term in terms)
        ]

    def _value(self, term: Term, company: Company, semester: Semester) -> Decimal | None:
        said = self.ground.given(term.code, semester)
        value = said.get(company)
        return Decimal(0) if value is None and term.sign < 0 and company in said else value

    def _numerator(self, companies: Sequence[Company], semester: Semester) -> Decimal | None:
        if not self.spec.cumulated_numerator:
            return self._sum(self.spec.numerator, companies, semester)
        if not companies:
            return None
        since = [one for one in self.ground.semesters if one <= semester]
        sums = (self._sum(self.spec.numerator, companies, one, silent=Decimal(0)) for one in since)
        return sum((part for part in sums if part is not None), Decimal(0))

    def _sum(
        self, terms: Sequence[Term], companies: Sequence[Company], semester: Semester, *, silent: Decimal | None = None
    ) -> Decimal | None:
        """One side of the bar; None when no company gave every term."""
        if not companies:
            return None
        return sum(
            (
                term.sign * (self._value(term, company, semester) or silent or Decimal(0))
                for company in companies
                for term in terms
            ),
            Decimal(0),
        )
