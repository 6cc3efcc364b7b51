"""Writes tables as ODS, by hand and row after row: odfpy builds the whole document first, twenty times as long."""

import io
import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from tempfile import TemporaryFile
from typing import IO
from xml.sax.saxutils import escape, quoteattr

from french.numbers import format_number
from french.words import short_date
from tabular.archives import SteadyArchive, member, parts_of
from tabular.cells import PERCENT, About, Quantity, Table, written
from tabular.ods_parts import CONTENT_END, MANIFEST, ODS_TYPE, cell_style, content_start, meta, settings, styles
from tabular.sheets import sampled

BLANK = "<table:table-cell/>"

_BLANKS = re.compile(f"(?:{BLANK}){{2,}}")
_SPACES = re.compile(r"^ | {2,}")


def to_ods(tables: Iterable[Table], *, unknown: str, about: About | None = None) -> bytes:
    """One sheet per table; `unknown` stands for what nobody gave. The same tables give the same bytes."""
    file = io.BytesIO()
    _write(file, tables, unknown=unknown, about=about)
    return file.getvalue()


def ods_parts(tables: Iterable[Table], *, unknown: str, about: About | None = None) -> Iterator[bytes]:
    """The same workbook part after part, from a file of the disk: however long it is, it takes no memory."""
    with TemporaryFile() as file:
        _write(file, tables, unknown=unknown, about=about)
        yield from parts_of(file)


def _write(file: IO[bytes], tables: Iterable[Table], *, unknown: str, about: About | None) -> None:
    with SteadyArchive(file, "w") as archive:
        archive.writestr("mimetype", ODS_TYPE)
        archive.writestr("META-INF/manifest.xml", MANIFEST)
        archive.writestr("meta.xml", meta(about))
        archive.writestr("styles.xml", styles())
        stays = []
        with archive.open(member("content.xml"), "w", force_zip64=True) as content:
            content.write(content_start().encode())
            for table in tables:
                _write_table(content, table, unknown)
                stays.append((table.title, table.still, len(table.above) + 1))
            content.write(CONTENT_END.encode())
        archive.writestr("settings.xml", settings(stays))


def _write_table(content: IO[bytes], table: Table, unknown: str) -> None:
    widths, rows = sampled(table)
    name, side = quoteattr(table.title), "-left" if table.leftward else ""
    content.write(f'<table:table table:name={name} table:style-name="across{table.across}">'.encode())
    content.write("".join(_columns(widths, table.still)).encode())
    for row in table.above:
        content.write(_row("".join(_cell(written(cell, unknown=""), "-left") for cell in row)).encode())
    headers = "".join(_string(str(written(title, unknown="")), "header") for title in table.headers)
    content.write(f"<table:table-header-rows>{_row(headers)}</table:table-header-rows>".encode())
    for row in rows:
        cells = (_cell(written(cell, unknown=unknown), side) for cell in row)
        content.write(_row("".join(cells)).encode())
    content.write(b"</table:table>")


def _columns(widths: list[int], still: int) -> Iterator[str]:
    """The columns that stay are those that are printed again."""
    said = [f'<table:table-column table:style-name="width{width}"/>' for width in widths]
    if still:
        yield f"<table:table-header-columns>{''.join(said[:still])}</table:table-header-columns>"
    yield from said[still:]


def _row(cells: str) -> str:
    return f"<table:table-row>{_BLANKS.sub(_counted, cells or BLANK)}</table:table-row>"


def _counted(run: re.Match[str]) -> str:
    """Blank cells side by side are one that is repeated, as spreadsheets write them."""
    return f'<table:table-cell table:number-columns-repeated="{len(run[0]) // len(BLANK)}"/>'


def _cell(value: str | int | Decimal | date | Quantity, side: str) -> str:
    if isinstance(value, str):
        return _string(value, "text") if value else BLANK
    if isinstance(value, date):
        return _typed("date", f'office:date-value="{value.isoformat()}"', short_date(value), f"day{side}")
    if isinstance(value, Quantity):
        kind = "percentage" if value.unit == PERCENT else "float"
        text = f"{format_number(value.value)} {value.unit}".strip()
        return _typed(kind, f'office:value="{_plain(value.stored)}"', text, f"{cell_style(value)}{side}")
    return _typed("float", f'office:value="{_plain(value)}"', _plain(value).replace(".", ","), f"plain{side}")


def _plain(value: int | Decimal) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _typed(kind: str, said: str, text: str, style: str) -> str:
    return (
        f'<table:table-cell table:style-name="{style}" office:value-type="{kind}" {said}>'
        f"<text:p>{escape(text)}</text:p></table:table-cell>"
    )


def _string(text: str, style: str) -> str:
    lines = "".join(f"<text:p>{_spaced(line)}</text:p>" for line in text.split("\n"))
    return f'<table:table-cell table:style-name="{style}" office:value-type="string">{lines}</table:table-cell>'


def _spaced(line: str) -> str:
    """OpenDocument makes one space of several, unless they are counted."""
    return _SPACES.sub(lambda run: f'<text:s text:c="{len(run[0])}"/>', escape(line)).replace("\t", "<text:tab/>")
