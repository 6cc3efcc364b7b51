"""The bilan as one value, the circular's boxes in its order; every rendering and the snapshot come from it. Pure."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from accounts.agency import agency_on
from reporting.boxes import Texts
from reporting.figures import Figure, RatioFigure
from reporting.method.overlaps import CountedElsewhere, Overlap

SCHEMA = 5
"""Version of this tree; a snapshot says with which one it was written, `codec.UPGRADES` leads from one to the next."""


@dataclass(frozen=True)
class Place:
    """The département of a bilan."""

    code: str
    name: str
    of_name: str
    prefecture: str
    region_code: str
    region: str


@dataclass(frozen=True)
class Signatory:
    """A line of box 3: one company engaged during the semester, under its last convention."""

    company: str
    siret: str
    category: str
    town: str
    reference: str
    axes: tuple[str, ...]
    signed_on: date
    starts_on: date
    ends_on: date
    charter: str
    """Reference of the charter it comes from; empty for a new commitment."""
    stays: bool = True
    """Still engaged on the last day of the semester."""
    conventions: int = 1
    """In force during the semester: two when one was renewed."""
    left_on: date | None = None
    """Its last day, when it left during the semester."""
    departure: str = ""
    """How it left, « résiliée » or « échue »; empty while it stays."""
    sector: str = ""
    """« entreprise », « artisanat », « agriculture », « employeur public »; empty in an older snapshot."""
    naf: str = ""
    """Its code, « 47.11F »; empty when nobody gave it."""


@dataclass(frozen=True)
class Outcome:
    """What a company that moved brought since the launch, for one figure of the first page."""

    label: str
    unit: str
    value: Decimal


@dataclass(frozen=True)
class Movement:
    """A company that enters, renews, ends or is terminated in the semester."""

    company: str
    reference: str
    kind: str
    on: date
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True)
class PartnerLine:
    """A line of box 4: an association or another actor."""

    name: str
    kind: str
    part: str


@dataclass(frozen=True)
class Example:
    """Box 5: a concrete action, told by a company or by the préfecture, whose `company` is empty."""

    company: str
    title: str
    text: str
    publishable: bool = False
    """Whether those it tells of agree that it is published."""
    origin: str = "company"
    """Who wrote it: "company" or "prefecture"."""


@dataclass(frozen=True)
class AxisSection:
    """Box 5 for one axis: how many companies took it, its figures and its examples."""

    axis: str
    label: str
    companies: int
    figures: tuple[Figure, ...]
    ratios: tuple[RatioFigure, ...]
    examples: tuple[Example, ...]

    @property
    def lines(self) -> tuple[Figure | RatioFigure, ...]:
        """Its figures, then its ratios."""
        return (*self.figures, *self.ratios)


@dataclass(frozen=True)
class SpecificLine:
    """A commitment outside the catalogue: listed, never summed."""

    company: str
    label: str
    unit: str
    target: Decimal
    cumulative: Decimal | None


@dataclass(frozen=True)
class Context:
    """Box 6: the département's neighbourhoods; None and empty strings are « non renseigné »."""

    qpv_count: int | None
    qpv_source: str
    pru_count: int | None
    pru_source: str
    population: int | None
    population_year: int | None
    population_source: str
    defm: int | None
    defm_date: date | None
    defm_category: str
    defm_source: str
    defm_reason: str = ""
    """Why the job seekers are not given, when they are not."""


@dataclass(frozen=True)
class MonthSigned:
    """Conventions signed in a month of the semester (« 2019-02 »), and how many of them convert a charter."""

    month: str
    conventions: int
    from_charter: int


@dataclass(frozen=True)
class Completeness:
    """Who reported: counts of companies, and the names of those that did not or whose figures are not validated."""

    expected: int
    received: int
    validated: int
    late: int
    silent: tuple[str, ...]
    pending: tuple[str, ...]


@dataclass(frozen=True)
class EarlierVersion:
    """A version already sent, with the fingerprint of its PDF."""

    number: int
    transmitted_on: date
    sha256: str
    reason: str


