"""Gives a refused file back to who sent it: the same rows on the same lines, what is wrong beside each. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from tabular.cells import Cell, Table
from tabular.reading import TO_CORRECT, ReadTable

_NUMBER = re.compile(r"0|-?[1-9][0-9]{0,9}(?:,[0-9]{0,3}[1-9])?")
"""What a spreadsheet shows digit for digit: a SIRET would turn into 7,3E+13, and « 007 » into 7."""
_DAY = re.compile(r"([0-3][0-9])/([01][0-9])/(19[1-9][0-9]|2[0-9]{3})")
"""Days since the first that every spreadsheet counts alike."""


def annotated(table: ReadTable, advice: Mapping[int, Sequence[str]]) -> Table:
    """The file as it was read, with a last column of `advice`: the sentences of each row, by its number.

    Read again, it gives the same cells on the same lines, what people wrote over the table included: that column is
    looked at by nobody (`TO_CORRECT`).
    """
    headers = (*table.headers, TO_CORRECT)
    said = {line.number: [_typed(text) for text in line.cells] for line in table.above}
    above = [said.get(number, ()) for number in range(1, table.number)]
    return Table(TO_CORRECT, headers, _rows(table, advice), above=above)


def _rows(table: ReadTable, advice: Mapping[int, Sequence[str]]) -> Iterator[Sequence[Cell]]:
    """A row for each number, blank where the file had nothing."""
    blank = (None,) * (len(table.headers) + 1)
    last = table.number
    for line in table.lines:
        yield from (blank for _ in range(last + 1, line.number))
        yield (*map(_typed, line.cells), "\n".join(advice.get(line.number, ())))
        last = line.number


def _typed(text: str) -> Cell:
    """A number or a day when a spreadsheet would show it as it was typed, and it is read again letter for letter."""
    if _NUMBER.fullmatch(text):
        return Decimal(text.replace(",", "."))
    if match := _DAY.fullmatch(text):
        day, month, year = map(int, match.groups())
        try:
            return date(year, month, day)
        except ValueError:
            return text
    return text
