"""The bilan as a workbook, XLSX or ODS: one sheet per box, « non renseigné » where nothing is known."""

from french.words import NOT_GIVEN
from reporting.bilan import BilanData
from reporting.renderers.tables import tables
from tabular import writing


def to_xlsx(data: BilanData) -> bytes:
    """The whole bilan as an Excel workbook."""
    return writing.to_xlsx(tables(data), unknown=NOT_GIVEN)


def to_ods(data: BilanData) -> bytes:
    """The whole bilan as an OpenDocument workbook."""
    return writing.to_ods(tables(data), unknown=NOT_GIVEN)
