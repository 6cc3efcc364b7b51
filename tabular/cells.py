"""What stands in a cell, and the one guard that keeps a spreadsheet from running it as a formula. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import chain

MONEY, PERCENT = "€", "%"


@dataclass(frozen=True)
class Quantity:
    """A number that is shown with thousands and decimals; MONEY and PERCENT show their sign, other units do not.

    A percentage is in percent (68.4), as people say it; a workbook holds the hundredth of it, as spreadsheets want it.
    """

    value: int | Decimal
    unit: str = ""

    @property
    def stored(self) -> int | Decimal:
        """What a cell of a workbook holds."""
        return Decimal(self.value).scaleb(-2) if self.unit == PERCENT else self.value

    @property
    def is_whole(self) -> bool:
        """Whether it is shown without decimals."""
        return self.value == int(self.value)


Cell = str | int | Decimal | date | Quantity | None
"""None is what nobody gave: never zero, and never an empty cell that adds up as zero."""

FORMULA_SIGNS = frozenset("=+-@\t\r＝＋－＠")
"""What a spreadsheet may take for the start of a formula, full-width forms included."""

ERRORS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"})
"""What a spreadsheet says of a cell that it could not count: a text must not be taken for one when it comes back."""

UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""What XML cannot hold: a workbook with one of them does not open."""

LONGEST = 32_767
"""Characters that a spreadsheet allows in a cell."""


@dataclass(frozen=True)
class Table:
    """A title, headers and rows; what is written to a file as it comes need not be in memory at once."""

    title: str
    headers: tuple[str, ...]
    rows: Iterable[Sequence[Cell]]
    above: Sequence[Sequence[Cell]] = ()
    """Rows over the headers, blank ones too: a file that comes back keeps what it said and the numbers of its rows."""
    still: int = 0
    """Columns on the left that stay in sight, and are printed again on every page."""
    across: int = 1
    """Pages beside one another on which it is printed."""
    widest: int = 60
    """Characters at most on a line of a cell."""
    leftward: bool = False
    """Numbers and days on the left, as texts are: a column has things of several kinds."""

    def lines(self) -> Iterator[Sequence[Cell]]:
        """Every row of the sheet, from its first."""
        return chain(self.above, [self.headers], self.rows)


@dataclass(frozen=True)
class About:
    """What a workbook says of itself: its properties. The instant is that of its content, never of the clock."""

    title: str
    author: str
    made_at: datetime


def guarded(text: str) -> str:
    """Text that no spreadsheet takes for a formula or an error: an apostrophe stands before what looks like one."""
    # Behind apostrophes too: « '=1 » must not lose its own when it comes back.
    starts_as_formula = text.lstrip(" \u00a0\u202f\n'")[:1] in FORMULA_SIGNS
    is_special = starts_as_formula or text.lstrip("'") in ERRORS
    return f"'{text}" if is_special and text.strip() else text


def unguarded(text: str) -> str:
    """The text as it was before `guarded`: what goes out comes back the same."""
    return text[1:] if text.startswith("'") and guarded(text[1:]) == text else text


def written(cell: Cell, *, unknown: str) -> str | int | Decimal | date | Quantity:
    """What goes into a cell of a workbook: numbers and dates as they are, text that runs nothing and opens anywhere."""
    if cell is None:
        return unknown
    return UNWRITABLE.sub("", guarded(cell))[:LONGEST] if isinstance(cell, str) else cell
