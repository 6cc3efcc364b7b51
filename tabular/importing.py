"""What an import says of a file: the faults with their lines, what each row changes, and how many rows do what."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from french.numbers import counted, format_number
from tabular.limits import FileRefused
from tabular.reading import ReadTable
from tabular.suggestions import closest, did_you_mean

SHOWN = 100
"""Faults and rows that a page shows; the others are counted."""

LONGEST_VALUE = 40

NEW, CHANGED, SAME = "new", "changed", "same"
KINDS = {NEW: "Nouvelle", CHANGED: "Modifiée", SAME: "Inchangée"}
"""What a row does, and what people read."""


@dataclass(frozen=True)
class FileRow:
    """A row of a file by its columns, under the number that a spreadsheet shows."""

    number: int
    cells: dict[str, str]

    def text(self, column: str) -> str:
        """The cell of a column; empty when the file has no such column."""
        return self.cells.get(column, "")


@dataclass(frozen=True)
class Fault:
    """What is wrong in a row, in which column, and what stood there."""

    line: int
    column: str
    value: str
    sentence: str

    @property
    def beside(self) -> str:
        """What is said beside the row itself: « Nom : Ce champ ne peut pas être vide. »."""
        return f"{self.column}\u00a0: {self.sentence}" if self.column else self.sentence

    def __str__(self) -> str:
        where = f"Ligne {self.line}" + (f", colonne {self.column}" if self.column else "")
        shown = excerpt(self.value)
        quoted = f", « {shown} »" if shown and shown not in self.sentence else ""
        return f"{where}{quoted}\u00a0: {self.sentence}"


def excerpt(text: str) -> str:
    """The beginning of what a file says, as a page may show it."""
    visible = "".join(_visible(character) for character in text[: LONGEST_VALUE + 1])
    return visible if len(visible) <= LONGEST_VALUE else f"{visible[: LONGEST_VALUE - 1]}…"


def _visible(character: str) -> str:
    """What a value is refused for must not turn the page around, nor break its line."""
    if character.isspace():
        return " "
    return character if character.isprintable() else "�"


@dataclass(frozen=True)
class CellChange:
    """A cell under its column, before and after; `before` is None in a new row."""

    column: str
    before: str | None
    after: str

    @property
    def is_changed(self) -> bool:
        """Whether something else stands there now."""
        return self.before is not None and self.before != self.after


@dataclass(frozen=True)
class Draft:
    """What a row makes of the portal: a new row when there is none before, a changed one, or nothing."""

    row: FileRow
    before: Any  # Any: a row of the model that is imported
    after: Any  # Any: the same row as the file wants it
    is_changed: bool
    remarks: tuple[str, ...] = ()
    aside: Any = None  # Any: what the row changes beside, as its resource keeps it

    @property
    def kind(self) -> str:
        """NEW, CHANGED or SAME."""
        if self.before is None:
            return NEW
        return CHANGED if self.is_changed else SAME

    @property
    def kind_label(self) -> str:
        """The same in French."""
        return KINDS[self.kind]


@dataclass(frozen=True)
class Preview:
    """A row that is shown before it enters: what it is about, then cell by cell."""

    draft: Draft
    subject: str
    cells: Sequence[CellChange]

    @property
    def shown(self) -> list[CellChange]:
        """What one has to read: what a new row says, what changes in another, nothing of one that stays."""
        if self.draft.kind == NEW:
            return [cell for cell in self.cells if cell.after]
        return [cell for cell in self.cells if cell.is_changed]


class ImportResult:
    """What a file would do, or did: its rows, its faults by line, column and value, and what it is refused for."""

    def __init__(self) -> None:
        self.base_errors: list[str] = []
        self.notices: list[str] = []
        self.faults: list[Fault] = []
        self.drafts: list[Draft] = []
        self.preview: list[Preview] = []
        self.seen = ""

    @property
    def is_refused(self) -> bool:
        """Whether nothing may enter."""
        return bool(self.base_errors or self.faults)

    @property
    def to_write(self) -> list[Draft]:
        """The rows that change something."""
        return [draft for draft in self.drafts if draft.kind != SAME]

    @property
    def shown_faults(self) -> list[Fault]:
        """The first ones, in the order of the file."""
        return sorted(self.faults, key=lambda fault: fault.line)[:SHOWN]

    @property
    def faulty_lines(self) -> str:
        """« 3 lignes »."""
        return counted(len(self.advice), "ligne", "lignes")

    @property
    def advice(self) -> dict[int, list[str]]:
        """What is to be corrected in each row, by its number."""
        said: dict[int, list[str]] = {}
        for fault in self.faults:
            said.setdefault(fault.line, []).append(fault.beside)
        return said

    @property
    def hidden_faults(self) -> str:
        """« 12 autres défauts »; empty when all are shown."""
        hidden = len(self.faults) - SHOWN
        return counted(hidden, "autre défaut", "autres défauts") if hidden > 0 else ""

    @property
    def caption(self) -> str:
        """What the preview shows of the file: « Lignes qui changent, les cent premières »."""
        which = "Lignes qui changent" if 0 < len(self.to_write) < len(self.drafts) else "Lignes du fichier"
        return f"{which}, les cent premières" if len(self.to_write or self.drafts) > SHOWN else which

    @property
    def shown_drafts(self) -> list[Draft]:
        """The first rows that change something, else the first rows."""
        return (self.to_write or self.drafts)[:SHOWN]

    @property
    def remarks(self) -> list[str]:
        """What was understood though it was not quite what was typed."""
        return [f"Ligne {draft.row.number}\u00a0: {remark}" for draft in self.drafts for remark in draft.remarks][
            :SHOWN
        ]

    @property
    def summary(self) -> str:
        """« 12 lignes nouvelles, 3 modifiées, 1 inchangée »."""
        totals = Counter(draft.kind for draft in self.drafts)
        new, changed, same = totals[NEW], totals[CHANGED], totals[SAME]
        parts = [counted(new, "ligne nouvelle", "lignes nouvelles")]
        parts += [f"{format_number(changed)} {'modifiée' if changed < 2 else 'modifiées'}"]
        parts += [f"{format_number(same)} {'inchangée' if same < 2 else 'inchangées'}"]
        return ", ".join(parts)


def rows_of(table: ReadTable, titles: Sequence[str], *, needed: Sequence[str]) -> Iterator[FileRow]:
    """The rows under these names of the model's columns, one for each header of the file, empty for what is not read.

    Raises FileRefused when a column that is needed is missing.
    """
    missing = [name for name in needed if name not in titles]
    if missing:
        others = [header for header, name in zip(table.headers, titles, strict=True) if header and not name]
        hints = "".join(_taken_for(name, others) for name in missing)
        raise FileRefused(f"Il manque la colonne\u00a0: {', '.join(missing)}.{hints}")
    read = [(place, name) for place, name in enumerate(titles) if name]
    return (FileRow(line.number, {name: line.cells[place] for place, name in read}) for line in table.lines)


def what_is_not_read(table: ReadTable, titles: Sequence[str], columns: Sequence[str]) -> list[str]:
    """What the file has besides, a sentence each: other sheets, rows over the titles, columns one cannot read."""
    said = [f"La feuille « {sheet} » n’est pas lue." for sheet in table.sheets]
    if table.above:
        lines = "La ligne" if len(table.above) == 1 else f"Les {len(table.above)} lignes"
        verb = "n’est pas lue" if len(table.above) == 1 else "ne sont pas lues"
        said.append(f"{lines} au-dessus des titres {verb}.")
    others = [header for header, name in zip(table.headers, titles, strict=True) if header and not name]
    # A code that differs by a digit is another code.
    free = [name for name in columns if name not in titles and not any(map(str.isdigit, name))]
    said += [f"La colonne « {excerpt(header)} » n’est pas lue.{did_you_mean(header, free)}" for header in others]
    return said


def _taken_for(column: str, headers: Sequence[str]) -> str:
    """The header that may stand for a column that is missing, with what to do of it."""
    found = closest(column, headers)
    return f" Si c’est « {found} », changez ce titre en « {column} »." if found else ""
