"""A list as a file: the rows that the address keeps, in its order, the columns that were chosen, every row streamed."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import StreamingHttpResponse

from documents.attachments import streamed
from lists.columns import Column, M
from lists.listing import Asked
from tabular import writing
from tabular.cells import About, Cell, Table

CHUNK = 500
"""Rows that are read at a time."""

Write = Callable[[Table, About], Iterator[bytes]]


@dataclass(frozen=True)
class Format:
    """What the end of the name of a file says of it."""

    name: str
    """As a link calls it."""
    media_type: str
    write: Write


FORMATS: Mapping[str, Format] = {
    "xlsx": Format(
        "Excel (XLSX)",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        lambda table, about: writing.xlsx_parts([table], unknown="", about=about),
    ),
    "ods": Format(
        "OpenDocument (ODS)",
        "application/vnd.oasis.opendocument.spreadsheet",
        lambda table, about: writing.ods_parts([table], unknown="", about=about),
    ),
    "csv": Format("CSV", "text/csv; charset=utf-8", lambda table, _about: writing.csv_lines(table, unknown="")),
}
"""By what the address says."""


def columns_kept(asked: Asked[M], names: Collection[str]) -> Sequence[Column[M]]:
    """The columns of the file that somebody chose, in the order of the list; all of them when none of those exists."""
    columns = asked.listing.file_columns
    return [column for column in columns if column.name in names] or columns


def file_of(
    asked: Asked[M], kind: str, *, columns: Sequence[Column[M]], author: str, at: datetime
) -> StreamingHttpResponse:
    """The answer: `kind` is one of FORMATS, `at` the local time, which names the file."""
    listing, made = asked.listing, FORMATS[kind]
    table = Table(listing.title, tuple(column.heading for column in columns), _rows(asked, columns), still=1, across=2)
    about = About(f"PAQTE, {listing.title}", author, at)
    name = f"paqte-{listing.name}-{at.date().isoformat()}.{kind}"
    return streamed(made.write(table, about), made.media_type, name)


def _rows(asked: Asked[M], columns: Sequence[Column[M]]) -> Iterator[Sequence[Cell]]:
    for row in asked.listing.loaded(asked.ordered).iterator(chunk_size=CHUNK):
        yield [column.value(row) for column in columns]
