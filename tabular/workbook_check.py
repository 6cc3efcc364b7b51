"""Looks at an XLSX or ODS file as a stream before anything loads it: members, rows, columns, cells, entities. Pure."""

import io
import lzma
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, Any
from xml.parsers import expat

from tabular.limits import (
    MAX_CELL,
    MAX_DEPTH,
    MAX_ELEMENTS,
    MAX_MEMBERS,
    MAX_OTHER_ELEMENTS,
    MAX_ROWS,
    MAX_UNZIPPED,
    MAX_VALUES,
    MOST_CELLS,
    MOST_TEXT,
    WIDEST,
    FileRefused,
    too_long_a_cell,
    too_many_cells,
    too_many_columns,
    too_many_rows,
)

CHUNK = 64 * 1024
SILENT_CHUNKS = 4
"""How much of a part may go by without one element or text: a single tag would fill the memory otherwise."""

DAMAGED = "Ce classeur est abîmé\u00a0: enregistrez-le de nouveau au format .xlsx ou .ods."
LOCKED = (
    "Ce classeur est abîmé ou protégé par un mot de passe\u00a0: enregistrez-le de nouveau au format .xlsx ou .ods."
)
CLEAN_COPY = "copiez vos lignes dans un classeur neuf."
TOO_MANY = f"Ce classeur contient trop d’éléments\u00a0: {CLEAN_COPY}"

CENTRAL_ENTRY = b"PK\x01\x02"
"""How each member is announced in the directory of an archive."""

OF_CELLS = {
    "worksheet": {"row", "c", "v", "f", "is", "t", "r"},
    "sst": {"si", "t", "r"},
    "document-content": {"table-row", "table-cell", "covered-table-cell", "p", "span", "s"},
}
"""What rows, cells and their texts are made of, by the root of the part. The root says what a part is: its name in the
archive may say anything."""

_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


def check_workbook(content: bytes) -> None:
    """Raise FileRefused for a workbook that is not one, or that is too big in any direction.

    A file of 5 kB can fill the memory of whoever loads it: everything here is read piece by piece and stops at once.
    """
    # Twice: the four bytes may also stand in what is compressed.
    if content.count(CENTRAL_ENTRY) > 2 * MAX_MEMBERS:
        raise FileRefused(TOO_MANY)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_members(archive)
            count = _Count()
            for member in archive.infolist():
                with archive.open(member) as part:
                    _check_part(part, count)
    # zipfile lets through what its decompressors say; NotImplementedError is a compression it does not know,
    # RuntimeError a password.
    except (
        *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error),
        *(NotImplementedError, EOFError, OSError, RuntimeError),
    ) as error:
        raise FileRefused(LOCKED) from error


def _check_members(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    names = [member.filename for member in members]
    if len(members) > MAX_MEMBERS or len(set(names)) != len(names):
        raise FileRefused(TOO_MANY)
    if sum(member.file_size for member in members) > MAX_UNZIPPED:
        raise FileRefused(f"Ce classeur est trop volumineux une fois ouvert\u00a0: {CLEAN_COPY}")
    if any(_is_forbidden(member) for member in members):
        raise FileRefused(f"Ce classeur contient un élément interdit\u00a0: {CLEAN_COPY}")
    if any(name.endswith("vbaProject.bin") or name.startswith("Basic/") for name in names):
        raise FileRefused("Ce classeur contient des macros\u00a0: enregistrez-le au format .xlsx ou .ods.")
    if "encrypted-package" in names:
        raise FileRefused(LOCKED)
    if not {"xl/workbook.xml", "content.xml"} & set(names):
        raise FileRefused("Ce fichier n’est pas un classeur\u00a0: enregistrez-le au format .xlsx, .ods ou .csv.")


def _is_forbidden(member: zipfile.ZipInfo) -> bool:
    """What leaves the archive, or is packed as no spreadsheet packs: some decompressors take gigabytes to start."""
    name = member.filename
    is_link = stat.S_ISLNK(member.external_attr >> 16)
    is_odd = member.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
    return is_link or is_odd or name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) or "\\" in name


class _Count:
    """What the whole workbook holds so far."""

    def __init__(self) -> None:
        self.elements = self.others = self.cells = self.characters = 0

    def add_element(self, *, is_of_cells: bool) -> None:
        """One more element, that cells are made of or another."""
        if is_of_cells:
            self.elements += 1
        else:
            self.others += 1
        if self.elements > MAX_ELEMENTS or self.others > MAX_OTHER_ELEMENTS:
            raise FileRefused(TOO_MANY)

    def add_text(self, length: int) -> None:
        """So many more characters."""
        self.characters += length
        if self.characters > MOST_TEXT:
            raise too_many_cells()

    def add_cell(self) -> None:
        """One more cell, empty or not."""
        self.cells += 1
        if self.cells > MOST_CELLS:
            raise too_many_cells()


