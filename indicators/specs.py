"""The words of the catalogue: axes, kinds, units, and what an indicator, a rule and a ratio are made of. Pure."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from french.numbers import counted
from french.words import NO, YES, quantity


class Axis(StrEnum):
    """One of the four axes of the PAQTE (circulaire du 22 janvier 2019, annexe 2 §1), in its order."""

    _value_: str
    label: str
    sentence: str

    SENSIBILISER = (
        "sensibiliser",
        "Sensibiliser",
        "Ouvrir l’entreprise aux plus jeunes, d’abord par des stages de 3e pour les collégiens de REP+ et de REP.",
    )
    FORMER = (
        "former",
        "Former",
        "Donner accès à l’alternance aux habitants des quartiers prioritaires.",
    )
    RECRUTER = (
        "recruter",
        "Recruter",
        "Recruter sans discriminer et observer ses propres pratiques.",
    )
    ACHETER = (
        "acheter",
        "Acheter",
        "Acheter de façon responsable auprès des fournisseurs des quartiers et de l’insertion.",
    )

    def __new__(cls, value: str, label: str = "", sentence: str = "") -> "Axis":
        """Attach the label and the sentence to the value; the defaults only let a type checker read Axis("former")."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        member.sentence = sentence
        return member

    @property
    def order(self) -> int:
        """1 to 4."""
        return list(Axis).index(self) + 1


class Kind(StrEnum):
    """How values add up over time: a flux is summed, a stock keeps its last known value, a yes/no is counted."""

    _value_: str
    label: str
    hint: str

    FLUX = ("flux", "flux", "cumul sur le semestre")
    STOCK = ("stock", "stock", "situation au dernier jour du semestre")
    YES_NO = ("oui-non", "oui ou non", "réponse pour le semestre")

    def __new__(cls, value: str, label: str = "", hint: str = "") -> "Kind":
        """Attach the label and the hint to the value."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        member.hint = hint
        return member


class Unit(StrEnum):
    """What one counts. `integer` units refuse a fraction; `symbol` is what follows the number, if anything."""

    _value_: str
    label: str
    symbol: str
    integer: bool

    COUNT = ("nombre", "nombre", "", True)
    EURO = ("€", "euros", "€", False)
    DAY = ("jours", "jours", "j", False)
    HOUR = ("heures", "heures", "h", False)
    YES_NO = ("oui/non", "oui ou non", "", True)

    def __new__(cls, value: str, label: str = "", symbol: str = "", integer: bool = False) -> "Unit":  # noqa: FBT001, FBT002
        """Attach the label, the symbol and the integer mark to the value."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        member.symbol = symbol
        member.integer = integer
        return member


class Origin(StrEnum):
    """Where an indicator comes from; its value is also its label."""

    PUBLIC = "repris d’un document public"
    PROPOSED = "proposé"

    @property
    def label(self) -> str:
        """The value, which is a sentence already."""
        return self.value


class RuleKind(StrEnum):
    """A plausibility test. It warns, it never blocks."""

    AT_LEAST_SUM = "at_least_sum"
    """value < sum of `of`"""
    AT_MOST_HEADCOUNT = "at_most_headcount"
    """value > headcount × `limit`"""
    RATIO_ABOVE = "ratio_above"
    """value ÷ `of` > `limit`"""
    SHARE_ABOVE = "share_above"
    """value is more than `limit` % of `of`"""
    REQUIRES = "requires"
    """value > 0 while `of` is 0"""
    AT_MOST_TIMES = "at_most_times"
    """value cumulated since the launch > `of` × `limit`"""
    THOUSANDS_SLIP = "thousands_slip"
    """0 < value < `limit` in a company of more than `headcount` people: thousands of euros typed for euros"""
    AT_MOST_PREVIOUS = "at_most_previous"
    """value > sum of `of` in the previous semester"""


