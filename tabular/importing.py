"""What an import says of a file: the faults with their lines, what each row changes, and how many rows do what."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from import_export.results import Error, Result, RowResult

from french.numbers import counted, format_number
from tabular.limits import FileRefused
from tabular.reading import ReadTable, canonical_headers

SHOWN = 100
"""Faults and rows that a page shows; the others are counted."""

LONGEST_VALUE = 40

KINDS = {"new": "Nouvelle", "update": "Modifiée", "skip": "Inchangée"}
"""What the library calls what a row does, and what people read."""


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
        visible = "".join(_visible(character) for character in self.value[: LONGEST_VALUE + 1])
        shown = visible if len(visible) <= LONGEST_VALUE else f"{visible[: LONGEST_VALUE - 1]}…"
        quoted = f", « {shown} »" if shown and shown not in self.sentence else ""
        return f"{where}{quoted}\u00a0: {self.sentence}"


def _visible(character: str) -> str:
    """What a value is refused for must not turn the page around, nor break its line."""
    if character.isspace():
        return " "
    return character if character.isprintable() else "�"


@dataclass(frozen=True)
class CellChange:
    """A cell before and after; `before` is None in a new row."""

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

    @property
    def kind(self) -> str:
        """As the library names what an import does."""
        if self.before is None:
            return str(RowResult.IMPORT_TYPE_NEW)
        return str(RowResult.IMPORT_TYPE_UPDATE if self.is_changed else RowResult.IMPORT_TYPE_SKIP)

    @property
    def kind_label(self) -> str:
        """The same in French."""
        return KINDS[self.kind]


@dataclass(frozen=True)
class Preview:
    """A row that is shown before it enters, cell by cell."""

    draft: Draft
    cells: Sequence[CellChange]


class ImportResult(Result):  # type: ignore[misc]  # the library ships no types
    """The library's result, with faults that name line, column and value."""

    def __init__(self, headers: Sequence[str]) -> None:
        super().__init__()
        self.diff_headers = list(headers)
        self.faults: list[Fault] = []
        self.drafts: list[Draft] = []
        self.preview: list[Preview] = []
        self.seen = ""

    def refuse(self, refusal: FileRefused) -> None:
        """The file as a whole is no good."""
        self.append_base_error(Error(refusal))

    def add(self, draft: Draft) -> None:
        """One more row that can enter."""
        self.drafts.append(draft)
        self.total_rows += 1
        row = RowResult()
        row.import_type, row.instance = draft.kind, draft.after
        self.increment_row_result_total(row)
        self.append_row_result(row)

    def has_validation_errors(self) -> bool:
        """Whether nothing may enter."""
        return bool(self.faults)

    @property
    def to_write(self) -> list[Draft]:
        """The rows that change something."""
        return [draft for draft in self.drafts if draft.kind != RowResult.IMPORT_TYPE_SKIP]

    @property
    def shown_faults(self) -> list[Fault]:
        """The first ones, in the order of the file."""
        return sorted(self.faults, key=lambda fault: fault.line)[:SHOWN]

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
        new, changed, same = (
            self.totals[kind]
            for kind in (RowResult.IMPORT_TYPE_NEW, RowResult.IMPORT_TYPE_UPDATE, RowResult.IMPORT_TYPE_SKIP)
        )
        parts = [counted(new, "ligne nouvelle", "lignes nouvelles")]
        parts += [f"{format_number(changed)} {'modifiée' if changed < 2 else 'modifiées'}"]
        parts += [f"{format_number(same)} {'inchangée' if same < 2 else 'inchangées'}"]
        return ", ".join(parts)


def rows_of(table: ReadTable, *, aliases: Mapping[str, str], needed: Sequence[str]) -> Iterator[FileRow]:
    """The rows under the names of the model's columns. Raises FileRefused when one that is needed is missing."""
    headers = canonical_headers(table.headers, aliases)
    missing = [name for name in needed if name not in headers]
    if missing:
        raise FileRefused(f"Il manque la colonne\u00a0: {', '.join(missing)}.")
    return (FileRow(line.number, dict(zip(headers, line.cells, strict=True))) for line in table.lines)
