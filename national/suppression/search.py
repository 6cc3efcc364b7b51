"""Another table with the same shown cells: what has to be hidden for one sensitive cell to stay unknown. Pure.

One amount is added to the cell; then, sum after broken sum, it is added to a cell or taken from one until all hold
again. Best first: what is hidden already, then the cells of few companies, so that totals are the last to go.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count

from national.suppression.cells import Cell, Company, Key, Sum, are_enough

KNOWN_PRICE, PRICE = 1, 10
"""Of touching a cell that is hidden already; of hiding one more, for each of its companies."""


@dataclass(frozen=True)
class Board:
    """A table as the search sees it."""

    cells: Mapping[Key, Cell]
    sums_of: Mapping[Key, list[tuple[Sum, int]]]
    """The sums of each cell, with its sign in them."""
    shown: Collection[Key]
    """Published already: they do not move."""


@dataclass(frozen=True)
class Question:
    """Which table is looked for, and how hard."""

    key: Key
    """The cell that is larger in it."""
    hidden: Collection[Key]
    only_hidden: bool = False
    """Touches no other cell."""
    insider: Company | None = None
    """Moves no cell that this company is alone in."""
    only_up: bool = False
    """Takes from no cell: never the cheapest, always quick, and there as long as no total was published before."""
    haste: int = 1
    """How much more than the way done counts the way that is left: in haste, a table is found sooner and costs more."""
    attempts: int | None = None
    """After which one gives up."""


@dataclass(frozen=True)
class _Move:
    """The beginning of another table: how many amounts each cell takes, and by how many the sums do not hold."""

    price: int = 0
    steps: Mapping[Key, int] = field(default_factory=dict)
    broken: Mapping[Sum, int] = field(default_factory=dict)


def another_table(board: Board, question: Question) -> frozenset[Key] | None:
    """The cells that differ in the cheapest table found; None when there is none, or none in so many attempts."""
    return _Search(board, question).run()


class _Search:
    """One question asked of one board."""

    def __init__(self, board: Board, question: Question) -> None:
        self.board, self.question = board, question
        # Who knows its own figures is only kept from finding the others': the largest may be its own.
        self.amount = 1 if question.insider is not None else board.cells[question.key].cover
        self.waiting: list[tuple[int, int, _Move]] = []
        self.order = count()

    def run(self) -> frozenset[Key] | None:
        self._queue(self._stepped(_Move(), self.question.key, 1))
        seen: set[frozenset[tuple[Key, int]]] = set()
        while self.waiting and (self.question.attempts is None or len(seen) < self.question.attempts):
            _, _, move = heappop(self.waiting)
            if not move.broken:
                return frozenset(move.steps)
            known = frozenset(move.steps.items())
            if known not in seen:
                seen.add(known)
                for key, step in min((self._repairs(move, one) for one in move.broken), key=len):
                    self._queue(self._stepped(move, key, step))
        return None

    def _queue(self, move: _Move) -> None:
        """By what it costs and what repairs will cost at least; the latest first among equals."""
        left = 0
        for one in move.broken:
            repairs = self._repairs(move, one)
            if not repairs:
                return
            left += min(self._price(key) for key, _ in repairs)
        heappush(self.waiting, (move.price + self.question.haste * left, -next(self.order), move))

    def _repairs(self, move: _Move, broken: Sum) -> list[tuple[Key, int]]:
        """The steps that make one sum hold again; a total may move on as its parts do, never back."""
        found = []
        for key, sign in broken.terms:
            step, before = -sign * move.broken[broken], move.steps.get(key, 0)
            moves_on = before * step > 0 and (key == broken.total or self.question.only_up)
            if before and not moves_on:
                continue
            if self._may_move(key) and (step > 0 or self._may_lose(key, -(before + step), broken)):
                found.append((key, step))
        return found

    def _may_move(self, key: Key) -> bool:
        """Not what everybody knows, nor what the company one hides from knows."""
        cell = self.board.cells[key]
        if (
            not cell.companies
            or key in self.board.shown
            or (cell.sole is not None and cell.sole == self.question.insider)
        ):
            return False
        return not self.question.only_hidden or key in self.question.hidden

    def _may_lose(self, key: Key, times: int, broken: Sum) -> bool:
        """Whether it is large enough, and the two together say nothing of one company or two."""
        cell = self.board.cells[key]
        if self.question.only_up or cell.gross < times * self.amount:
            return False
        return key == broken.total or are_enough(cell.few, self.board.cells[self.question.key].few)

    def _price(self, key: Key) -> int:
        return KNOWN_PRICE if key in self.question.hidden else PRICE * self.board.cells[key].companies

    def _stepped(self, move: _Move, key: Key, step: int) -> _Move:
        broken = dict(move.broken)
        for one, sign in self.board.sums_of[key]:
            broken[one] = broken.get(one, 0) + sign * step
        return _Move(
            price=move.price if key in move.steps else move.price + self._price(key),
            steps={**move.steps, key: move.steps.get(key, 0) + step},
            broken={one: by for one, by in broken.items() if by},
        )
