"""Reads a French spreadsheet, CSV or XLSX, into text cells under known headers; refuses what it cannot be sure of."""

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal

from openpyxl import load_workbook

from french.numbers import format_number
from french.order import folded
from tabular.cells import unguarded
from tabular.workbook_check import MAX_CELL, MAX_COLUMNS, MAX_ROWS, FileRefused, check_workbook

MAX_BYTES = 5 * 1024 * 1024
FORMULA_SIGNS = "=+-@\t\r\n＝＋－＠"
"""What a spreadsheet may take for the start of a formula, full-width forms included."""

Row = list[str]


def read_table(content: bytes) -> list[Row]:
    """The rows of a file, header first, without its empty rows; every cell is text. Raises FileRefused."""
    if len(content) > MAX_BYTES:
        raise FileRefused("Ce fichier dépasse 5 Mo\u00a0: coupez-le en plusieurs.")
    rows = _of_workbook(content) if content.startswith(b"PK") else _of_text(content)
    filled = [row for row in rows if any(row)]
    if len(filled) < 2:
        raise FileRefused("Ce fichier ne contient aucune ligne sous ses titres de colonnes.")
    return _aligned(filled)


def canonical_headers(headers: Iterable[str], aliases: Mapping[str, str]) -> list[str]:
    """Each header as the model of file names it, whatever its case, accents and spaces; unknown ones stay.

    Raises FileRefused when two columns are the same one.
    """
    named = [aliases.get(folded(header), header) for header in headers]
    twice = sorted({name for name in named if name and named.count(name) > 1})
    if twice:
        raise FileRefused(f"La colonne « {twice[0]} » figure deux fois\u00a0: gardez-en une.")
    return named


def _aligned(rows: list[Row]) -> list[Row]:
    """Every row as wide as the header; the columns without a title are given up when they are empty."""
    width = max(index + 1 for index, title in enumerate(rows[0]) if title) if any(rows[0]) else 0
    for number, row in enumerate(rows, start=1):
        if any(row[width:]):
            raise FileRefused(f"La ligne {number} a plus de cellules que de titres de colonnes.")
    return [[*row[:width], *[""] * (width - len(row))] for row in rows]


def _of_text(content: bytes) -> list[Row]:
    """A CSV file, in UTF-8 or as Excel writes it in France."""
    text = _decoded(content)
    first_line = text.partition("\n")[0]
    delimiter = max(";\t,", key=first_line.count)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        rows = [[_clean(cell) for cell in row] for _, row in zip(range(MAX_ROWS + 2), reader, strict=False)]
    except csv.Error as error:
        raise FileRefused("Ce fichier CSV est mal formé\u00a0: vérifiez ses guillemets.") from error
    if len(rows) > MAX_ROWS + 1:
        raise FileRefused(f"Ce fichier compte plus de {MAX_ROWS} lignes\u00a0: coupez-le en plusieurs.")
    if any(len(row) > MAX_COLUMNS for row in rows):
        raise FileRefused(f"Ce fichier compte plus de {MAX_COLUMNS} colonnes\u00a0: gardez celles du modèle.")
    return rows


def _decoded(content: bytes) -> str:
    """UTF-8 with or without its mark, else the Windows alphabet. Anything else is not a text table."""
    if b"\x00" in content or content.startswith((b"%PDF", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"<")):
        raise FileRefused(
            "Ce fichier n’est ni un classeur .xlsx ni un fichier .csv\u00a0: enregistrez-le dans l’un des deux."
        )
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FileRefused("Les caractères de ce fichier ne se lisent pas\u00a0: enregistrez-le en CSV UTF-8.")


def _of_workbook(content: bytes) -> list[Row]:
    check_workbook(content)
    workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    try:
        visible = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
        if len(visible) != 1:
            raise FileRefused("Le classeur doit avoir une seule feuille visible\u00a0: celle des lignes à importer.")
        # What the sheet says of its own size is not believed.
        visible[0].reset_dimensions()
        cells = visible[0].iter_rows(max_row=MAX_ROWS + 1, max_col=MAX_COLUMNS, values_only=True)
        return [[_text_of(cell) for cell in row] for row in cells]
    finally:
        workbook.close()


def _text_of(cell: object) -> str:
    """A cell as a person would have typed it: 1234,5 and 31/12/2019."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "oui" if cell else "non"
    if isinstance(cell, int | float):
        # repr gives the shortest decimal that is this float: 0.1, not 0.1000000000000000055.
        return format_number(Decimal(repr(cell))).replace("\u202f", "")
    if isinstance(cell, date | datetime):
        return cell.strftime("%d/%m/%Y")
    return _clean(str(cell))


def _clean(text: str) -> str:
    if len(text) > MAX_CELL:
        raise FileRefused(f"Une cellule dépasse {MAX_CELL} caractères\u00a0: raccourcissez-la.")
    return unguarded(text.strip())
