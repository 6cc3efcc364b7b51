"""The national consolidation as CSV, JSON and workbooks; every total with how many answered."""

import json
from dataclasses import fields

from french.words import NOT_GIVEN
from reporting.codec import encode
from reporting.columns import NATIONAL_FILE, file_row
from reporting.consolidation import NATIONAL_SCHEMA, NationalFigure, NationalRatio, NationalTotal
from tabular import writing
from tabular.cells import Cell, Table

HEADERS = (
    "Semestre",
    "Axe",
    *(column.file for column in NATIONAL_FILE),
    "Semestre précédent des départements manquants",
    "Départements comptés",
    "Départements transmis",
)
SHARE_HEADERS = (
    "Code",
    "Département",
    "Région",
    "Version",
    "Transmis le",
    "Signataires",
    "Remontées attendues",
    "Remontées reçues",
    "Remontées validées",
)


def national_tables(data: NationalTotal) -> tuple[Table, ...]:
    """The totals, and what each département brought."""
    rows = tuple(_row(item, data) for item in data.lines)
    shares = tuple(
        (
            share.code,
            share.name,
            share.region,
            share.version,
            share.transmitted_at.date() if share.transmitted_at else None,
            share.signatories,
            share.expected,
            share.received,
            share.validated,
        )
        for share in data.shares
    )
    older = Table("Repris d’un bilan antérieur", ("Département",), tuple((name,) for name in data.older))
    return (Table("Indicateurs", HEADERS, rows), Table("Départements", SHARE_HEADERS, shares), older)


def national_to_csv(data: NationalTotal) -> bytes:
    """The totals, one line per indicator."""
    return writing.to_csv(national_tables(data)[0], unknown=NOT_GIVEN)


def national_to_xlsx(data: NationalTotal) -> bytes:
    """The totals and the départements, as an Excel workbook."""
    return writing.to_xlsx(national_tables(data), unknown=NOT_GIVEN)


def national_to_ods(data: NationalTotal) -> bytes:
    """The totals and the départements, as an OpenDocument workbook."""
    return writing.to_ods(national_tables(data), unknown=NOT_GIVEN)


def national_to_json(data: NationalTotal) -> bytes:
    """The whole value, in the shape that `docs/schemas/` publishes; the same value gives the same bytes."""
    value = {"schema": NATIONAL_SCHEMA} | {field.name: encode(getattr(data, field.name)) for field in fields(data)}
    return json.dumps(value, ensure_ascii=False, indent=2).encode()


def _row(item: NationalFigure | NationalRatio, data: NationalTotal) -> tuple[Cell, ...]:
    missing = "" if item.missing is None else item.missing
    return (
        data.semester,
        item.axis_label,
        *file_row(item.line, NATIONAL_FILE),
        missing,
        item.departments,
        len(data.shares),
    )
