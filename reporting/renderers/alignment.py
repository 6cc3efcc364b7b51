"""Numbers one under the other: the comma under the comma, whatever follows. Pure.

A column is aligned on the right. What a number lacks behind its comma, or in the count of companies that follows it, is
made up with blanks of the same width, which are no line breaks and which a reader of the text takes for spaces.
"""

import re
from collections.abc import Sequence

from french.numbers import NARROW_SPACE, NO_BREAK_SPACE

FIGURE_SPACE = "\u2007"
"""As wide as a figure; the no-break space is as wide as the comma, in the Marianne of documents and pages."""

NUMBER = re.compile(rf"([−+]?[0-9]+(?:{NARROW_SPACE}[0-9]{{3}})*)(?:,([0-9]+))?(?: \(([0-9]+)\))?(\D*)")
"""« 1 234,5 », « 12 (3) », « 68,0 % »; what has more figures after it is a sentence."""


def in_columns(rows: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """The rows of a table, each column aligned."""
    return list(zip(*map(aligned, zip(*rows, strict=True)), strict=True))


def aligned(cells: Sequence[str]) -> tuple[str, ...]:
    """The cells of one column; those that are not a number are left as they are."""
    found = [NUMBER.fullmatch(cell) for cell in cells]
    numbers = [number for number in found if number]
    decimals = max((len(number[2] or "") for number in numbers), default=0)
    companies = max((len(number[3] or "") for number in numbers), default=0)
    return tuple(
        _padded(number, decimals, companies) if number else cell for number, cell in zip(found, cells, strict=True)
    )


def _padded(number: re.Match[str], decimals: int, companies: int) -> str:
    whole, fraction, count, unit = number.groups(default="")
    blank = "" if fraction or not decimals else NO_BREAK_SPACE
    said = f"{whole},{fraction}" if fraction else whole
    said += blank + FIGURE_SPACE * (decimals - len(fraction))
    if not count:
        return said + unit
    return f"{said}{NO_BREAK_SPACE}{FIGURE_SPACE * (companies - len(count))}({count}){unit}"
