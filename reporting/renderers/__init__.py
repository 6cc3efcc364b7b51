"""Turns the value of a bilan into what people read or compute with; the database is never asked."""

from reporting.renderers.data import to_csv, to_json
from reporting.renderers.document import to_html, to_pdf
from reporting.renderers.spreadsheets import to_ods, to_xlsx

__all__ = [
    "to_csv",
    "to_html",
    "to_json",
    "to_ods",
    "to_pdf",
    "to_xlsx",
]
