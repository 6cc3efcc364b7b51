"""The national consolidation as CSV, JSON and workbooks; every total with how many answered."""

import json
from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, datetime, time

from reporting.codec import encode
from reporting.columns import GIVEN, NOTHING
from reporting.consolidation import NATIONAL_SCHEMA, NationalFigure, NationalRatio, NationalTotal, Share
from reporting.figures import Figure
from reporting.renderers.data import MEASURE, measures
from reporting.renderers.readme import readme
from reporting.renderers.tables import FIGURES_TITLE, WORDS_WIDTH, with_axis
from reporting.rows import NATIONAL_FILE, NUMBER, headers, wide
from tabular import writing
from tabular.cells import About, Cell, Quantity, Table
from territories.semester import Semester

MISSING = "Semestre précédent des départements manquants"
COUNTED = ("Départements comptés", "Départements transmis")
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


SHEETS = {
    FIGURES_TITLE: "Un indicateur ou un ratio par ligne\u00a0; ses colonnes sont définies plus bas.",
    "Départements": "Ce que chaque département a transmis.",
    "Repris d’un bilan antérieur": "Départements dont un bilan antérieur compte dans ce qui court depuis le lancement.",
}


def national_tables(data: NationalTotal) -> tuple[Table, ...]:
    """The totals, and what each département brought; a table without a line is not there."""
    rows = tuple(_row(item, data) for item in data.lines)
    names = (*with_axis(headers(NATIONAL_FILE), "Axe"), MISSING, *COUNTED)
    every = (
        Table(FIGURES_TITLE, names, rows, still=2, across=3, widest=WORDS_WIDTH),
        Table("Départements", SHARE_HEADERS, tuple(_share(share) for share in data.shares)),
        Table("Repris d’un bilan antérieur", ("Département",), tuple((name,) for name in data.older)),
    )
    return tuple(table for table in every if table.rows)


def national_to_csv(data: NationalTotal) -> bytes:
    """The totals, one line per indicator and measure."""
    rows = (
        (data.semester, item.axis_label, item.line.code, item.line.label, *measure, item.departments, len(data.shares))
        for item in data.lines
        for measure in (*measures(item.line), *_missing(item))
    )
    names = ("Semestre", "Axe", "Code", "Indicateur", *MEASURE, *COUNTED)
    return writing.to_csv(Table("Mesures", names, rows), unknown="")


def national_to_xlsx(data: NationalTotal) -> bytes:
    """The totals and the départements, as an Excel workbook; the same value gives the same bytes."""
    return writing.to_xlsx(_sheets(data), unknown="", about=_about(data))


def national_to_ods(data: NationalTotal) -> bytes:
    """The totals and the départements, as an OpenDocument workbook; the same value gives the same bytes."""
    return writing.to_ods(_sheets(data), unknown="", about=_about(data))


def national_to_json(data: NationalTotal) -> bytes:
    """The whole value, in the shape that `docs/schemas/` publishes; the same value gives the same bytes."""
    value = {"schema": NATIONAL_SCHEMA} | {field.name: encode(getattr(data, field.name)) for field in fields(data)}
    return json.dumps(value, ensure_ascii=False, indent=2).encode()


def _sheets(data: NationalTotal) -> tuple[Table, ...]:
    found = national_tables(data)
    about = (
        ("Document", _about(data).title),
        ("Départements transmis", str(len(data.shares))),
        ("Forme du fichier JSON", f"Publiée par le portail à l’adresse /national/schema-{NATIONAL_SCHEMA}.json."),
        (MISSING, "Ce qu’avaient au semestre précédent les départements qui n’ont pas transmis celui-ci."),
    )
    return (readme(about, SHEETS, found, NATIONAL_FILE, [item.line for item in data.lines]), *found)


def _about(data: NationalTotal) -> About:
    """As old as the last bilan that it counts."""
    sent = [share.transmitted_at for share in data.shares if share.transmitted_at]
    semester = Semester.parse(data.semester)
    made = max(sent, default=datetime.combine(semester.end, time(), UTC))
    return About(f"PAQTE, total des bilans transmis, {semester.label}", "Agence nationale", made)


def _share(share: Share) -> tuple[Cell, ...]:
    return (
        share.code,
        share.name,
        share.region,
        share.version,
        share.transmitted_at.date() if share.transmitted_at else "",
        share.signatories,
        share.expected,
        share.received,
        share.validated,
    )


def _row(item: NationalFigure | NationalRatio, data: NationalTotal) -> tuple[Cell, ...]:
    cells = with_axis(wide(item.line, NATIONAL_FILE), item.axis_label)
    missing = "" if item.missing is None else Quantity(item.missing, item.line.unit)
    return (*cells, missing, item.departments, len(data.shares))


def _missing(item: NationalFigure | NationalRatio) -> Iterator[tuple[Cell, ...]]:
    """What the départements that did not transmit had before: a flux and a stock have it, a ratio does not add up."""
    if isinstance(item.line, Figure):
        status = GIVEN if item.missing is not None else NOTHING
        value = "" if item.missing is None else Quantity(item.missing, item.line.unit)
        yield "missing", MISSING, value, item.line.unit or NUMBER, status
