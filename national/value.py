"""The sum of the bilans of the country, a région or a choice of départements, as one value. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Generic

from reporting.columns import Line
from reporting.figures import Figure, RatioFigure, percent

NATIONAL_SCHEMA = 1
"""Version of the tree of the nation, as its JSON file says it; what is published of it: `docs/schemas/`."""


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
    silent: tuple[str, ...] = ()
    """The companies that did not report."""
    pending: tuple[str, ...] = ()
    """Those that reported, and whose figures are not validated: they count nowhere."""

    @property
    def transmitted_on(self) -> date | None:
        """The day it was sent, as the préfecture lived it."""
        return self.transmitted_at.date() if self.transmitted_at else None


@dataclass(frozen=True)
class Missing:
    """A département with conventions in the semester that sent no bilan, and its companies as known today."""

    code: str
    name: str
    region_code: str
    region: str
    companies: tuple[str, ...]


@dataclass(frozen=True)
class NationalLine(Generic[Line]):
    """One indicator or one ratio, all départements together; `departments` of them gave a figure."""

    axis: str
    axis_label: str
    line: Line
    departments: int
    missing: Decimal | None = None
    """What the semester before had of the départements that sent it then, and did not send this one."""


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
    missing: tuple[Missing, ...] = ()
    """The départements that are waited for."""
    scope: str = "France"
    """What is added up: the country, the name of a région, those of départements."""

    @property
    def lines(self) -> tuple[NationalFigure | NationalRatio, ...]:
        """Every figure, then every ratio."""
        return (*self.figures, *self.ratios)

    @property
    def engaged(self) -> int:
        """Départements with conventions in the semester: those that sent and those that are missing."""
        return len(self.shares) + len(self.missing)

    @property
    def signatories(self) -> int:
        """Companies with a convention in force during the semester, of what was sent."""
        return sum(share.signatories for share in self.shares)

    @property
    def expected(self) -> int:
        """Companies that had to report, of what was sent."""
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
    def waited(self) -> int:
        """Companies of the départements that sent nothing."""
        return sum(len(one.companies) for one in self.missing)

    @property
    def companies(self) -> int:
        """Companies that had to report: as the bilans said, and as known today where there is none."""
        return self.expected + self.waited

    @property
    def coverage(self) -> Decimal | None:
        """Percent of all those companies whose figures are counted."""
        return percent(Decimal(self.validated), Decimal(self.companies))


def names_of(places: Iterable[Share | Missing]) -> tuple[str, ...]:
    """« Nord (59) » of each."""
    return tuple(f"{place.name} ({place.code})" for place in places)
