"""How a sheet looks, whatever the format: the width of its columns, and how a number is shown. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain, islice
from math import ceil

from french.numbers import format_number
from french.words import short_date
from tabular.cells import Cell, Quantity, Table

NARROWEST, WIDEST = 9, 100
"""In characters."""

FILLED = 1.06
"""How much longer a text becomes when it breaks into lines."""

SAMPLE = 200
"""Rows that say how wide a column is: a sheet that is written as it comes wants its widths first."""


def sampled(table: Table) -> tuple[list[int], Iterable[Sequence[Cell]]]:
    """The width of each column, and all the rows."""
    rows = iter(table.rows)
    sample = list(islice(rows, SAMPLE))
    return list(_widths(table, sample)), chain(sample, rows)


def _widths(table: Table, sample: Sequence[Sequence[Cell]]) -> Iterator[int]:
    for header, *column in zip(table.headers, *sample, strict=True):
        # A header is in bold, and written on several lines; a word is not.
        word = max(map(len, header.split()), default=0) + 1
        longest = max(word, *(len(line) for cell in column for line in shown(cell).split("\n")), NARROWEST - 2)
        yield min(longest + 2, table.widest)


def lines(cells: Iterable[tuple[Cell, int]]) -> int:
    """How many lines the highest cell of a row takes, each cell with the width of its column."""
    return max((_lines(shown(cell), width) for cell, width in cells), default=1)


def _lines(text: str, width: int) -> int:
    # A line breaks between words: when there are several, they are not filled to their end.
    return sum(1 if len(line) <= width else ceil(len(line) * FILLED / width) for line in text.split("\n"))


def shown(cell: Cell) -> str:
    """About what a cell shows: enough to know how wide it is."""
    if isinstance(cell, Quantity):
        return f"{format_number(cell.value)} {cell.unit}".strip()
    if isinstance(cell, date):
        return short_date(cell)
    return "" if cell is None else str(cell)
