"""The journal as a file: every line that the filters keep, on the clock of the reader, streamed."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.http import StreamingHttpResponse

from accounts.models import User
from documents.attachments import streamed
from journal.reading import Asked, every_line
from lists.files import FORMATS
from tabular.cells import About, Cell, Table
from territories.clock import zone_of

HEADERS = ("Le", "À", "Quoi", "Par", "Objet", "Précisions")


def file_of(asked: Asked, kind: str, *, title: str, reader: User, author: str, at: datetime) -> StreamingHttpResponse:
    """The answer: `kind` is one of FORMATS, `at` the local time, which names the file."""
    made = FORMATS[kind]
    table = Table(title, HEADERS, _rows(asked, reader), still=1, across=2)
    name = f"paqte-journal-{at.date().isoformat()}.{kind}"
    return streamed(made.write(table, About(f"PAQTE, {title}", author, at)), made.media_type, name)


def _rows(asked: Asked, reader: User) -> Iterator[Sequence[Cell]]:
    zone = zone_of(reader.department)
    for line in every_line(asked, reader=reader, zone=zone):
        at = line.at.astimezone(zone)
        yield at.date(), f"{at:%H:%M}", line.past, line.author, line.subject, line.detail
