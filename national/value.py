"""The sum of the bilans of the country, a région or a choice of départements, as one value. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Generic

from french.numbers import counted, format_number
from reporting.bilan import BilanData
from reporting.columns import Line
from reporting.figures import Figure, RatioFigure, percent
from reporting.method.ground import is_comparable
from territories.semester import Semester

NATIONAL_SCHEMA = 1
"""Version of the tree of the nation, as its JSON file says it; what is published of it: `docs/schemas/`."""


@dataclass(frozen=True)
class DepartmentShare:
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
    sha256: str = ""
    """Of the PDF of that version."""
    silent: tuple[str, ...] = ()
    """The companies that did not report."""
    pending: tuple[str, ...] = ()
    """Those that reported, and whose figures are not validated: they count nowhere."""

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"

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

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


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
    shares: tuple[DepartmentShare, ...]
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
    def sent_said(self) -> str:
        """« 2 départements sur 3 », and apart « 1 collectivité sur 1 »: who sent, of those that had conventions."""
        kinds = (("département", "départements"), ("collectivité", "collectivités"))
        parts = []
        for words, is_apart in zip(kinds, (False, True), strict=True):
            sent = sum(is_apart == (not share.region_code) for share in self.shares)
            engaged = sent + sum(is_apart == (not one.region_code) for one in self.missing)
            if engaged:
                parts.append(f"{counted(sent, *words)} sur {format_number(engaged)}")
        return " et ".join(parts)

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
    def made_at(self) -> datetime:
        """When the last bilan that it counts was sent; the last day of the semester without any."""
        sent = [share.transmitted_at for share in self.shares if share.transmitted_at]
        return max(sent, default=datetime.combine(Semester.parse(self.semester).end, time(), UTC))

    @property
    def is_comparable(self) -> bool:
        """Whether enough companies are counted for a title to state a finding, as in the bilan of a département."""
        return is_comparable(self.validated, self.companies)

    @property
    def coverage(self) -> Decimal | None:
        """Percent of all those companies whose figures are counted."""
        return percent(Decimal(self.validated), Decimal(self.companies))


@dataclass(frozen=True)
class Consolidated:
    """The bilan of the country or of a part of it: the sums, and whole what each département sent."""

    total: NationalTotal
    headlines: tuple[str, ...]
    """The codes of the figures of the first page, in its order."""
    bilans: tuple[BilanData, ...]
    """One for each share, in their order."""

    @property
    def semester(self) -> Semester:
        """Of all of them."""
        return Semester.parse(self.total.semester)

    @property
    def made_at(self) -> datetime:
        """That of its sums: the same bilans make the same document on any day."""
        return self.total.made_at

    @property
    def sent(self) -> Iterator[tuple[DepartmentShare, BilanData]]:
        """Each département with its bilan."""
        return zip(self.total.shares, self.bilans, strict=True)


def names_of(places: Iterable[DepartmentShare | Missing]) -> tuple[str, ...]:
    """« Nord (59) » of each."""
    return tuple(map(str, places))
