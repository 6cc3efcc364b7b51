"""What may be counted twice: a group and its establishments that report the same thing, and what is counted elsewhere.

Nothing is taken away unseen: gross, overlap and net stand side by side, with what was decided and by whom. Pure.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from reporting.method.ground import Company

Values = Mapping[str, Mapping[Company, Decimal | None]]
"""What companies gave in one semester, by indicator code; None is « sans objet ». No value is negative."""


class Ruling(StrEnum):
    """How a référent settles what a group reported several times."""

    _value_: str
    label: str

    SUM = "somme", "Additionner\u00a0: chacune déclare ses propres résultats"
    LARGEST = "maximum", "Garder la plus grande valeur\u00a0: elle comprend les autres"
    ONE = "une", "Garder une seule entreprise\u00a0: elle déclare pour toutes"

    def __new__(cls, value: str, label: str = "") -> "Ruling":
        """Attach the label to the value; the default only lets a type checker read Ruling("somme")."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


@dataclass(frozen=True)
class Member:
    """A company as the last day of the semester finds it: of one group, which may be its own SIREN."""

    name: str
    group: str
    """A SIREN."""
    group_name: str
    elsewhere: str = ""
    """Where its convention is counted already; empty when it is not."""


@dataclass(frozen=True)
class Settled:
    """What was decided of a group for one semester."""

    ruling: Ruling
    reason: str
    company: Company = None
    """The one that is kept, of ONE."""


@dataclass(frozen=True)
class Share:
    """What one company gave."""

    company: str
    value: Decimal


@dataclass(frozen=True)
class Overlap:
    """One indicator that several companies of one group gave: all of it, what is counted twice, what is left."""

    group: str
    """A SIREN."""
    group_name: str
    code: str
    shares: tuple[Share, ...]
    """Each company's part, the largest first."""
    overlap: Decimal = Decimal(0)
    """What the group counted more than once: 0 without a decision."""
    ruling: str = ""
    """The value of a Ruling; empty while nothing is decided: « à arbitrer »."""
    kept: str = ""
    """The company kept, of ONE."""
    reason: str = ""

    @property
    def gross(self) -> Decimal:
        """Everything that was given."""
        return sum((share.value for share in self.shares), Decimal(0))

    @property
    def net(self) -> Decimal:
        """What is counted once."""
        return self.gross - self.overlap

    @property
    def matters(self) -> bool:
        """Whether something is counted twice, or may be: what nobody decided, given by two companies at least."""
        if self.ruling:
            return bool(self.overlap)
        return sum(share.value > 0 for share in self.shares) > 1

    @property
    def is_open(self) -> bool:
        """Whether somebody should decide: nothing is decided of what may be counted twice."""
        return not self.ruling and self.matters

    @property
    def decision(self) -> str:
        """What was decided, in French."""
        if not self.ruling:
            return "à\u00a0arbitrer"
        label = Ruling(self.ruling).label
        return f"{label} ({self.kept})" if self.kept else label


@dataclass(frozen=True)
class CountedElsewhere:
    """The part of one indicator that another bilan counts too."""

    code: str
    value: Decimal
    companies: tuple[str, ...]
    """Each with where it is counted, in the order of names: « Ateliers (convention nationale du groupe) »."""


@dataclass(frozen=True)
class DoubleCounts:
    """Both, for one semester of one département."""

    overlaps: tuple[Overlap, ...] = ()
    """By group, then by code."""
    elsewhere: tuple[CountedElsewhere, ...] = ()
    """By code."""


def double_counts(values: Values, members: Mapping[Company, Member], settled: Mapping[str, Settled]) -> DoubleCounts:
    """What groups may have given twice, by what was decided of each (by SIREN), and what is counted elsewhere.

    `members` holds every company that gave a value.
    """
    overlaps = sorted(_overlaps(values, members, settled), key=lambda item: (item.group_name, item.group, item.code))
    return DoubleCounts(overlaps=tuple(overlaps), elsewhere=tuple(_elsewhere(values, members)))


def reporters(values: Values, members: Mapping[Company, Member], group: str) -> tuple[Company, ...]:
    """The companies of one group that gave something another one of it gave too, in the order of their names."""
    own = [company for company, member in members.items() if member.group == group]
    found = {company for _, given in _shared(values, own) for company in given}
    return tuple(sorted(found, key=lambda company: members[company].name))


def _overlaps(values: Values, members: Mapping[Company, Member], settled: Mapping[str, Settled]) -> Iterator[Overlap]:
    groups: dict[str, list[Company]] = defaultdict(list)
    for company, member in members.items():
        groups[member.group].append(company)
    for group, own in groups.items():
        name = members[own[-1]].group_name
        for code, given in _shared(values, own):
            shares = sorted((Share(members[one].name, value) for one, value in given.items()), key=_largest_first)
            undecided = Overlap(group, name, code, tuple(shares))
            yield _decided(undecided, given, settled[group], members) if group in settled else undecided


def _decided(
    undecided: Overlap, given: Mapping[Company, Decimal], decision: Settled, members: Mapping[Company, Member]
) -> Overlap:
    counted = _COUNTED[decision.ruling](given, decision.company)
    if counted is None:
        return undecided
    return replace(
        undecided,
        overlap=undecided.gross - counted,
        ruling=decision.ruling.value,
        kept=members[decision.company].name if decision.ruling is Ruling.ONE else "",
        reason=decision.reason,
    )


def _shared(values: Values, own: Collection[Company]) -> Iterator[tuple[str, dict[Company, Decimal]]]:
    """What at least two of the companies of a group gave, by code; nearly every group has one."""
    for code in sorted(values) if len(own) > 1 else ():
        given = {company: value for company in own if (value := values[code].get(company)) is not None}
        if len(given) > 1:
            yield code, given


def _largest_first(share: Share) -> tuple[Decimal, str]:
    return -share.value, share.company


Counted = Callable[[Mapping[Company, Decimal], Company], Decimal | None]
"""What is counted once of what a group gave; None when the decision says nothing of it."""

_COUNTED: Mapping[Ruling, Counted] = {
    Ruling.SUM: lambda given, _kept: sum(given.values(), Decimal(0)),
    Ruling.LARGEST: lambda given, _kept: max(given.values()),
    # The one that is kept did not give this indicator: what the others gave is in nobody's.
    Ruling.ONE: lambda given, kept: given.get(kept),
}


def _elsewhere(values: Values, members: Mapping[Company, Member]) -> Iterator[CountedElsewhere]:
    for code in sorted(values):
        given = {
            company: value
            for company, value in values[code].items()
            if value is not None and members[company].elsewhere
        }
        if given:
            told = sorted(f"{members[company].name} ({members[company].elsewhere})" for company in given)
            yield CountedElsewhere(code, sum(given.values(), Decimal(0)), tuple(told))
