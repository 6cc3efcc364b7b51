"""The choice of the cells to hide: the sensitive ones, what each needs, and back what turned out needless. Pure."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

from national.suppression.cells import Cell, Company, Key, Sum, are_enough
from national.suppression.search import Board, Question, another_table

HASTES, ATTEMPTS = (20, 3), 1000
"""Two ways to look for a cheap table, before one that hides every total over the cell."""
SHOWING_ATTEMPTS = 50
"""After which a cell that might have been shown again stays hidden."""

Tables = list[frozenset[Key]]
"""What is touched by the tables that hide one cell: one for everybody, others for companies that know a part of it."""


class Unprotectable(ValueError):
    """What was published before gives a cell away, whatever else is hidden."""


def suppress(
    cells: Mapping[Key, Cell],
    sums: Sequence[Sum],
    *,
    shown: Collection[Key] = (),
    withheld: Collection[Key] = (),
) -> frozenset[Key]:
    """The printed cells to hide, those `withheld` before included. The same table always hides the same ones.

    `shown` and `withheld` are cells of files already out: they stay what they are. Raises NotAdditive, and
    Unprotectable when the cells already shown give another one away.
    """
    for one in sums:
        one.check(cells)
    plan = _Plan(cells, sums, shown=frozenset(shown), withheld=frozenset(withheld))
    for key in sorted(plan.sensitive, key=lambda one: -cells[one].cover):
        plan.protect(key)
    plan.give_back()
    return frozenset(key for key in plan.hidden if cells[key].printed)


class _Plan:
    """What is hidden so far, and for each sensitive cell the other tables that hide it."""

    def __init__(
        self, cells: Mapping[Key, Cell], sums: Sequence[Sum], *, shown: frozenset[Key], withheld: frozenset[Key]
    ) -> None:
        self.cells = cells
        self.board = Board(cells, {key: [] for key in cells}, shown)
        for one in sums:
            for key, sign in one.terms:
                self.board.sums_of[key].append((one, sign))
        self.sensitive = [key for key, cell in cells.items() if cell.is_sensitive and key not in shown]
        unprinted = (key for key, cell in cells.items() if not cell.printed)
        self.kept = frozenset((*self.sensitive, *withheld, *unprinted))
        self.tables: dict[Key, Tables] = {}

    @property
    def hidden(self) -> frozenset[Key]:
        """Those that have to be, and those that hide them."""
        return self.kept.union(*(table for tables in self.tables.values() for table in tables))

    def protect(self, key: Key) -> None:
        """Hide what it takes. Raises Unprotectable."""
        found = self._tables_of(Question(key, self.hidden), self._any_table)
        if found is None:
            raise Unprotectable(f"Ce qui est déjà publié permet de retrouver {key}.")
        self.tables[key] = found

    def give_back(self) -> None:
        """Show again, the largest first, each cell without which all the others stay unknown."""
        for spared in sorted(self.hidden - self.kept, key=lambda one: (-self.cells[one].companies, str(one))):
            hidden = self.hidden - {spared}
            found = {
                key: self._tables_of(Question(key, hidden, only_hidden=True), self._table_at_hand)
                for key, tables in self.tables.items()
                if any(spared in table for table in tables)
            }
            if None not in found.values():
                self.tables.update((key, tables) for key, tables in found.items() if tables)

    def _tables_of(self, question: Question, find: Callable[[Question], frozenset[Key] | None]) -> Tables | None:
        """One that nobody can exclude, then one for each company that knows a cell of the first and is too near."""
        first = find(question)
        if first is None:
            return None
        others = [find(replace(question, insider=one)) for one in self._insiders(first, question.key)]
        return None if None in others else [first, *filter(None, others)]

    def _insiders(self, table: frozenset[Key], hidden: Key) -> list[Company]:
        """Who is alone in a cell of a table, and with those of the hidden cell would be two at most."""
        cell = self.cells[hidden]
        alone = {self.cells[key].sole for key in table} - {None, cell.sole}
        return sorted((one for one in alone if not are_enough(cell.few, frozenset([one]))), key=str)

    def _any_table(self, question: Question) -> frozenset[Key] | None:
        for haste in HASTES:
            found = another_table(self.board, replace(question, haste=haste, attempts=ATTEMPTS))
            if found is not None:
                return found
        return another_table(self.board, replace(question, only_up=True, attempts=10 * ATTEMPTS))

    def _table_at_hand(self, question: Question) -> frozenset[Key] | None:
        return another_table(self.board, replace(question, haste=HASTES[0], attempts=SHOWING_ATTEMPTS))
