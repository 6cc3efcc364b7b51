"""The files of the technical administration, for django-import-export: one door in, two safe ways out."""

from typing import Any

import tablib
from import_export.formats.base_formats import Format

from tabular import writing
from tabular.cells import Table
from tabular.reading import ReadTable, read_table


class FrenchTable(Format):  # type: ignore[misc]  # the library ships no types
    """What may be imported: the content says which format it is, whatever the name."""

    def __init__(self, encoding: str | None = None) -> None:
        """The encoding is found out from the file, not chosen."""

    def get_title(self) -> str:
        return "CSV, XLSX ou ODS"

    def create_dataset(self, in_stream: bytes, **_kwargs: Any) -> ReadTable:  # Any: the library's signature
        """Raises FileRefused."""
        return read_table(in_stream)

    def can_import(self) -> bool:
        return True


class FrenchCsv(Format):  # type: ignore[misc]  # the library ships no types
    """CSV as a French spreadsheet opens it."""

    def get_extension(self) -> str:
        return "csv"

    def get_content_type(self) -> str:
        return "text/csv; charset=utf-8"

    def can_export(self) -> bool:
        return True

    def export_data(self, dataset: tablib.Dataset, **_kwargs: Any) -> bytes:  # Any: the library's signature
        return writing.to_csv(_table(dataset), unknown="")


class SafeXlsx(Format):  # type: ignore[misc]  # the library ships no types
    """XLSX in which every cell is typed: identifiers keep their zeros and nothing is a formula."""

    def get_extension(self) -> str:
        return "xlsx"

    def get_content_type(self) -> str:
        return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def can_export(self) -> bool:
        return True

    def export_data(self, dataset: tablib.Dataset, **_kwargs: Any) -> bytes:  # Any: the library's signature
        return writing.to_xlsx([_table(dataset)], unknown="")


def _table(dataset: tablib.Dataset) -> Table:
    return Table("Données", tuple(dataset.headers), dataset)