def _check_part(part: IO[bytes], count: _Count) -> None:
    """Feed one member, whatever its name, to a parser that knows no entity and stops at the first excess.

    No look at its first bytes decides whether it is worth it: they may be spaces, or of another alphabet. What breaks
    before its first element (a picture) is XML for nobody, so that no loader makes anything of it.
    """
    watcher = _Watcher(count)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = watcher.doctype
    parser.StartElementHandler = watcher.start
    parser.EndElementHandler = watcher.end
    parser.CharacterDataHandler = watcher.text
    try:
        for chunk in _chunks(part, watcher):
            parser.Parse(chunk, False)  # the signature of the standard library
        parser.Parse(b"", True)  # idem
    # ValueError: an encoding that needs several bytes a letter.
    except (expat.ExpatError, LookupError, ValueError) as error:
        if isinstance(error, FileRefused):
            raise
        if watcher.events:
            raise FileRefused(DAMAGED) from error


def _chunks(part: IO[bytes], watcher: "_Watcher") -> Iterator[bytes]:
    """The pieces of a part, as long as they say something."""
    seen, silent = 0, 0
    while chunk := part.read(CHUNK):
        yield chunk
        silent = silent + 1 if watcher.events == seen else 0
        seen = watcher.events
        if silent > SILENT_CHUNKS:
            raise FileRefused(DAMAGED)


class _Watcher:
    """Counts what goes by in one part of a workbook."""

    def __init__(self, count: _Count) -> None:
        self.count = count
        self.root = ""
        self.events = self.depth = self.row = self.column = self.length = 0
        self.reference = ""
        self.formula, self.values = False, 0

    def doctype(self, *_declaration: Any) -> None:  # Any: expat's own signature
        """A workbook never declares a type; who does wants entities expanded."""
        raise FileRefused(f"Ce classeur contient une déclaration interdite\u00a0: {CLEAN_COPY}")

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element opens."""
        self.events += 1
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise FileRefused(TOO_MANY)
        self.length = 0
        name = tag.rpartition(":")[2]
        self.root = self.root or name
        self.count.add_element(is_of_cells=name in OF_CELLS.get(self.root, ()))
        if name == "c" and self.root == "worksheet":
            self.start_cell(attributes.get("r", ""))
        elif name == "row" and self.root == "worksheet":
            self.start_row(attributes.get("r", ""))
        elif name == "f":
            self.formula = True
        elif name in {"v", "is"}:
            self.values += 1
            if self.values > MAX_VALUES:
                raise FileRefused(TOO_MANY)
        elif name in {"table-cell", "covered-table-cell"}:
            self.count.add_cell()

    def start_row(self, number: str) -> None:
        """One more row; its number may skip ahead, never go back: what goes back is silently lost by who loads it."""
        row = int(number) if number.isascii() and number.isdecimal() and len(number) < 9 else self.row + 1
        if row > MAX_ROWS + 1:
            raise too_many_rows()
        if row <= self.row:
            raise FileRefused(DAMAGED)
        self.row, self.column = row, 0

    def start_cell(self, reference: str) -> None:
        """One more cell; its column may skip ahead, as the number of a row."""
        match = _REFERENCE.fullmatch(reference)
        column = _column_number(match[1]) if match else self.column + 1
        if match and int(match[2]) > MAX_ROWS + 1:
            raise too_many_rows()
        if column > WIDEST:
            raise too_many_columns()
        if column <= self.column or (match and int(match[2]) != self.row) or (reference and not match):
            raise FileRefused(DAMAGED)
        self.column = column
        self.reference = reference
        self.formula, self.values = False, 0
        self.count.add_cell()

    def end(self, tag: str) -> None:
        """An element closes."""
        self.depth -= 1
        if self.formula and not self.values and self.root == "worksheet" and tag.rpartition(":")[2] == "c":
            raise FileRefused(
                f"La cellule {self.reference} contient une formule sans résultat\u00a0: remplacez-la par sa valeur."
            )

    def text(self, characters: str) -> None:
        """Some text of the current element."""
        self.events += 1
        self.length += len(characters)
        self.count.add_text(len(characters))
        if self.length > MAX_CELL:
            raise too_long_a_cell(f"La cellule {self.reference}" if self.reference else "Une cellule")


def _column_number(letters: str) -> int:
    """A is 1, BH is 60."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
