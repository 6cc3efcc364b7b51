"""The bilan as a workbook, XLSX or ODS: what must be known to read it, then one sheet per box."""

from collections.abc import Sequence
from datetime import UTC, datetime, time

from french.words import long_date
from reporting.bilan import SCHEMA, BilanData
from reporting.codec import fingerprint
from reporting.renderers.readme import readme
from reporting.renderers.tables import SHEETS, tables
from reporting.rows import FILE
from tabular import writing
from tabular.cells import About, Cell, Table
from territories.semester import Semester


def to_xlsx(data: BilanData) -> bytes:
    """The whole bilan as an Excel workbook; the same value gives the same bytes."""
    return writing.to_xlsx(_sheets(data), unknown="", about=about_of(data, _title(data)))


def to_ods(data: BilanData) -> bytes:
    """The whole bilan as an OpenDocument workbook; the same value gives the same bytes."""
    return writing.to_ods(_sheets(data), unknown="", about=about_of(data, _title(data)))


def _sheets(data: BilanData) -> tuple[Table, ...]:
    found = tables(data)
    return (readme(_said(data), SHEETS, found, FILE, data.lines), *found)


def about_of(data: BilanData, title: str) -> About:
    """Of a file made from a bilan: its author is the préfecture, its instant that of the value."""
    taken = datetime.combine(data.as_of, time(), UTC)
    return About(title, f"Préfecture {data.place.of_name}", data.transmitted_at or taken)


def _title(data: BilanData) -> str:
    name = "Bilan rectificatif du PAQTE" if data.version > 1 else "Bilan du PAQTE"
    return f"{name}, {data.place.name}, {Semester.parse(data.semester).label}"


def _said(data: BilanData) -> Sequence[tuple[str, Cell]]:
    sent = f"transmise le {long_date(data.transmitted_at.date())}" if data.transmitted_at else "projet, non transmis"
    return (
        ("Document", _title(data)),
        ("Auteur", f"Préfecture {data.place.of_name}"),
        ("Version", f"{data.version}, {sent}" if data.numbered else sent),
        ("Chiffres au", long_date(data.as_of)),
        ("Empreinte SHA-256 des données", fingerprint(data)),
        ("Vérifier l’empreinte", "C’est celle du fichier JSON de la même version (sha256sum, Get-FileHash)."),
        ("Forme du fichier JSON", f"Publiée par le portail à l’adresse /bilans/schema-{SCHEMA}.json."),
    )
