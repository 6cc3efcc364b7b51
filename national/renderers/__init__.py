"""Turns the consolidated bilan into what people read or compute with; the database is never asked."""

from national.renderers.data import sums_to_csv, to_csv, to_json
from national.renderers.document import to_pdf
from national.renderers.sheets import to_ods, to_xlsx

__all__ = ["sums_to_csv", "to_csv", "to_json", "to_ods", "to_pdf", "to_xlsx"]