@dataclass(frozen=True)
class Rule:
    """One plausibility test of an indicator."""

    kind: RuleKind
    of: tuple[str, ...] = ()
    limit: Decimal | None = None
    headcount: int = 0


TOO_MUCH = 100
"""So many times the ceiling of an indicator: no comment makes such a figure true."""


@dataclass(frozen=True)
class IndicatorSpec:
    """One row that a company fills in.

    `part_of` names the wholes that this indicator cannot exceed. On a whole, `disjoint_parts` says that its parts
    exclude each other, so that their sum cannot exceed it either; `overlap` is the code of what two parts share.
    `distinct` things are told apart inside one company and semester only: their total has no cumul and no taux. What is
    not `targetable` only serves to compute: nobody promises it. `ceiling` is what one company reports at most in one
    semester of ordinary life, in the unit: beyond it one asks, beyond TOO_MUCH times it one refuses; None for a yes/no.
    `words` name one and several of what is counted. `reworded`: the definition differs from that of the version before
    in its words only, it counts the same things, and its figures go on adding up.
    """

    code: str
    axis: Axis
    position: int
    label: str
    definition: str
    counts: str
    excludes: str
    kind: Kind
    unit: Unit
    core: bool
    origin: Origin
    source: str
    plausibility: str
    part_of: tuple[str, ...] = ()
    disjoint_parts: bool = False
    overlap: str = ""
    distinct: bool = False
    targetable: bool = True
    ceiling: Decimal | None = None
    words: tuple[str, str] | None = None
    rules: tuple[Rule, ...] = ()
    valid_from: date | None = None
    valid_until: date | None = None
    reworded: bool = False

    @property
    def proratable(self) -> bool:
        """Whether a yearly target is expected in proportion to the days elapsed."""
        return self.kind is Kind.FLUX

    @property
    def limit(self) -> Decimal | None:
        """Beyond it a figure is a slip whatever the company; None for a yes/no."""
        return None if self.ceiling is None else self.ceiling * TOO_MUCH

    def said(self, value: Decimal) -> str:
        """A figure in a sentence: « 1 stagiaire », « 12 stagiaires », « 1 500 € », « oui »."""
        if self.kind is Kind.YES_NO:
            return YES if value else NO
        return counted(value, *self.words) if self.words else quantity(value, self.unit.symbol)

    def valid_during(self, start: date, end: date) -> bool:
        """Whether the scheme behind the indicator existed on at least one day of the period, bounds included."""
        return (self.valid_from is None or self.valid_from <= end) and (
            self.valid_until is None or self.valid_until >= start
        )


@dataclass(frozen=True)
class Headlines:
    """The codes of the figures that a page shows first, in its order."""

    bilan: tuple[str, ...]
    """The first page of the bilan of a département."""
    nation: tuple[str, ...]
    """The home of the national agency."""


@dataclass(frozen=True)
class RatioTerm:
    """One indicator in a numerator or a denominator, added or subtracted."""

    sign: int
    code: str


@dataclass(frozen=True)
class RatioSpec:
    """A percentage computed from indicators, never typed: sum of numerators over sum of denominators.

    `cumulated_numerator`: the numerator is the company's sum since the launch, the denominator is a stock.
    """

    code: str
    axis: Axis
    position: int
    label: str
    definition: str
    numerator: tuple[RatioTerm, ...]
    denominator: tuple[RatioTerm, ...]
    cumulated_numerator: bool = False

    @property
    def codes(self) -> tuple[str, ...]:
        """Every indicator that a company must have answered to take part in the ratio."""
        return tuple(term.code for term in (*self.numerator, *self.denominator))

    @property
    def added(self) -> frozenset[str]:
        """What its numerator is about, without the overlaps taken out of it."""
        return frozenset(term.code for term in self.numerator if term.sign > 0)

    @property
    def needed(self) -> frozenset[str]:
        """What is asked only so that it can be computed: denominators and overlaps."""
        return frozenset(self.codes) - self.added
