"""How the files are built: workbooks as a spreadsheet saves them, and by hand, so that they may be wrong."""

import io
import zipfile
from collections.abc import Mapping, Sequence

from openpyxl import Workbook

from tabular.cells import Cell, Table
from tabular.writing import to_ods

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PARTS = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/xl/workbook.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        '<Override PartName="/xl/worksheets/sheet1.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
    ),
    "_rels/.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{MAIN}" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        '<sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
        'Target="worksheets/sheet1.xml"/></Relationships>'
    ),
}
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill><patternFill/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
)
"""Style 1 is a date."""


def zip_of(members: Mapping[str, bytes | str], *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of these members, in this order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return out.getvalue()


def cells(*rows: Sequence[str]) -> str:
    """Rows of text as the XML of a sheet."""
    return "".join(
        "<row>" + "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in row) + "</row>" for row in rows
    )


TWO_ROWS = cells(["SIRET"], ["x"])


def sheet(rows: str = TWO_ROWS, *, prolog: str = "") -> str:
    """The part that holds the rows."""
    return f'<?xml version="1.0"?>{prolog}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def archive(
    rows: str = TWO_ROWS,
    *,
    prolog: str = "",
    extra: Mapping[str, bytes | str] | None = None,
    without: str = "",
    part: bytes | None = None,
) -> bytes:
    """A workbook made by hand; `extra` replaces or adds parts, `part` is the sheet as it is."""
    first = {"xl/worksheets/sheet1.xml": part if part is not None else sheet(rows, prolog=prolog)}
    members: dict[str, bytes | str] = {**PARTS, **first, **(extra or {})}
    members.pop(without, None)
    return zip_of(members)


def styled(rows: str) -> bytes:
    """A workbook whose cells of style 1 are dates."""
    relations = PARTS["xl/_rels/workbook.xml.rels"].replace(
        "</Relationships>",
        '<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" '
        'Target="styles.xml"/></Relationships>',
    )
    return archive(rows, extra={"xl/_rels/workbook.xml.rels": relations, "xl/styles.xml": STYLES})


def shared(rows: str, *strings: str) -> bytes:
    """A workbook whose texts are shared strings, as Excel saves them."""
    types = PARTS["[Content_Types].xml"].replace(
        "</Types>",
        '<Override PartName="/xl/sharedStrings.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>',
    )
    items = "".join(f"<si><t>{text}</t></si>" for text in strings)
    return archive(
        rows, extra={"[Content_Types].xml": types, "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{items}</sst>'}
    )


def workbook(*rows: Sequence[object], sheets: int = 1, hidden: int = 0, beside: Sequence[object] = ()) -> bytes:
    """A workbook as a spreadsheet saves it; `beside` is the only row of a sheet « Notes » that stands first."""
    book = Workbook()
    for number in range(1, sheets + hidden):
        book.create_sheet().sheet_state = "hidden" if number >= sheets else "visible"
    for row in rows:
        book.worksheets[0].append(list(row))
    if beside:
        book.create_sheet("Notes", 0).append(list(beside))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def ods(*rows: Sequence[Cell]) -> bytes:
    """An OpenDocument workbook."""
    headers, *others = rows
    return to_ods([Table("Feuille1", tuple(str(title) for title in headers), others)], unknown="")


def ods_rows(*rows: Sequence[str]) -> str:
    """Rows of text as an OpenDocument workbook writes them."""
    return "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in row)
        + "</table:table-row>"
        for row in rows
    )


def ods_of(content: str, **others: str) -> bytes:
    """An OpenDocument workbook whose rows are written by hand."""
    start, _, end = _ods_content(ods(["SIRET"], ["x"])).partition("<table:table ")
    sheets = f'{start}<table:table table:name="A">{content}</table:table>{end[end.index("</office:spreadsheet>") :]}'
    return zip_of({"mimetype": ODS_MIMETYPE, "content.xml": sheets, **others}, compression=zipfile.ZIP_STORED)


ODS_MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"


def _ods_content(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return file.read("content.xml").decode()


def text(*rows: Sequence[str], encoding: str = "utf-8", separator: str = ";", end: str = "\n") -> bytes:
    """A text table."""
    return end.join(separator.join(row) for row in [*rows, []]).encode(encoding)
