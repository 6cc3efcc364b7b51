"""Reads one sheet of an XLSX workbook that was checked before, each cell as one would have typed it."""

import io
import warnings
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.cell import ERROR_CODES
from openpyxl.utils import get_column_letter

from french.numbers import NARROW_SPACE, format_number
from french.words import short_date
from tabular.limits import MAX_ROWS, MOST_ABOVE, FileRefused
from tabular.workbook_check import DAMAGED

Rows = Iterator[tuple[int, list[str]]]
Sheet = Any  # a sheet that is only read: the library's stubs deny it its rows

LONGEST_NUMBER = 30
"""Characters of a number that somebody means: a spreadsheet keeps fifteen digits."""

ONE_SHEET = (
    "Le classeur doit avoir une seule feuille visible\u00a0: celle des lignes à importer. "
    "Masquez ou supprimez les autres."
)


def read_xlsx(content: bytes, knows: Callable[[str], bool]) -> tuple[Rows, list[str]]:
    """Each row with its number, blank ones included, and the sheets that say something and are not read.

    The sheet is the only one that is visible and not blank, else the only one that has titles that `knows` tells.
    Raises FileRefused.
    """
    with _damage_refused():
        workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheets: list[Sheet] = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
        for sheet in sheets:
            # What a sheet says of its own size is not believed.
            sheet.reset_dimensions()
        read, others = _the_one(sheets, knows)
        return _rows_of(read), [other.title for other in others]


@contextmanager
def _damage_refused() -> Iterator[None]:
    try:
        with warnings.catch_warnings():
            # The library warns of what it does not keep (validations, an impossible date); a cell says it again.
            warnings.simplefilter("ignore")
            yield
    except FileRefused:
        raise
    # What a loader says of parts that are missing, or that do not say what they should: an index past the shared
    # strings, a style that is not there, a date of month 99, a number of 5,000 digits.
    except (ArithmeticError, AttributeError, AssertionError, LookupError, OSError, SyntaxError, TypeError) as error:
        raise FileRefused(DAMAGED) from error
    except (ValueError, zipfile.BadZipFile) as error:
        raise FileRefused(DAMAGED) from error


def _the_one(sheets: Sequence[Sheet], knows: Callable[[str], bool]) -> tuple[Sheet, list[Sheet]]:
    """The sheet to read, and those that say something besides."""
    if len(sheets) == 1:
        return sheets[0], []
    written = [sheet for sheet in sheets if any(map(any, _first_rows(sheet)))]
    headed = [sheet for sheet in written if any(_has_titles(row, knows) for row in _first_rows(sheet))]
    found = written if len(written) == 1 else headed
    if len(found) != 1:
        raise FileRefused(ONE_SHEET)
    return found[0], [sheet for sheet in written if sheet is not found[0]]


def _first_rows(sheet: Sheet) -> Iterator[tuple[object, ...]]:
    rows: Iterator[tuple[object, ...]] = sheet.iter_rows(max_row=MOST_ABOVE, values_only=True)
    return rows


def _has_titles(row: Sequence[object], knows: Callable[[str], bool]) -> bool:
    return sum(isinstance(value, str) and knows(value.strip()) for value in row) > 1


def _rows_of(sheet: Sheet) -> Rows:
    with _damage_refused():
        rows = sheet.iter_rows(max_row=MAX_ROWS + 1, values_only=True)
        for number, row in enumerate(rows, start=1):
            yield number, [_text_of(value, column, number) for column, value in enumerate(row, start=1)]


def _text_of(value: object, column: int, row: int) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        if value in ERROR_CODES:
            raise error_in(f"{get_column_letter(column)}{row}", value)
        return value
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, int | float):
        # repr gives the shortest decimal that is this float: 0.1, not 0.1000000000000000055.
        return number_text(repr(value), where=f"{get_column_letter(column)}{row}")
    return short_date(value) if isinstance(value, date) else str(value)


def error_in(where: str, value: str) -> FileRefused:
    """The refusal of a cell in which a spreadsheet says that it could not count."""
    return FileRefused(f"La cellule {where} contient une erreur ({value})\u00a0: remplacez-la par sa valeur.")


def number_text(written: str, *, where: str) -> str:
    """A number as a person would have typed it: 1234,5. Raises FileRefused for what nobody means: NaN, 1e400."""
    try:
        number = Decimal(written[: LONGEST_NUMBER + 1])
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number.adjusted()) >= LONGEST_NUMBER or len(written) > LONGEST_NUMBER:
        raise FileRefused(
            f"La cellule {where} contient un nombre impossible ({written[:LONGEST_NUMBER]})\u00a0: corrigez-la."
        )
    return format_number(number).replace(NARROW_SPACE, "")
