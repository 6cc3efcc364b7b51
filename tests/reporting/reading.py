"""What a document says once it is made: the words of a page or a PDF, the rows of a file."""

import csv
import io
import json
import re
from decimal import Decimal
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from odf.opendocument import load as load_ods
from odf.table import Table as OdsTable
from odf.table import TableCell, TableRow
from odf.teletype import extractText
from pypdf import PdfReader

from national.schema import NATIONAL
from reporting.schema import BILAN

PUBLISHED = {tree.name: tree for tree in (BILAN, NATIONAL)}


def text_of(content: bytes) -> str:
    """The words of a PDF, spaces of every kind as one space."""
    pages = PdfReader(io.BytesIO(content)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


def words(html: str) -> str:
    """The words of a page, spaces of every kind as one space."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def measures_of(content: bytes, code: str) -> dict[str, str]:
    """Of a CSV of figures, what it says of one line: each measure, and its number or its status."""
    headers, *lines = lines_of_csv(content)
    named = (dict(zip(headers, line, strict=True)) for line in lines)
    return {line["Mesure"]: line["Valeur"] or line["Statut"] for line in named if line["Code"] == code}


def lines_of_csv(content: bytes) -> list[list[str]]:
    """The lines of a French CSV, headers first."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def tree_of(content: bytes, name: str = "bilan") -> Any:  # Any: JSON
    """A JSON file, which is as the published schema of its tree says, and says nothing besides."""
    tree = json.loads(content)
    faults = [f"{error.json_path}: {error.message}" for error in _validator(name).iter_errors(tree)]
    assert not faults, faults
    return tree


@cache
def _validator(name: str) -> Draft202012Validator:
    schema = json.loads(PUBLISHED[name].path().read_bytes())
    Draft202012Validator.check_schema(schema)
    for part in (schema, *schema["$defs"].values()):
        part["additionalProperties"] = False
    return Draft202012Validator(schema, format_checker=FormatChecker())


def ods_rows(content: bytes, title: str) -> list[list[str]]:
    """The rows of one sheet, headers first: the number that a program reads, percentages in percent, or the text."""
    sheets = load_ods(io.BytesIO(content)).spreadsheet.getElementsByType(OdsTable)
    sheet = next(sheet for sheet in sheets if sheet.getAttribute("name") == title)
    rows = [row.getElementsByType(TableCell) for row in sheet.getElementsByType(TableRow)]
    return [[text for cell in row for text in [_read(cell)] * _times(cell)] for row in rows]


def _times(cell: Any) -> int:  # Any: odfpy is untyped
    """How many cells side by side it stands for."""
    return int(cell.getAttribute("numbercolumnsrepeated") or 1)


def _read(cell: Any) -> str:  # Any: as above
    number = cell.getAttribute("value")
    if cell.getAttribute("valuetype") == "percentage":
        return str(Decimal(number) * 100)
    return str(number or extractText(cell))
