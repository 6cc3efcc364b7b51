"""Reads a table kept as text: CSV in UTF-8, in UTF-16 as Excel calls « texte Unicode », or in the Windows alphabet."""

import codecs
import csv
import io
from collections.abc import Iterator

from tabular.limits import FileRefused, too_long_a_cell

DELIMITERS = ";\t,"
NUL = b"\x00"
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
"""How a workbook of before 2007 begins, and one of today under a password."""
OTHER_FILES = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"<",
    b"{\\rtf",
    b"\x1f\x8b",
    b"Rar!",
)
"""How a PDF, a picture, a page, a letter or another archive begins."""


def read_text(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """Each row with its number, blank ones included. Raises FileRefused."""
    text = _decoded(content)
    first_line = next((line for line in text.splitlines() if line.strip(DELIMITERS + ' "\u00a0')), "")
    delimiter = max(DELIMITERS, key=first_line.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, row in enumerate(reader, start=1):  # said when the next row breaks
            yield number, row
    except csv.Error as error:
        if "field larger" in str(error):
            raise too_long_a_cell(f"Ligne {number + 1}\u00a0: une cellule") from error
        raise FileRefused(
            f"Ligne {number + 1}\u00a0: ce fichier CSV est mal formé, vérifiez les guillemets à partir de cette ligne."
        ) from error


def _decoded(content: bytes) -> str:
    if content.startswith(OLD_WORKBOOK):
        raise FileRefused(
            "Ce classeur est d’un ancien format (.xls) ou protégé par un mot de passe\u00a0: enregistrez-le au format "
            ".xlsx ou .ods, sans mot de passe."
        )
    if content.startswith(OTHER_FILES):
        raise _not_a_table()
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _of_utf16(content)
    if content.count(NUL) > len(content) // 10:
        raise _not_a_table()
    if NUL in content:
        line = _line(content, content.index(NUL))
        raise FileRefused(f"Ligne {line}\u00a0: elle contient un caractère nul. Effacez-le.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _of_windows(content, at=error.start)


def _of_windows(content: bytes, *, at: int) -> str:
    """The Windows alphabet, unless the file was UTF-8 up to byte `at`: it would be read as « SociÃ©tÃ© »."""
    try:
        if content[:at].isascii():
            return content.decode("cp1252")
    except UnicodeDecodeError as error:
        at = error.start
    raise FileRefused(
        f"Ligne {_line(content, at)}\u00a0: elle contient un caractère qui ne se lit pas. "
        "Enregistrez ce fichier au format «\u00a0CSV UTF-8\u00a0»."
    )


def _of_utf16(content: bytes) -> str:
    try:
        text = content.decode("utf-16")
    except UnicodeDecodeError as error:
        raise _not_a_table() from error
    if "\x00" in text:
        raise _not_a_table()
    return text


def _not_a_table() -> FileRefused:
    return FileRefused(
        "Ce fichier n’est ni un classeur .xlsx ou .ods ni un fichier .csv\u00a0: enregistrez-le dans l’un des trois."
    )


def _line(content: bytes, position: int) -> int:
    return content[:position].count(b"\n") + 1
