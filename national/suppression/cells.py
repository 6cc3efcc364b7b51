"""A public table: its cells, what each says of who made it, and the sums that every reader knows. Pure."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from math import ceil

Key = Hashable
Company = Hashable

FEWEST = 3
"""Companies that a shown cell has at least."""
LEAST_WHOLE = Fraction(100, 85)
"""What a shown cell is worth at least, for 1 of its largest company: that one makes 85 % of it at most."""


class NotAdditive(ValueError):
    """A sum that does not hold, or of a cell that is not in the table."""


@dataclass(frozen=True)
class Cell:
    """One number of a table, and what decides whether it may be read."""

    value: Decimal = Decimal(0)
    companies: int = 0
    """That gave a value, 0 included; « sans objet » and silence are none."""
    largest: Decimal = Decimal(0)
    """The largest contribution, without its sign."""
    gross: Decimal = Decimal(0)
    """All contributions without their signs: the value, but of a difference."""
    few: frozenset[Company] = frozenset()
    """Which companies, when they are fewer than three: one that is alone knows the cell."""
    printed: bool = True
    """False of what is only computed from others: protected, and never a loss."""

    @classmethod
    def of(cls, given: Mapping[Company, Decimal], *, printed: bool = True) -> "Cell":
        """What these companies gave together."""
        sizes = [abs(value) for value in given.values()]
        return cls(
            value=sum(given.values(), Decimal(0)),
            companies=len(given),
            largest=max(sizes, default=Decimal(0)),
            gross=sum(sizes, Decimal(0)),
            few=frozenset(given) if len(given) < FEWEST else frozenset(),
            printed=printed,
        )

    def __add__(self, other: "Cell") -> "Cell":
        """The same number of both, no company in the two."""
        companies = self.companies + other.companies
        return Cell(
            value=self.value + other.value,
            companies=companies,
            largest=max(self.largest, other.largest),
            gross=self.gross + other.gross,
            few=self.few | other.few if companies < FEWEST else frozenset(),
            printed=self.printed,
        )

    @property
    def sole(self) -> Company | None:
        """The only company, when there is one."""
        return next(iter(self.few)) if self.companies == 1 else None

    @property
    def is_sensitive(self) -> bool:
        """Whether it says too much of one company; a cell of nobody says nothing."""
        return 0 < self.companies < FEWEST or self._least > self.gross

    @property
    def cover(self) -> int:
        """How much more, one at least, it must seem able to hold: its largest company is then 85 % of it at most."""
        return max(1, ceil(self._least - Fraction(self.gross)))

    @property
    def _least(self) -> Fraction:
        return LEAST_WHOLE * Fraction(self.largest)


@dataclass(frozen=True, eq=False)
class Sum:
    """total = Σ parts − Σ less."""

    total: Key
    parts: tuple[Key, ...]
    less: tuple[Key, ...] = ()

    @cached_property
    def terms(self) -> tuple[tuple[Key, int], ...]:
        """Each cell with its sign; together they make zero."""
        return (self.total, -1), *((key, 1) for key in self.parts), *((key, -1) for key in self.less)

    def check(self, cells: Mapping[Key, Cell]) -> None:
        """Raises NotAdditive: what is hidden from false sums is not hidden."""
        missing = [key for key, _ in self.terms if key not in cells]
        if missing:
            raise NotAdditive(f"Cellules absentes du tableau\u00a0: {missing}.")
        if sum(sign * cells[key].value for key, sign in self.terms):
            raise NotAdditive(f"Le total {self.total} n’est pas la somme de ses parties.")


def are_enough(*groups: frozenset[Company]) -> bool:
    """Whether cells of these few companies are of three at least together; the few of a cell of many are not told."""
    return not all(groups) or len(frozenset().union(*groups)) >= FEWEST
