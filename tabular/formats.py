"""The files of the technical administration, for django-import-export: one door in, two safe ways out."""

import csv
import io
from typing import Any

import tablib
from import_export.formats.base_formats import Format
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from tabular.reading import guarded, read_table


class FrenchTable(Format):  # type: ignore[misc]  # the library ships no types
    """What may be imported: CSV or XLSX; the content says which, whatever the name."""

    def __init__(self, encoding: str | None = None) -> None:
        """The encoding is found out from the file, not chosen."""

    def get_title(self) -> str:
        return "CSV ou XLSX"

    def create_dataset(self, in_stream: bytes, **_kwargs: Any) -> tablib.Dataset:  # Any: the library's signature
        """Raises FileRefused."""
        header, *rows = read_table(in_stream)
        return tablib.Dataset(*rows, headers=header)

    def can_import(self) -> bool:
        return True


class FrenchCsv(Format):  # type: ignore[misc]  # the library ships no types
    """CSV as a French spreadsheet opens it: semicolons, UTF-8 with its mark, no live formula."""

    def get_extension(self) -> str:
        return "csv"

    def get_content_type(self) -> str:
        return "text/csv; charset=utf-8"

    def can_export(self) -> bool:
        return True

    def export_data(self, dataset: tablib.Dataset, **_kwargs: Any) -> bytes:  # Any: the library's signature
        text = io.StringIO(newline="")
        writer = csv.writer(text, delimiter=";")
        writer.writerow(dataset.headers)
        writer.writerows([guarded(str(cell)) if cell is not None else "" for cell in row] for row in dataset)
        return text.getvalue().encode("utf-8-sig")


class SafeXlsx(Format):  # type: ignore[misc]  # the library ships no types
    """XLSX in which every cell is typed text: identifiers keep their zeros and nothing is a formula."""

    def get_extension(self) -> str:
        return "xlsx"

    def get_content_type(self) -> str:
        return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def can_export(self) -> bool:
        return True

    def export_data(self, dataset: tablib.Dataset, **_kwargs: Any) -> bytes:  # Any: the library's signature
        workbook = Workbook(write_only=True)
        sheet = workbook.create_sheet("Données")
        for row in (dataset.headers, *dataset):
            cells = []
            for value in row:
                cell = WriteOnlyCell(sheet, value="" if value is None else guarded(_printable(str(value))))
                cell.data_type = "s"
                cells.append(cell)
            sheet.append(cells)
        out = io.BytesIO()
        workbook.save(out)
        return out.getvalue()


def _printable(text: str) -> str:
    """Without the control characters that a workbook cannot hold."""
    return "".join(character for character in text if character >= " " or character in "\t\r\n")
