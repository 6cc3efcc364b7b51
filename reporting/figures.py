"""Box 5: what is said of one indicator and of one ratio, as numbers. Pure; how each is counted: `reporting.method`.

None is « there is nothing to print »: never zero. Expectations and objectives are exact fractions.
"""

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from french.numbers import rounded
from french.words import YES
from indicators.specs import IndicatorSpec, Kind

RATIO = "ratio"
"""A kind beside those of the indicators."""

PERCENT_STEP = Decimal("0.1")

Number = Decimal | Fraction | int


def percent(part: Number | None, whole: Number | None) -> Decimal | None:
    """`part` in percent of `whole`, to one decimal, halves away from zero; None without a whole."""
    if part is None or not whole:
        return None
    return rounded(Fraction(part) * 100 / Fraction(whole), PERCENT_STEP)


@dataclass(frozen=True)
class Figure:
    """One indicator, all companies together.

    Each pair of numbers is about one set of companies, whose size stands beside it.
    """

    code: str
    label: str
    definition: str
    kind: str
    unit: str
    core: bool
    depth: int
    """0, or how deep a « dont » stands under its total."""
    rank: int
    """Its place in the catalogue, each « dont » right after its total."""
    distinct: bool = False
    """Distinct inside one company and semester: the total is not rid of doubles, and is never summed over time."""
    apart: bool = False
    """A « dont » given by other companies than its total."""

    semester: Decimal | None = None
    """Σ of the semester (flux), Σ reported by the companies engaged on the last day (stock), how many said yes."""
    respondents: int = 0
    not_applicable: int = 0
    silent: int = 0
    pending: int = 0
    """Of the silent, those that answered and are not validated yet."""
    asked: int = 0

    previous: Decimal | None = None
    """The semester before, as it stands today."""
    previous_respondents: int = 0
    constant: Decimal | None = None
    """What changed for the companies that gave a value in both semesters."""
    constant_companies: int = 0
    arrivals: Decimal | None = None
    departures: Decimal | None = None
    revised: Decimal | None = None
    """The semester before as it stands, less what its bilan said when it was sent."""

    last_known: Decimal | None = None
    """A stock: reported now, or just before by those that are silent now."""
    carried: Decimal | None = None
    carried_companies: int = 0

    cumulative: Decimal | None = None
    """Σ since the launch, every company ever engaged."""
    cumulative_companies: int = 0

    expected: Fraction | None = None
    """What the targeted cells expect since the launch; on the last day for a stock or a yes."""
    expected_answered: Fraction | None = None
    """The part of it that is expected of the cells with a value."""
    expected_companies: int = 0
    tracked: Decimal | None = None
    """What those same cells brought: « réalisé suivi »."""
    holes: int = 0
    """Targeted cells without a value."""

    objective: Fraction | None = None
    """Three years of the conventions in force on the last day; the year in progress for what is distinct."""
    progress: Fraction | None = None
    """What their targeted cells brought."""
    objective_conventions: int = 0

    @classmethod
    def of(cls, spec: IndicatorSpec, rank: int) -> "Figure":
        """Of an indicator about which nothing is known yet."""
        return cls(
            code=spec.code,
            label=spec.label,
            definition=spec.definition,
            kind=spec.kind.value,
            unit=spec.unit.symbol,
            core=spec.core,
            depth=0,
            rank=rank,
            distinct=spec.distinct,
        )

    @classmethod
    def blank(cls, words: "Figure") -> "Figure":
        """The same indicator, of which nobody said anything."""
        names = ("code", "label", "definition", "kind", "unit", "core", "depth", "rank", "distinct")
        return cls(**{name: getattr(words, name) for name in names})

    @property
    def unit_name(self) -> str:
        """The unit as files name it."""
        return self.unit or "nombre"

    @property
    def is_not_applicable(self) -> bool:
        """Every company that was asked said « sans objet »: nobody is silent, and there is no figure."""
        return 0 < self.asked == self.not_applicable

    @property
    def is_yes_no(self) -> bool:
        """Counted in companies that said yes."""
        return self.kind == Kind.YES_NO

    @property
    def counted_in(self) -> str:
        """What follows its numbers in a sentence: its symbol, or « oui »."""
        return YES if self.is_yes_no else self.unit

    @cached_property
    def rate(self) -> Decimal | None:
        """Percent of what was expected to date that the targeted cells brought."""
        return percent(self.tracked, self.expected)

    @cached_property
    def rate_answered(self) -> Decimal | None:
        """The same without what was expected of cells that have no value."""
        return percent(self.tracked, self.expected_answered)

    @cached_property
    def overall(self) -> Decimal | None:
        """« Avancement »: percent of the objective of the conventions in force that their cells brought."""
        return percent(self.progress, self.objective)

    @property
    def untracked(self) -> Decimal | None:
        """« Hors objectif »: the part of a flux that nobody had promised."""
        if self.kind != Kind.FLUX or self.cumulative is None:
            return None
        return self.cumulative - (self.tracked or 0)

    @property
    def answers(self) -> tuple[int, int, int]:
        """How many companies gave a value, how many were asked, how many said « sans objet »."""
        return self.respondents, self.asked, self.not_applicable


@dataclass(frozen=True)
class RatioFigure:
    """Σ numerators over Σ denominators of the companies that gave both; never a mean of percentages."""

    code: str
    label: str
    definition: str
    rank: int
    numerator: Decimal | None
    denominator: Decimal | None
    previous_numerator: Decimal | None
    previous_denominator: Decimal | None
    respondents: int
    asked: int
    previous_respondents: int = 0
    counted_in: str = ""
    """The unit of what is divided: « € », or nothing."""

    @classmethod
    def blank(cls, words: "RatioFigure") -> "RatioFigure":
        """The same ratio, of which nobody said anything."""
        return replace(
            words,
            numerator=None,
            denominator=None,
            previous_numerator=None,
            previous_denominator=None,
            respondents=0,
            asked=0,
            previous_respondents=0,
        )

    @property
    def kind(self) -> str:
        """As files name it, beside the kinds of the indicators."""
        return RATIO

    @property
    def unit(self) -> str:
        """Of every ratio."""
        return "%"

    @property
    def percent(self) -> Decimal | None:
        """The ratio in percent, or None."""
        return percent(self.numerator, self.denominator)

    @property
    def previous(self) -> Decimal | None:
        """The ratio of the previous semester in percent, or None."""
        return percent(self.previous_numerator, self.previous_denominator)

    @property
    def fraction(self) -> tuple[Decimal, Decimal] | None:
        """What the percentage comes from."""
        return None if self.numerator is None or self.denominator is None else (self.numerator, self.denominator)

    @property
    def answers(self) -> tuple[int, int, int]:
        """How many companies gave both sides, out of how many."""
        return self.respondents, self.asked, 0
