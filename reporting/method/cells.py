"""The cells that one figure is made of, company by company, and those it lacks: what its page shows. Pure."""

from dataclasses import dataclass
from decimal import Decimal

from indicators.specs import IndicatorSpec, Kind
from reporting.method.comparison import asked_of, counted
from reporting.method.ground import Company, Ground
from reporting.method.stock import carried


@dataclass(frozen=True)
class Cell:
    """What one company brings to one figure, this semester and the one before."""

    company: Company
    is_asked: bool
    """This semester; a company that left brings only what it gave before."""
    now: Decimal | None = None
    before: Decimal | None = None
    not_applicable: bool = False
    """It said « sans objet » this semester."""
    is_carried: bool = False
    """Silent now: what it gave before stands in the last known state of a stock."""

    @property
    def is_missing(self) -> bool:
        """Asked, and no value."""
        return self.is_asked and self.now is None


def cells_of(spec: IndicatorSpec, ground: Ground) -> tuple[Cell, ...]:
    """Every company that is asked, or that gave a value in one of the two semesters.

    Their sums are those of the figure: `semester`, `previous`, `carried`; so are their numbers.
    """
    said = ground.given(spec.code, ground.semester)
    now, before = (counted(spec, one, ground) for one in (ground.semester, ground.semester.previous))
    asked = asked_of(spec, ground)
    kept = carried(spec.code, before, ground) if spec.kind is Kind.STOCK else {}
    return tuple(
        Cell(
            company=company,
            is_asked=company in asked,
            now=now.get(company),
            before=before.get(company),
            not_applicable=company in asked and company in said and said[company] is None,
            is_carried=company in kept,
        )
        for company in {**dict.fromkeys(asked), **now, **before}
    )
