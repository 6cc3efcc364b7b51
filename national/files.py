"""The sum of the nation as CSV, JSON and workbooks: every total with how many answered, and who is missing by name."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from datetime import UTC, datetime, time

from national.value import NATIONAL_SCHEMA, NationalFigure, NationalRatio, NationalTotal, Share, names_of
from reporting.codec import encode
from reporting.columns import COMPANIES, GIVEN, NOTHING
from reporting.figures import Figure
from reporting.files import DOWNLOADS
from reporting.renderers.data import MEASURE, measures
from reporting.renderers.readme import readme
from reporting.renderers.tables import FIGURES_TITLE, WORDS_WIDTH, with_axis
from reporting.rows import NATIONAL_FILE, NUMBER, headers, wide
from tabular import writing
from tabular.cells import About, Cell, Quantity, Table
from territories.semester import Semester


@dataclass(frozen=True)
class Format:
    """What the end of an address gives."""

    name: str
    media_type: str
    render: Callable[[NationalTotal], bytes]


MISSING = "Semestre précédent des départements manquants"
COUNTED = ("Départements comptés", "Départements transmis", "Départements engagés")
SILENT, PENDING, UNSENT = "silencieuse", "reçue, non validée", "bilan non transmis"
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
    "Départements manquants": "Ceux dont une convention était en vigueur et qui n’ont pas transmis.",
    "Entreprises manquantes": "Celles dont les chiffres ne sont comptés nulle part ici, et pourquoi.",
    "Repris d’un bilan antérieur": "Départements dont un bilan antérieur compte dans ce qui court depuis le lancement.",
}


def tables(data: NationalTotal) -> tuple[Table, ...]:
    """The totals, and what each département brought; a table without a line is not there."""
    rows = tuple(_row(item, data) for item in data.lines)
    names = (*with_axis(headers(NATIONAL_FILE), "Axe"), MISSING, *COUNTED)
    every = (
        Table(FIGURES_TITLE, names, rows, still=2, across=3, widest=WORDS_WIDTH),
        Table("Départements", SHARE_HEADERS, tuple(_share(share) for share in data.shares)),
        Table("Départements manquants", ("Code", "Département", "Région", "Entreprises"), _departments(data)),
        Table("Entreprises manquantes", ("Code", "Département", "Entreprise", "Pourquoi"), tuple(_companies(data))),
        Table("Repris d’un bilan antérieur", ("Département",), tuple((name,) for name in data.older)),
    )
    return tuple(table for table in every if table.rows)


def to_csv(data: NationalTotal) -> bytes:
    """The totals, one line per indicator and measure."""
    rows = (
        (data.semester, item.axis_label, item.line.code, item.line.label, *measure, *_counted(item, data))
        for item in data.lines
        for measure in (*measures(item.line), *_missing(item))
    )
    absent = ((data.semester, "", *row, "", "", "") for row in _absent(data))
    names = ("Semestre", "Axe", "Code", "Indicateur", *MEASURE, *COUNTED)
    return writing.to_csv(Table("Mesures", names, (*rows, *absent)), unknown="")


def to_xlsx(data: NationalTotal) -> bytes:
    """The totals and the départements, as an Excel workbook; the same value gives the same bytes."""
    return writing.to_xlsx(_sheets(data), unknown="", about=_about(data))


def to_ods(data: NationalTotal) -> bytes:
    """The totals and the départements, as an OpenDocument workbook; the same value gives the same bytes."""
    return writing.to_ods(_sheets(data), unknown="", about=_about(data))


def to_json(data: NationalTotal) -> bytes:
    """The whole value, in the shape that `docs/schemas/` publishes; the same value gives the same bytes."""
    value = {"schema": NATIONAL_SCHEMA} | {field.name: encode(getattr(data, field.name)) for field in fields(data)}
    return json.dumps(value, ensure_ascii=False, indent=2).encode()


def _sheets(data: NationalTotal) -> tuple[Table, ...]:
    found = tables(data)
    about = (
        ("Document", _about(data).title),
        ("Départements transmis", f"{len(data.shares)} sur {data.engaged}"),
        ("Départements manquants", ", ".join(names_of(data.missing)) or "aucun"),
        ("Entreprises comptées", f"{data.validated} sur {data.companies}"),
        ("Forme du fichier JSON", f"Publiée par le portail à l’adresse /national/schema-{NATIONAL_SCHEMA}.json."),
        (MISSING, "Ce qu’avaient au semestre précédent les départements qui n’ont pas transmis celui-ci."),
    )
    return (readme(about, SHEETS, found, NATIONAL_FILE, [item.line for item in data.lines]), *found)


def _about(data: NationalTotal) -> About:
    """As old as the last bilan that it counts."""
    sent = [share.transmitted_at for share in data.shares if share.transmitted_at]
    semester = Semester.parse(data.semester)
    made = max(sent, default=datetime.combine(semester.end, time(), UTC))
    return About(f"PAQTE, {data.scope}, total des bilans transmis, {semester.label}", "Agence nationale", made)


def _share(share: Share) -> tuple[Cell, ...]:
    return (
        share.code,
        share.name,
        share.region,
        share.version,
        share.transmitted_on or "",
        share.signatories,
        share.expected,
        share.received,
        share.validated,
    )


def _row(item: NationalFigure | NationalRatio, data: NationalTotal) -> tuple[Cell, ...]:
    cells = with_axis(wide(item.line, NATIONAL_FILE), item.axis_label)
    missing = "" if item.missing is None else Quantity(item.missing, item.line.unit)
    return (*cells, missing, *_counted(item, data))


def _counted(item: NationalFigure | NationalRatio, data: NationalTotal) -> tuple[Cell, ...]:
    """Under COUNTED."""
    return item.departments, len(data.shares), data.engaged


def _departments(data: NationalTotal) -> tuple[tuple[Cell, ...], ...]:
    return tuple((one.code, one.name, one.region, len(one.companies)) for one in data.missing)


def _companies(data: NationalTotal) -> Iterator[tuple[Cell, ...]]:
    """Every company that counts nowhere, by département."""
    for share in data.shares:
        yield from ((share.code, share.name, name, SILENT) for name in share.silent)
        yield from ((share.code, share.name, name, PENDING) for name in share.pending)
    for place in data.missing:
        yield from ((place.code, place.name, name, UNSENT) for name in place.companies)


def _absent(data: NationalTotal) -> Iterator[tuple[Cell, ...]]:
    """The same as lines of the CSV, whose code is that of a département and whose label names who is missing."""
    for code, name, _, companies in _departments(data):
        yield code, name, "missing_department", "Département manquant", companies, COMPANIES, UNSENT
    for code, _, company, why in _companies(data):
        yield code, company, "missing_company", "Entreprise manquante", "", COMPANIES, why


def _missing(item: NationalFigure | NationalRatio) -> Iterator[tuple[Cell, ...]]:
    """What the départements that did not transmit had before: a flux and a stock have it, a ratio does not add up."""
    if isinstance(item.line, Figure):
        status = GIVEN if item.missing is not None else NOTHING
        value = "" if item.missing is None else Quantity(item.missing, item.line.unit)
        yield "missing", MISSING, value, item.line.unit or NUMBER, status


FORMATS = {
    fmt: Format(DOWNLOADS[fmt].name, DOWNLOADS[fmt].media_type, render)
    for fmt, render in (("xlsx", to_xlsx), ("ods", to_ods), ("csv", to_csv), ("json", to_json))
}
"""The files of the nation, by the end of their address."""
