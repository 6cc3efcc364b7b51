"""The rules that every import of the portal shares: judged in memory, written in one step, all the rows or none."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
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
from tabular.importing import CellChange, Draft, Fault, FileRow, ImportResult, Preview, rows_of
from tabular.limits import MAX_CELL, FileRefused
from tabular.reading import ReadTable

OUTSIDE = "Cette ligne n’est pas dans votre périmètre."
"""Said of what belongs to others and of what does not exist alike."""


class ScopedResource(ModelResource):
    """Reads and writes the rows of one person's perimeter, by natural keys; a primary key in the file is ignored.

    The library's own loop asks the database for every row: here all rows are read, judged and written in one step.
    A preview takes no lock and writes nothing; a confirmation judges again what it has locked. `load`, `draft` and
    `write` have no answer here: a resource that forgets its own must fail at its first file.
    """

    aliases: ClassVar[Mapping[str, str]] = {}
    needed: ClassVar[tuple[str, ...]] = ()
    """Columns without which no row can be understood."""

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
    def setters(self) -> list[tuple[str, str, Callable[[str], Any]]]:  # Any: what the column holds
        """Each column that a file may set, the attribute that it sets, and how its cell is read."""
        return [
            (field.column_name, field.attribute, field.widget.clean) for field in self.columns if not field.readonly
        ]

    def get_queryset(self) -> QuerySet[models.Model]:
        rows: QuerySet[models.Model] = self._meta.model._default_manager.visible_to(self.user)
        return rows

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
                result.refuse(FileRefused("Des lignes ont changé depuis l’aperçu."))
            if not (result.has_errors() or result.faults):
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
        result = ImportResult([field.column_name for field in self.columns])
        known = {folded(field.column_name): field.column_name for field in self.columns}
        try:
            rows = list(rows_of(table, aliases=known | dict(self.aliases), needed=self.needed))
        except FileRefused as refusal:
            result.refuse(refusal)
            return result
        clean = [row for row in rows if not self._note(result, row, self._tidied(row, known.values()))]
        self.load(clean, lock=lock)
        for row in clean:
            try:
                result.add(self.draft(row))
            except ValidationError as error:
                self._note(result, row, error)
        result.seen = self._stands_on(result.to_write)
        return result

    def _stands_on(self, drafts: Iterable[Draft]) -> str:
        """What the rows that change something find in the portal, as one word."""
        digest = sha256()
        for draft in drafts:
            found = None if draft.before is None else self.values(draft.before)
            digest.update(repr((draft.row.number, found)).encode())
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
            result.append_base_error(error)
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
        return Preview(draft, [CellChange(was, is_now) for was, is_now in zip(before, printed[1], strict=True)])
