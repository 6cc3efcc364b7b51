"""Turns the rows of a list of QPV into neighbourhoods, and says in French everything that had to be repaired. Pure."""

import re
import unicodedata
from dataclasses import dataclass

from territories.qpv_file import Oddity, QpvFile, Record

_CODE = re.compile(r"QP(?P<in_2014>[0-9][0-9][0-9AB])[0-9]{3}|QN(?P<in_2024>[0-9][0-9][0-9AB])[0-9]{2}(?P<kind>[A-Z])")
_KNOWN_KINDS = "MINC"
"""Last letter of a 2024 code; C is used in Mayotte only, where each QPV is a whole commune."""

_WRAPPER = re.compile(r'="?(.*?)"?')
_COMMUNE = re.compile(r"[0-9][0-9AB][0-9]{3}")
_SIREN = re.compile(r"[0-9]{9}")
_WITHOUT_EPCI = ("975", "977", "978", "984", "986", "987", "988", "989")
_CITY_OF_DISTRICT = (
    (range(75101, 75121), "75056", "Paris"),
    (range(69381, 69390), "69123", "Lyon"),
    (range(13201, 13217), "13055", "Marseille"),
)
"""Arrondissements municipaux, which the official geographic code does not count as communes."""

NAME_LENGTH = 200
COMMUNE_NAME_LENGTH = 100


@dataclass(frozen=True, order=True)
class Commune:
    """A commune on which a neighbourhood lies."""

    insee_code: str
    name: str


@dataclass(frozen=True)
class QpvRow:
    """One neighbourhood as the file describes it. None: the file has no such column, so it says nothing."""

    line: int
    code: str
    geography: str
    department: str
    region: str
    name: str
    communes: tuple[Commune, ...] | None
    epci: tuple[str, str] | None


@dataclass(frozen=True)
class QpvList:
    """The neighbourhoods of a file, how many rows had to be set aside, and every oddity."""

    rows: tuple[QpvRow, ...]
    set_aside: int
    oddities: tuple[Oddity, ...]


def parse_qpv_file(file: QpvFile) -> QpvList:
    """Read every record; a row is set aside only when its code is unreadable or already seen, and is then reported."""
    rows: dict[str, QpvRow] = {}
    oddities = list(file.oddities)
    for record in file.records:
        reader = _RowReader(record, columns=file.columns)
        row = reader.row()
        if row and row.code in rows:
            reader.note("code_qp", row.code, f"code déjà lu ligne {rows[row.code].line}, ligne mise de côté.")
        elif row:
            rows[row.code] = row
        oddities += reader.oddities
    return QpvList(tuple(rows.values()), len(file.records) - len(rows), tuple(oddities))


def department_of(code: str) -> str:
    """The département written in the three characters of a code: « 062 » is 62, « 02A » is 2A, « 974 » is 974."""
    return code.removeprefix("0")


