"""Reads a French spreadsheet, CSV, XLSX or ODS, into text cells under known headers; refuses what it is not sure of."""

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from openpyxl.utils import get_column_letter

from french.order import folded
from tabular.cells import unguarded
from tabular.limits import (
    MAX_BYTES,
    MAX_CELL,
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    MAX_TEXT,
    MOST_ABOVE,
    TOO_HEAVY,
    WIDEST,
    FileRefused,
    too_long_a_cell,
    too_many_cells,
    too_many_columns,
    too_many_rows,
)
from tabular.ods_reading import read_ods
from tabular.text_reading import read_text
from tabular.workbook_check import check_workbook
from tabular.workbook_reading import read_xlsx

Row = list[str]

ARCHIVES = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
"""How an archive begins; a text may begin with the two letters alone."""

TO_CORRECT = "À corriger"
"""The column in which a refused file says what is wrong beside each row: ours, so that it comes in without being read.

It is blanked here, before anything else looks at the rows, and nowhere else.
"""


@dataclass(frozen=True)
class Line:
    """A row of a file, under the number that a spreadsheet shows beside it."""

    number: int
    cells: Row


@dataclass(frozen=True)
class ReadTable:
    """What a file says: its titles and its rows, without the blank ones; every cell is text, every row as wide.

    `number` is the row on which the titles stand, `above` the rows that say something over it, as wide as they are;
    `sheets` are those of its workbook that were left aside.
    """

    headers: Row
    lines: tuple[Line, ...]
    number: int = 1
    above: tuple[Line, ...] = ()
    sheets: tuple[str, ...] = ()


def read_table(content: bytes, *, knows: Callable[[str], bool] = lambda _title: False) -> ReadTable:
    """What the file says, whatever its format. Raises FileRefused.

    `knows` tells the titles that one waits for: a row that has two of them or more heads the table, whatever people
    write above; else the first row does.
    """
    if len(content) > MAX_BYTES:
        raise FileRefused(TOO_HEAVY)
    if not content.strip():
        raise FileRefused("Ce fichier est vide.")
    rows_of_file, sheets = _rows_and_other_sheets(content, knows)
    lines = _within_bounds(_without_notes(rows_of_file, knows))
    first = list(islice(lines, MOST_ABOVE))
    if not first:
        raise FileRefused("Ce fichier est vide.")
    place = _place_of_titles(first, knows)
    header, lines = first[place], chain(first[place + 1 :], lines)
    width = max(index + 1 for index, title in enumerate(header.cells) if title)
    rows = tuple(_aligned(line, width) for line in lines)
    if not rows:
        raise FileRefused("Ce fichier ne contient aucune ligne sous ses titres de colonnes.")
    above = tuple(map(_narrowed, first[:place]))
    return ReadTable(header.cells[:width], rows, header.number, above, sheets=tuple(sheets))


def canonical_headers(
    headers: Sequence[str], columns: Iterable[str], aliases: Mapping[str, str] | None = None
) -> list[str]:
    """Each header as the model of file names it, whatever its case, accents and spaces; empty for those it does not.

    `aliases` are other words for a column, folded: they count when no header says its own name. Raises FileRefused
    when two headers are the same column.
    """
    own = {folded(column): column for column in columns}
    named = [own.get(folded(header), "") for header in headers]
    others = {alias: column for alias, column in (aliases or {}).items() if column not in named}
    named = [name or others.get(folded(header), "") for name, header in zip(named, headers, strict=True)]
    for column in filter(None, named):
        same = [header for header, name in zip(headers, named, strict=True) if name == column]
        if len(same) > 1:
            raise _twice(column, same)
    return named


def _twice(column: str, headers: Sequence[str]) -> FileRefused:
    if len({folded(header) for header in headers}) == 1:
        return FileRefused(f"La colonne « {column} » figure deux fois\u00a0: gardez-en une.")
    said = " et ".join(f"« {header} »" for header in headers)
    return FileRefused(f"Les colonnes {said} disent la même chose ({column})\u00a0: gardez-en une.")


def _place_of_titles(lines: Sequence[Line], knows: Callable[[str], bool]) -> int:
    """Which of the first lines heads the table: the one with the most titles that are known, else the first."""
    known = [_known_in(line.cells, knows) for line in lines]
    return known.index(max(known)) if max(known) > 1 else 0


def _known_in(row: Sequence[str], knows: Callable[[str], bool]) -> int:
    return sum(knows(cell) for cell in row)


def _rows_and_other_sheets(
    content: bytes, knows: Callable[[str], bool]
) -> tuple[Iterator[tuple[int, Row]], Sequence[str]]:
    """By what the file holds, whatever its name."""
    if not content.startswith(ARCHIVES):
        return read_text(content), ()
    check_workbook(content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        is_xlsx = "xl/workbook.xml" in archive.namelist()
    return read_xlsx(content, knows) if is_xlsx else (read_ods(content), ())


def _within_bounds(rows: Iterable[tuple[int, Row]]) -> Iterator[Line]:
    """The rows that say something, as long as they are not too many, too wide or too long."""
    cells = characters = 0
    for number, row in rows:
        if number > MAX_ROWS + 1 and (any(row) or number > 2 * MAX_ROWS):
            raise too_many_rows()
        if len(row) > MAX_COLUMNS and any(row[MAX_COLUMNS:]):
            raise too_many_columns()
        clean = [_clean(cell, number) for cell in row[:MAX_COLUMNS]]
        cells += sum(map(bool, clean))
        characters += sum(map(len, clean))
        if cells > MAX_CELLS or characters > MAX_TEXT:
            raise too_many_cells()
        if any(clean):
            yield Line(number, clean)


def _without_notes(rows: Iterable[tuple[int, Row]], knows: Callable[[str], bool]) -> Iterator[tuple[int, Row]]:
    """The same rows, nothing in the column that is ours: it counts for nothing, and alone makes no row.

    A row may head the table when it is the first or has titles that are known: any other is free to say these words.
    """
    ours: set[int] = set()
    looked_at = 0
    for number, row in rows:
        if looked_at < MOST_ABOVE and any(cell.strip() for cell in row):
            if not looked_at or _known_in(row[:WIDEST], knows) > 1:
                ours = {index for index, title in enumerate(row) if folded(title) == folded(TO_CORRECT)}
            looked_at += 1
        cells = ["" if index in ours else cell for index, cell in enumerate(row)] if ours else row
        yield number, cells[:-1] if ours and cells and not cells[-1] else cells


def _clean(text: str, number: int) -> str:
    if len(text) > MAX_CELL:
        raise too_long_a_cell(f"Ligne {number}\u00a0: une cellule")
    return unguarded(text.strip())


def _narrowed(line: Line) -> Line:
    """Without the blanks on its right: a spreadsheet makes every row as wide as the widest."""
    width = max(index + 1 for index, cell in enumerate(line.cells) if cell)
    return Line(line.number, line.cells[:width])


def _aligned(line: Line, width: int) -> Line:
    """As wide as the header; the columns without a title are given up when they are empty."""
    for index, cell in enumerate(line.cells[width:], start=width + 1):
        if cell:
            raise FileRefused(
                f"Ligne {line.number}, colonne {get_column_letter(index)}\u00a0: « {cell[:30]} » n’a pas de titre de "
                "colonne. Donnez-lui en un, ou effacez-la."
            )
    return Line(line.number, [*line.cells[:width], *[""] * (width - len(line.cells))])
