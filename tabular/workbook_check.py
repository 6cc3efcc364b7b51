"""Looks at an XLSX file as a stream before anything loads it: size, members, rows, columns, cells, entities. Pure."""

import io
import re
import stat
import zipfile
from typing import IO, Any
from xml.parsers import expat

MAX_MEMBERS = 200
MAX_UNZIPPED = 50 * 1024 * 1024
MAX_ROWS = 5_000
MAX_COLUMNS = 60
MAX_CELL = 32_767
"""What a spreadsheet itself allows in a cell."""

CHUNK = 64 * 1024
MARKUP = (b"<", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
"""How an XML document begins, with or without a byte order mark; pictures begin otherwise."""

_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


class FileRefused(ValueError):
    """The file cannot be read; the message is a French sentence that says why and what to do."""


def check_workbook(content: bytes) -> None:
    """Raise FileRefused for a workbook that is not one, or that is too big in any direction.

    A file of 5 kB can fill the memory of whoever loads it: everything here is read piece by piece and stops at once.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_members(archive)
            for member in archive.infolist():
                with archive.open(member) as part:
                    _check_part(part)
    # zipfile says NotImplementedError for a compression it does not know, RuntimeError for a password.
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError) as error:
        raise FileRefused(
            "Ce classeur est abîmé ou protégé par un mot de passe\u00a0: enregistrez-le de nouveau au format .xlsx."
        ) from error


def _check_members(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    names = [member.filename for member in members]
    if len(members) > MAX_MEMBERS or len(set(names)) != len(names):
        raise FileRefused("Ce classeur contient trop d’éléments\u00a0: copiez vos lignes dans un classeur neuf.")
    if sum(member.file_size for member in members) > MAX_UNZIPPED:
        raise FileRefused(
            "Ce classeur est trop volumineux une fois ouvert\u00a0: copiez vos lignes dans un classeur neuf."
        )
    if any(_leaves_the_archive(member) for member in members):
        raise FileRefused("Ce classeur contient un élément interdit\u00a0: copiez vos lignes dans un classeur neuf.")
    if any(name.endswith("vbaProject.bin") for name in names):
        raise FileRefused("Ce classeur contient des macros\u00a0: enregistrez-le au format .xlsx.")
    if "xl/workbook.xml" not in names:
        raise FileRefused("Ce fichier n’est pas un classeur Excel\u00a0: enregistrez-le au format .xlsx ou .csv.")


def _leaves_the_archive(member: zipfile.ZipInfo) -> bool:
    name = member.filename
    is_link = stat.S_ISLNK(member.external_attr >> 16)
    return is_link or name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) or "\\" in name


def _check_part(part: IO[bytes]) -> None:
    """Feed one XML member, whatever its name, to a parser that knows no entity and stops at the first excess."""
    start = part.read(CHUNK)
    if not start.lstrip().startswith(MARKUP):
        return
    watcher = _Watcher()
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = watcher.doctype
    parser.StartElementHandler = watcher.start
    parser.EndElementHandler = watcher.end
    parser.CharacterDataHandler = watcher.text
    try:
        parser.Parse(start, False)  # the signature of the standard library
        while chunk := part.read(CHUNK):
            parser.Parse(chunk, False)  # idem
        parser.Parse(b"", True)  # idem
    except expat.ExpatError as error:
        raise FileRefused("Ce classeur est abîmé\u00a0: enregistrez-le de nouveau au format .xlsx.") from error


class _Watcher:
    """Counts what goes by in one part of a workbook."""

    def __init__(self) -> None:
        self.is_sheet = False
        self.row = self.column = self.length = 0
        self.reference = ""
        self.formula = self.value = False

    def doctype(self, *_declaration: Any) -> None:  # Any: expat's own signature
        """A workbook never declares a type; who does wants entities expanded."""
        raise FileRefused(
            "Ce classeur contient une déclaration interdite\u00a0: copiez vos lignes dans un classeur neuf."
        )

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element opens."""
        self.length = 0
        name = tag.rpartition(":")[2]
        # The root says what a part is; its name in the archive may say anything.
        self.is_sheet = self.is_sheet or name == "worksheet"
        if not self.is_sheet:
            return
        if name == "row":
            self.start_row(attributes.get("r", ""))
        elif name == "c":
            self.start_cell(attributes.get("r", ""))
        elif name == "f":
            self.formula = True
        elif name in {"v", "is"}:
            self.value = True

    def start_row(self, number: str) -> None:
        """One more row; its number may skip ahead."""
        self.row = int(number) if number.isdecimal() and len(number) < 9 else self.row + 1
        self.column = 0
        if self.row > MAX_ROWS + 1:
            raise FileRefused(
                f"La feuille compte plus de {MAX_ROWS} lignes (ou une cellule très loin)\u00a0: "
                "copiez vos lignes dans un classeur neuf, en plusieurs fichiers s’il le faut."
            )

    def start_cell(self, reference: str) -> None:
        """One more cell; its column may skip ahead."""
        match = _REFERENCE.fullmatch(reference)
        self.column = _column_number(match[1]) if match else self.column + 1
        self.reference = reference
        self.formula = self.value = False
        if match and int(match[2]) > MAX_ROWS + 1:
            self.start_row(match[2])
        if self.column > MAX_COLUMNS:
            raise FileRefused(
                f"La feuille compte plus de {MAX_COLUMNS} colonnes ({reference})\u00a0: gardez celles du modèle."
            )

    def end(self, tag: str) -> None:
        """An element closes."""
        if self.is_sheet and tag.rpartition(":")[2] == "c" and self.formula and not self.value:
            raise FileRefused(
                f"La cellule {self.reference} contient une formule sans résultat\u00a0: remplacez-la par sa valeur."
            )

    def text(self, characters: str) -> None:
        """Some text of the current element."""
        self.length += len(characters)
        if self.length > MAX_CELL:
            raise FileRefused(f"Une cellule dépasse {MAX_CELL} caractères\u00a0: raccourcissez-la.")


def _column_number(letters: str) -> int:
    """A is 1, BH is 60."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
