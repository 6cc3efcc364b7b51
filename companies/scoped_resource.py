"""The rules that every import of the portal shares: judged in memory, written in one step, all the rows or none."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from hashlib import sha256
from typing import Any, ClassVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models, transaction
from django.db.models import QuerySet
from import_export.resources import ModelResource

from accounts.models import User
from dsfr_forms.text import fault_of, tidy
from french.order import folded
from tabular.cells import Cell, Table
from tabular.importing import CellChange, Draft, Fault, FileRow, ImportResult, Preview, rows_of, what_is_not_read
from tabular.limits import MAX_CELL, FileRefused
from tabular.reading import ReadTable, canonical_headers
from tabular.sheets import shown

LONGEST_TITLE = 100
"""Characters beyond which nobody heads a column."""

CHUNK = 500
"""Rows that are read at a time."""

OUTSIDE = "Cette ligne n’est pas dans votre périmètre."
"""Said of what belongs to others and of what does not exist alike."""


class ScopedResource(ModelResource):
    """Reads and writes the rows of one person's perimeter, by natural keys; a primary key in the file is ignored.

    The library's own loop asks the database for every row: here all rows are read, judged and written in one step.
    A preview takes no lock and writes nothing; a confirmation judges again what it has locked. `load`, `draft` and
    `write` have no answer here: a resource that forgets its own must fail at its first file.
    """

    title: ClassVar[str]
    """What its page is called."""
    page: ClassVar[str]
    """The name of its address; those of the pages that follow begin with it."""
    home: ClassVar[tuple[str, str]]
    """The list where its rows stand: its title, and the name of its address."""
    file_name: ClassVar[str]
    """What the files that it gives are called."""

    aliases: ClassVar[Mapping[str, str]] = {}
    """Other words for a column, folded, as people head their own tables."""
    needed: ClassVar[tuple[str, ...]] = ()
    """Columns without which no row can be understood."""
    hints: ClassVar[Mapping[str, str]] = {}
    """What one writes in a column, where its name does not say it."""
    example: ClassVar[Mapping[str, Cell]] = {}
    """A row that shows how, in the file that is given as a model; it is known again by the columns that are needed."""

    beside: ClassVar[tuple[str, ...]] = ()
    """Columns that are no field of the model: what they say stands in the `aside` of a draft."""

    several_lines: ClassVar[frozenset[str]] = frozenset()
    """Columns whose cells may hold several lines."""

    def __init__(self, *, user: User, at: datetime) -> None:
        super().__init__()
        self.user, self.at = user, at

    @cached_property
    def columns(self) -> list[Any]:  # Any: the library's fields
        """The fields that a file may set or show."""
        return list(self.get_import_fields())

    @cached_property
    def titles(self) -> list[str]:
        """The columns that a file may have."""
        return [*(field.column_name for field in self.columns), *self.beside]

    @cached_property
    def setters(self) -> list[tuple[str, str, Callable[[str], Any]]]:  # Any: what the column holds
        """Each column that a file may set, the attribute that it sets, and how its cell is read."""
        return [
            (field.column_name, field.attribute, field.widget.clean) for field in self.columns if not field.readonly
        ]

    def get_queryset(self) -> QuerySet[models.Model]:
        rows: QuerySet[models.Model] = self._meta.model._default_manager.visible_to(self.user)
        return rows

    def knows(self, title: str) -> bool:
        """Whether a header of a file is the title of a column."""
        return len(title) <= LONGEST_TITLE and folded(title) in self._known

    def explained(self) -> list[tuple[str, bool, str]]:
        """Each column, whether a file must have it, and what one writes there."""
        return [(title, title in self.needed, self.hints.get(title, "")) for title in self.titles]

    def model(self) -> Table:
        """An empty file with its example."""
        return Table(self.home[0], tuple(self.titles), [[self.example.get(title) for title in self.titles]])

    def current(self) -> Table:
        """The rows of the perimeter, as a file says them."""
        rows = self.exported().iterator(chunk_size=CHUNK)
        return Table(self.home[0], tuple(self.titles), (self.cells_of(row) for row in rows))

    def cells_of(self, instance: Any) -> list[Cell]:  # Any: a row of the model
        """The cells of a row: numbers and days as they are, the rest as the preview prints it."""
        return [*(self._cell(field, instance) for field in self.columns), *self.cells_beside(instance)]

    def exported(self) -> QuerySet[models.Model]:
        """The rows of the perimeter with all that `cells_of` looks at."""
        return self.get_queryset()

    def cells_beside(self, _instance: Any) -> Sequence[Cell]:  # Any: a row of the model
        """The cells of the columns beside."""
        return ()

    def changes_beside(self, _draft: Draft) -> Sequence[CellChange]:
        """What the preview shows of the columns beside."""
        return ()

    def import_data(
        self,
        dataset: ReadTable,
        dry_run: bool = False,  # noqa: FBT001, FBT002  # the library's signature
        *,
        seen: str | None = None,
        **_kwargs: Any,  # Any: idem
    ) -> ImportResult:
        """Judge the file, and write it unless this is a preview or something is wrong with it.

        `seen` is what the preview stood on: rows that somebody changed since are not written over.
        """
        if dry_run:
            result = self._judged(dataset)
            result.preview = [self.preview(draft) for draft in result.shown_drafts]
            return result
        with transaction.atomic():
            result = self._judged(dataset, lock=True)
            if seen not in {None, result.seen} and result.to_write:
                result.base_errors.append("Des lignes ont changé depuis l’aperçu.")
            if not result.is_refused:
                self._write(result)
        return result

    def load(self, rows: Sequence[FileRow], *, lock: bool) -> None:
        """Read at once what the rows speak of; with `lock`, so that it stays as it is until the transaction ends."""
        raise NotImplementedError

    def draft(self, row: FileRow) -> Draft:
        """What the row makes of the portal. Raises ValidationError: its keys are columns."""
        raise NotImplementedError

    def write(self, drafts: Sequence[Draft]) -> None:
        """Through the portal's own actions. Raises ValidationError for what they refuse."""
        raise NotImplementedError

    def _judged(self, table: ReadTable, *, lock: bool = False) -> ImportResult:
        result = ImportResult()
        try:
            titles = canonical_headers(table.headers, self.titles, self.aliases)
            result.notices = what_is_not_read(table, titles, self.titles)
            rows = list(rows_of(table, titles, needed=self.needed))
        except FileRefused as refusal:
            result.base_errors.append(str(refusal))
            return result
        rows, examples = self._without_examples(rows)
        result.notices += [f"Ligne {row.number}\u00a0: c’est l’exemple du modèle, il n’entre pas." for row in examples]
        clean = [row for row in rows if not self._note(result, row, self._tidied(row, filter(None, titles)))]
        self.load(clean, lock=lock)
        for row in clean:
            try:
                result.drafts.append(self.draft(row))
            except ValidationError as error:
                self._note(result, row, error)
        result.seen = self._stands_on(result.to_write)
        return result

    @cached_property
    def _known(self) -> set[str]:
        return {*map(folded, self.titles), *self.aliases}

    def _cell(self, field: Any, instance: models.Model) -> Cell:  # Any: a field of the library
        value = field.get_value(instance)
        return value if isinstance(value, int | Decimal | date) else str(self.export_field(field, instance))

    def _without_examples(self, rows: Sequence[FileRow]) -> tuple[list[FileRow], list[FileRow]]:
        """The rows of the file, and those that are the example of the model left where it was."""
        example = {name: folded(shown(self.example.get(name))) for name in self.needed if self.example.get(name)}
        left = [
            row for row in rows if example and all(folded(row.text(name)) == said for name, said in example.items())
        ]
        numbers = {row.number for row in left}
        return [row for row in rows if row.number not in numbers], left

    def _stands_on(self, drafts: Iterable[Draft]) -> str:
        """What the rows that change something find in the portal, as one word."""
        digest = sha256()
        for draft in drafts:
            found = None if draft.before is None else self.values(draft.before)
            digest.update(repr((draft.row.number, found, getattr(draft.aside, "found", None))).encode())
        return digest.hexdigest()

    def _tidied(self, row: FileRow, columns: Iterable[str]) -> ValidationError | None:
        """Texts as the forms keep them, and refused as the forms refuse them."""
        faults = {}
        for column in columns:
            text = row.text(column)
            # Nine cells out of ten: nothing in them can be dropped or refused.
            if text.isascii() and text.isprintable():
                continue
            row.cells[column] = text = tidy(text)
            if fault := fault_of(text, MAX_CELL, one_line=column not in self.several_lines):
                faults[column] = fault
        return ValidationError(faults) if faults else None

    def _write(self, result: ImportResult) -> None:
        try:
            self.write(result.to_write)
        except ValidationError as error:
            result.base_errors += error.messages
            transaction.set_rollback(True)

    def _note(self, result: ImportResult, row: FileRow, error: ValidationError | None) -> bool:
        """Add the faults of a row; whether there is one."""
        if error is None:
            return False
        by_column = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
        for column, sentences in by_column.items():
            name = "" if column == NON_FIELD_ERRORS else column
            result.faults += [Fault(row.number, name, row.text(name), sentence) for sentence in sentences]
        return True

    def read_cells(self, instance: models.Model, row: FileRow) -> dict[str, list[str]]:
        """Set on the instance what the row says of it; the sentences of what cannot be read, by column."""
        faults: dict[str, list[str]] = {}
        for column, name, clean in self.setters:
            if column in row.cells:
                try:
                    setattr(instance, name, clean(row.cells[column]))
                except ValueError as error:
                    faults[column] = [str(error)]
        return faults

    def check_fields(self, instance: models.Model, faults: dict[str, list[str]], *, but: Sequence[str]) -> None:
        """What the model says of each field, without a query. Raises ValidationError: its keys are columns."""
        columns = {field.attribute: field.column_name for field in self.columns}
        unread = [name for name, column in columns.items() if column in faults]
        try:
            instance.clean_fields(exclude=[*but, *unread])
        except ValidationError as error:
            faults |= {columns.get(name, NON_FIELD_ERRORS): found for name, found in error.message_dict.items()}
        if faults:
            raise ValidationError(faults)

    def values(self, instance: Any) -> list[Any]:  # Any: a row of the model, and what its fields hold
        """What a file may set of a row."""
        return [getattr(instance, name) for _, name, _ in self.setters]

    def differs(self, before: models.Model, after: models.Model) -> bool:
        """Whether a field that a file may set is not what it was."""
        return self.values(before) != self.values(after)

    def preview(self, draft: Draft) -> Preview:
        """Column by column, as the export prints them."""
        printed = [
            [str(self.export_field(field, item)) for field in self.columns]
            for item in (draft.before or draft.after, draft.after)
        ]
        before = printed[0] if draft.before is not None else [None] * len(self.columns)
        names = (field.column_name for field in self.columns)
        cells = [CellChange(*cell) for cell in zip(names, before, printed[1], strict=True)]
        return Preview(draft, self.subject(draft.after), [*cells, *self.changes_beside(draft)])

    def subject(self, instance: Any) -> str:  # Any: a row of the model
        """What a row is about, in the preview."""
        return str(instance)