@dataclass(frozen=True)
class Revision:
    """A figure that a rectificatif changes, as printed in the former and in the new version."""

    label: str
    old: str
    new: str


def numbered(version: int, *, is_draft: bool) -> str:
    """« version 2 »; empty for a first draft: nothing has a number before something was sent."""
    return "" if is_draft and version == 1 else f"version {version}"


def file_name(department: str, semester: object, fmt: str, *, version: int | None, is_public: bool = False) -> str:
    """« bilan-paqte-62-2019-S1-v1.pdf », « …-v1-public.csv », or « …-projet.pdf » of a draft, which has no version."""
    end = f"v{version}{'-public' if is_public else ''}" if version else "projet"
    return f"bilan-paqte-{department}-{semester}-{end}.{fmt}"


@dataclass(frozen=True)
class BilanData:
    """Everything a bilan says, frozen: what is not in here is not in the bilan."""

    schema: int
    place: Place
    semester: str
    version: int
    as_of: date
    """The day on which the figures were taken."""
    transmitted_at: datetime | None
    """None on a draft, which is printed PROJET."""
    texts: Texts
    """Every box that is typed, by its name; an empty one is « non renseigné »."""
    signatories: tuple[Signatory, ...]
    partners: tuple[PartnerLine, ...]
    axes: tuple[AxisSection, ...]
    headlines: tuple[str, ...]
    """The codes of the figures of the first page, in its order."""
    specific: tuple[SpecificLine, ...]
    context: Context
    completeness: Completeness
    sending_note: str
    """Why it is sent although companies are silent or figures not validated; printed."""
    versions: tuple[EarlierVersion, ...]
    changes: tuple[Revision, ...]
    launch: str = ""
    """The first semester with a campaign: what is expected starts there."""
    provisional: bool = False
    """A draft of a semester that still takes answers: expected of those that gave them only."""
    comparable: bool = True
    """False while too few answers are validated to compare two semesters or to judge."""
    movements: tuple[Movement, ...] = ()
    overlaps: tuple[Overlap, ...] = ()
    """What a group and its companies gave several times, and what was decided of it."""
    elsewhere: tuple[CountedElsewhere, ...] = ()
    signatures: tuple[MonthSigned, ...] = ()
    """Each month of the semester in order, those without a signature too."""
    charters_left: int | None = None
    """Charters of the département not yet converted on the last day; None when nobody counted them."""

    @property
    def is_draft(self) -> bool:
        """True until it is transmitted."""
        return self.transmitted_at is None

    @property
    def numbered(self) -> str:
        """« version 2 »; empty for a first draft."""
        return numbered(self.version, is_draft=self.is_draft)

    @property
    def staying(self) -> int:
        """Companies still engaged on the last day."""
        return sum(line.stays for line in self.signatories)

    @property
    def conventions(self) -> int:
        """Conventions in force during the semester."""
        return sum(line.conventions for line in self.signatories)

    @property
    def rectification_reason(self) -> str:
        """Why this version replaces another; empty on the first."""
        return self.texts["rectification_reason"]

    @property
    def recipient(self) -> str:
        """The agency's name on that day."""
        return agency_on(self.as_of)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure, axis after axis."""
        return tuple(figure for axis in self.axes for figure in axis.figures)

    @property
    def key_figures(self) -> tuple[Figure, ...]:
        """The figures of the first page, those that the semester has."""
        by_code = {figure.code: figure for figure in self.figures}
        return tuple(by_code[code] for code in self.headlines if code in by_code)

    @property
    def ratios(self) -> tuple[RatioFigure, ...]:
        """Every ratio, axis after axis."""
        return tuple(ratio for axis in self.axes for ratio in axis.ratios)

    @property
    def lines(self) -> tuple[Figure | RatioFigure, ...]:
        """Every figure, then every ratio."""
        return (*self.figures, *self.ratios)

    def figure(self, code: str) -> Figure | None:
        """The figure of a code, when this bilan prints it."""
        return next((figure for figure in self.figures if figure.code == code), None)

    @property
    def needs_note(self) -> bool:
        """True when companies are silent or not validated yet: it is sent with a reason then."""
        return bool(self.completeness.silent or self.completeness.pending)
