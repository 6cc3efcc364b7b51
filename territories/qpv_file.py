"""Reads a list of QPV as published or as a spreadsheet left it: encoding, separator, header, rows. Pure."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_NEWLINE = re.compile(r"\r\n|\r|\n")
# A row that begins with a QPV code is a row of its own, even when a quote opened above was never closed.
_STARTS_WITH_CODE = re.compile(r'\s*(?:="+|")?Q[NP][0-9]{2}', re.IGNORECASE)
_SEPARATORS = (";", "\t", ",")

COLUMNS = (
    "code_qp",
    "lib_qp",
    "insee_reg",
    "lib_reg",
    "insee_dep",
    "lib_dep",
    "insee_com",
    "lib_com",
    "siren_epci",
    "lib_epci",
)
"""The header of the ANCT list « listeqp2024-cog2024.csv »."""

_ALIASES = {
    "codeqpv": "code_qp",
    "libqpv": "lib_qp",
    "codereg": "insee_reg",
    "listedep": "insee_dep",
    "listedepcom": "insee_com",
    "listelibdepcom": "lib_com",
    "listeepci2022": "siren_epci",
}
"""The same columns as Insee names them in its tables by QPV."""

_REQUIRED = ("code_qp", "lib_qp")


class UnreadableFileError(ValueError):
    """Nothing can be read from this file; the message is one French sentence."""


@dataclass(frozen=True)
class Oddity:
    """Something unexpected in a file, and what was done about it. Line 0 is the file as a whole."""

    line: int
    cell: str
    value: str
    remark: str

    def __str__(self) -> str:
        where = f"ligne {self.line}" if self.line else "fichier"
        cell = f", {self.cell}" if self.cell else ""
        value = f" «\u00a0{self.value}\u00a0»" if self.value else ""
        return f"{where}{cell}{value}\u00a0: {self.remark}"


@dataclass(frozen=True)
class Record:
    """One row of the file: its first line and its cells by column."""

    line: int
    cells: dict[str, str]


@dataclass
class QpvFile:
    """What was read: the columns found, the rows that are not blank, and the oddities met on the way."""

    separator: str
    columns: tuple[str, ...] = ()
    records: list[Record] = field(default_factory=list)
    oddities: list[Oddity] = field(default_factory=list)

    def note(self, line: int, cell: str, value: str, remark: str) -> None:
        """Add an oddity."""
        self.oddities.append(Oddity(line, cell, value, remark))


def read_qpv_file(content: bytes) -> QpvFile:
    """Read the bytes of a list of QPV. Raises UnreadableFileError when there is nothing to read."""
    text, encoding_remark = _decode(content)
    lines = _logical_lines(text)
    header_line, header = next(((number, line) for number, line in lines if line.strip(' ";,\t')), (0, ""))
    if not header_line:
        raise UnreadableFileError("Le fichier est vide.")
    file = QpvFile(separator=max(_SEPARATORS, key=header.count))
    if encoding_remark:
        file.note(0, "", "", encoding_remark)
    file.columns = _columns(file, header_line, header)
    blank: list[int] = []
    for number, line in lines:
        cells = _cells(file, number, line)
        if any(cell.strip() for cell in cells):
            file.records.append(_record(file, number, cells))
        else:
            blank.append(number)
    if blank:
        listed = ", ".join(str(number) for number in blank[:20]) + (", …" if len(blank) > 20 else "")
        file.note(blank[0], "", "", f"{len(blank)} ligne(s) vide(s) ignorée(s)\u00a0: {listed}.")
    if not file.records:
        raise UnreadableFileError("Le fichier a un titre mais aucun quartier.")
    return file


def _decode(content: bytes) -> tuple[str, str]:
    """The text, and a remark when it is not UTF-8."""
    if content.startswith(b"PK"):
        raise UnreadableFileError(
            "Ce fichier est un classeur ou une archive\u00a0: enregistrez la feuille au format CSV."
        )
    if b"\0" in content:
        raise UnreadableFileError("Ce fichier n’est pas un texte\u00a0: enregistrez la liste au format CSV.")
    try:
        return content.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        # errors="replace": five bytes have no meaning in Windows-1252, and one bad letter must not stop an import
        return content.decode("cp1252", errors="replace"), "encodage Windows-1252 au lieu d’UTF-8, lu comme tel."


def _logical_lines(text: str) -> Iterator[tuple[int, str]]:
    """Rows and the number of their first line: a quoted cell may hold line breaks, an open quote may not eat rows."""
    buffer: list[str] = []
    start, inside_quotes = 1, False
    for number, line in enumerate(_NEWLINE.split(text.removesuffix("\n").removesuffix("\r")), start=1):
        if buffer and (not inside_quotes or _STARTS_WITH_CODE.match(line)):
            yield start, "\n".join(buffer)
            buffer, inside_quotes = [], False
        if not buffer:
            start = number
        buffer.append(line)
        inside_quotes ^= line.count('"') % 2 == 1
    yield start, "\n".join(buffer)


def _columns(file: QpvFile, number: int, header: str) -> tuple[str, ...]:
    titles = [cell.strip().lower() for cell in _cells(file, number, header)]
    columns = tuple(_ALIASES.get(title, title) for title in titles)
    untitled = columns.count("")
    if untitled:
        file.note(number, "", "", f"{untitled} colonne(s) sans titre ignorée(s).")
    for position, column in enumerate(columns):
        if column and (column not in COLUMNS or column in columns[:position]):
            file.note(number, column, "", "colonne inconnue ou répétée, ignorée.")
    missing = [column for column in _REQUIRED if column not in columns]
    if missing:
        raise UnreadableFileError(f"Le titre du fichier n’a pas la colonne {missing[0]} de la liste officielle.")
    return columns


def _cells(file: QpvFile, number: int, line: str) -> list[str]:
    """Split one row; a spreadsheet's ="01053" is protected first, since it may hold the separator."""
    separator = re.escape(file.separator)
    protected = re.sub(rf'(^|{separator})="([^"]*)"(?={separator}|$)', r'\1"=""\2"""', line)
    if protected.count('"') % 2 == 0:
        try:
            return next(csv.reader([protected], delimiter=file.separator), [])
        except csv.Error:
            pass  # a line break outside quotes, or a cell beyond csv's limit: split plainly below
    file.note(number, "", "", "guillemets mal fermés, retirés de la ligne.")
    return line.replace("\n", " ").replace('"', "").split(file.separator)


def _record(file: QpvFile, number: int, cells: list[str]) -> Record:
    expected = max(position for position, column in enumerate(file.columns, start=1) if column)
    if len(cells) < expected:
        file.note(number, "", "", f"ligne plus courte que le titre, {expected - len(cells)} cellule(s) lue(s) vide(s).")
    named: dict[str, str] = {}
    for position, cell in enumerate(cells):
        column = file.columns[position] if position < len(file.columns) else ""
        if not column and cell.strip():
            file.note(number, f"colonne {position + 1}", cell.strip(), "cellule sans titre, ignorée.")
        elif column:
            named.setdefault(column, cell)
    return Record(number, named)
