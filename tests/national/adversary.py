"""Who reads a public table and tries to find what it hides: exact arithmetic, and nothing of the code under test.

A reader knows what is shown, that every sum holds, and that no number is negative unless it is a difference.
"""

from collections.abc import Collection, Hashable, Mapping, Sequence
from fractions import Fraction

Key = Hashable
Equation = Mapping[Key, int]
"""Each cell with its sign; together they make zero."""
Row = list[Fraction]


class Contradiction(ValueError):
    """No table at all agrees with what is shown: an error of the test."""


class Reader:
    """What can be deduced from one table."""

    def __init__(
        self, shown: Mapping[Key, Fraction], equations: Sequence[Equation], *, signed: Collection[Key] = ()
    ) -> None:
        hidden = dict.fromkeys(key for one in equations for key in one if key not in shown)
        # A number of any sign is what two positive ones make.
        self.columns = [(key, 1) for key in hidden] + [(key, -1) for key in hidden if key in signed]
        rows = [
            [Fraction(one.get(key, 0) * sign) for key, sign in self.columns]
            + [-sum((sign * shown[key] for key, sign in one.items() if key in shown), Fraction(0))]
            for one in equations
        ]
        self.rows = _eliminated(rows, len(self.columns))

    def range_of(self, key: Key) -> tuple[Fraction | None, Fraction | None]:
        """The least and the most that a hidden cell may be; None where nothing bounds it."""
        columns, rows = self._around(key)
        rows, basis = _feasible(rows, len(columns))
        up = [Fraction(sign if one == key else 0) for one, sign in columns]
        most, least = (_climbed(list(rows), list(basis), goal) for goal in (up, [-gain for gain in up]))
        return None if least is None else -least, most

    def knows(self, key: Key) -> bool:
        """Whether one number alone is possible."""
        least, most = self.range_of(key)
        return least is not None and least == most

    def _around(self, key: Key) -> tuple[list[tuple[Key, int]], list[Row]]:
        """The unknowns and the equations that have to do with one cell."""
        near = {number for number, (one, _) in enumerate(self.columns) if one == key}
        rows: list[Row] = []
        while True:
            found = [row for row in self.rows if any(row[number] for number in near)]
            if len(found) == len(rows):
                break
            rows = found
            near |= {number for row in rows for number, value in enumerate(row[:-1]) if value}
        kept = sorted(near)
        return [self.columns[number] for number in kept], [[row[number] for number in [*kept, -1]] for row in rows]


def _eliminated(rows: list[Row], width: int) -> list[Row]:
    """Gauss and Jordan: independent equations, each with a column of its own."""
    done: list[Row] = []
    for column in range(width):
        pivot = next((row for row in rows if row[column]), None)
        if pivot is None:
            continue
        rows = [row for row in rows if row is not pivot]
        pivot = [value / pivot[column] for value in pivot]
        rows = [_less(row, pivot, row[column]) for row in rows]
        done = [_less(row, pivot, row[column]) for row in done] + [pivot]
    if any(row[-1] for row in rows):
        raise Contradiction
    return done


def _less(row: Row, other: Row, times: Fraction) -> Row:
    if not times:
        return row
    return [mine - times * theirs if theirs else mine for mine, theirs in zip(row, other, strict=True)]


def _feasible(rows: list[Row], width: int) -> tuple[list[Row], list[int]]:
    """One table that agrees, as a basis: the first phase of the simplex, with one artificial column per equation."""
    height = len(rows)
    signs = [-1 if row[-1] < 0 else 1 for row in rows]
    rows = [
        [sign * value for value in row[:-1]] + [Fraction(number == own) for own in range(height)] + [sign * row[-1]]
        for number, (row, sign) in enumerate(zip(rows, signs, strict=True))
    ]
    basis = [width + number for number in range(height)]
    if _climbed(rows, basis, [Fraction(0)] * width + [Fraction(-1)] * height) != 0:
        raise Contradiction
    for number in range(height):
        if basis[number] >= width:
            column = next(column for column in range(width) if rows[number][column])
            _pivot(rows, basis, number, column)
    return [row[:width] + row[-1:] for row in rows], basis


def _climbed(rows: list[Row], basis: list[int], goal: Row) -> Fraction | None:
    """The most that the goal can be, by the simplex with Bland's rule; None when nothing bounds it."""
    gains = [*goal, Fraction(0)]
    for row, own in zip(rows, basis, strict=True):
        gains = _less(gains, row, goal[own])
    while (column := next((column for column, gain in enumerate(gains[:-1]) if gain > 0), None)) is not None:
        limits = [(row[-1] / row[column], basis[number], number) for number, row in enumerate(rows) if row[column] > 0]
        if not limits:
            return None
        number = min(limits)[2]
        _pivot(rows, basis, number, column)
        gains = _less(gains, rows[number], gains[column])
    return -gains[-1]


def _pivot(rows: list[Row], basis: list[int], number: int, column: int) -> None:
    pivot = [value / rows[number][column] for value in rows[number]]
    rows[:] = [pivot if own == number else _less(row, pivot, row[column]) for own, row in enumerate(rows)]
    basis[number] = column