class _RowReader:
    """Reads the cells of one record and collects what it had to repair."""

    def __init__(self, record: Record, *, columns: tuple[str, ...]) -> None:
        self.record = record
        self.columns = columns
        self.oddities: list[Oddity] = []

    def note(self, cell: str, value: str, remark: str) -> None:
        """Add an oddity of this row."""
        self.oddities.append(Oddity(self.record.line, cell, value, remark))

    def row(self) -> QpvRow | None:
        """The neighbourhood, or None when the code cannot be read."""
        written = self.text("code_qp")
        code = re.sub(r"\s", "", written).upper()
        match = _CODE.fullmatch(code)
        if not match:
            self.note("code_qp", written, "code absent ou mal formé, ligne mise de côté.")
            return None
        if code != written:
            self.note("code_qp", written, f"lu {code}.")
        if match["kind"] and match["kind"] not in _KNOWN_KINDS:
            self.note("code_qp", code, "dernière lettre inconnue, ligne lue quand même.")
        department = department_of(match["in_2014"] or match["in_2024"])
        self._compare_department(department)
        name = self._name(code)
        communes = self._communes(department)
        if match["kind"] == "C":
            self._compare_whole_commune(name, communes or ())
        return QpvRow(
            line=self.record.line,
            code=code,
            geography="2014" if match["in_2014"] else "2024",
            department=department,
            region=self._padded("insee_reg", 2),
            name=name,
            communes=communes,
            epci=self._epci(department),
        )

    def text(self, column: str) -> str:
        """A cell without its spreadsheet wrapper, line breaks and superfluous spaces."""
        raw = self.record.cells.get(column, "")
        unwrapped = raw.strip()
        if unwrapped.startswith("="):
            match = _WRAPPER.fullmatch(unwrapped)
            unwrapped = match[1] if match else unwrapped
            self.note(column, raw.strip(), f"formule de tableur retirée, lu {' '.join(unwrapped.split())}.")
        text = " ".join(unwrapped.split())
        if "\n" in unwrapped:
            self.note(column, text, "retour à la ligne retiré de la cellule.")
        if "\ufffd" in text:
            self.note(column, text, "caractère illisible dans la cellule, conservé tel quel.")
        return text

    def _several(self, column: str) -> list[str]:
        return [part.strip() for part in self.text(column).split(";") if part.strip()]

    def _padded(self, column: str, length: int) -> str:
        """A code of a région or département, with the leading zero that spreadsheets lose."""
        written = self.text(column).upper()
        if not written or len(written) >= length:
            return written
        self.note(column, written, f"zéro initial perdu, lu {written.zfill(length)}.")
        return written.zfill(length)

    def _fitted(self, column: str, text: str, length: int) -> str:
        if len(text) > length:
            self.note(column, text, f"texte de {len(text)} caractères, coupé à {length}.")
        return text[:length]

    def _name(self, code: str) -> str:
        name = self.text("lib_qp")
        if not name:
            self.note("lib_qp", "", f"nom absent, le code {code} en tient lieu.")
        return self._fitted("lib_qp", name or code, NAME_LENGTH)

    def _compare_department(self, department: str) -> None:
        written = self._padded("insee_dep", 2)
        if written and department_of(written.zfill(3)) != department:
            self.note("insee_dep", written, f"contraire au code du quartier, lu {department}.")

    def _communes(self, department: str) -> tuple[Commune, ...] | None:
        if "insee_com" not in self.columns:
            return None
        codes = [code for part in self._several("insee_com") for code in re.split(r"[\s,/|]+", part)]
        names = self._several("lib_com")
        if not codes:
            self.note("insee_com", "", "commune non renseignée.")
        if names and len(names) != len(codes):
            remark = f"{len(names)} nom(s) pour {len(codes)} code(s) de commune, noms non repris."
            self.note("lib_com", "; ".join(names), remark)
            names = []
        communes: dict[str, Commune] = {}
        for code, name in zip(codes, names or [""] * len(codes), strict=True):
            commune = self._commune(code, name, department)
            if commune and commune.insee_code in communes:
                self.note("insee_com", commune.insee_code, "commune citée deux fois, gardée une fois.")
            elif commune:
                communes[commune.insee_code] = commune
        return tuple(sorted(communes.values()))

    def _commune(self, written: str, name: str, department: str) -> Commune | None:
        code = written.upper()
        if re.fullmatch(r"[0-9]{4}", code):
            code = code.zfill(5)
            self.note("insee_com", written, f"zéro initial perdu, lu {code}.")
        if not _COMMUNE.fullmatch(code):
            self.note("insee_com", written, "code de commune mal formé, non repris.")
            return None
        for districts, city, city_name in _CITY_OF_DISTRICT:
            if code.isdigit() and int(code) in districts:
                self.note("insee_com", code, f"arrondissement municipal, ramené à la commune {city} ({city_name}).")
                code, name = city, city_name
        if not code.startswith(department):
            self.note("insee_com", code, f"commune hors du département {department} du quartier, reprise telle quelle.")
        if name == "?":
            self.note("lib_com", name, f"nom de la commune {code} inconnu du fichier, laissé vide.")
            name = ""
        return Commune(code, self._fitted("lib_com", name, COMMUNE_NAME_LENGTH))

    def _compare_whole_commune(self, name: str, communes: tuple[Commune, ...]) -> None:
        named = [commune for commune in communes if commune.name]
        if named and _plain(name) not in {_plain(commune.name) for commune in named}:
            cited = ", ".join(f"{commune.name} ({commune.insee_code})" for commune in named)
            remark = f"le quartier est la commune entière de {name}\u00a0: commune à vérifier, reprise telle quelle."
            self.note("insee_com", cited, remark)

    def _epci(self, department: str) -> tuple[str, str] | None:
        if "siren_epci" not in self.columns:
            return None
        sirens = [re.sub(r"\s", "", part) for part in self._several("siren_epci")]
        names = self._several("lib_epci") or [""]
        if not sirens:
            if department not in _WITHOUT_EPCI:
                self.note("siren_epci", "", "EPCI non renseigné.")
            return ("", self._fitted("lib_epci", names[0], NAME_LENGTH))
        if not _SIREN.fullmatch(sirens[0]):
            self.note("siren_epci", sirens[0], "SIREN d’EPCI mal formé, non repris.")
            sirens[0] = ""
        if len(sirens) > 1:
            remark = f"quartier sur plusieurs EPCI, seul le premier est repris\u00a0: {names[0]}."
            self.note("siren_epci", "; ".join(sirens), remark)
        return (sirens[0], self._fitted("lib_epci", names[0], NAME_LENGTH))


def _plain(name: str) -> str:
    """A name without case, accents or punctuation, to compare two spellings."""
    decomposed = unicodedata.normalize("NFD", name.casefold())
    return "".join(letter for letter in decomposed if letter.isalnum())
