"""The files of a bilan: each made once for a value, found again under the value's fingerprint."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from documents import filing
from documents.models import StoredFile
from reporting import renderers
from reporting.bilan import BilanData
from reporting.codec import fingerprint
from territories.clock import now


@dataclass(frozen=True)
class Format:
    """What the end of an address gives."""

    name: str
    """In a sentence, after « le »."""
    media_type: str
    render: Callable[[BilanData], bytes]
    heavy: bool = False
    """Takes seconds: made by the worker, never while somebody waits for a page."""


HTML = "html"
"""The body of its page, which is kept but is no address."""

DOWNLOADS = {
    "pdf": Format("PDF", "application/pdf", renderers.to_pdf, heavy=True),
    "xlsx": Format(
        "classeur Excel",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        renderers.to_xlsx,
        heavy=True,
    ),
    "ods": Format(
        "classeur OpenDocument",
        "application/vnd.oasis.opendocument.spreadsheet",
        renderers.to_ods,
        heavy=True,
    ),
    "csv": Format("fichier CSV", "text/csv; charset=utf-8", renderers.to_csv),
    "json": Format("fichier JSON", "application/json", renderers.to_json),
}
"""The files that people download, by the end of their address."""

FORMATS = {
    **DOWNLOADS,
    HTML: Format("texte de la page", "text/html; charset=utf-8", lambda data: renderers.to_html(data).encode()),
}
"""Everything that is kept when a bilan is sent."""

PRINTING = (
    ("reporting", "*.py"),
    ("documents", "*"),
    ("french", "*.py"),
    ("indicators", "*.py"),
    ("territories", "*.py"),
    ("tabular", "*.py"),
    ("templates/reporting", "*"),
    ("templates/documents", "*"),
    ("static", "*"),
    (".", "requirements.txt"),
)
"""Folders and names of what decides how a value is printed; the pins say the versions of the libraries."""


def key_of(data: BilanData, kind: str) -> str:
    """The key under which this file of this value is kept."""
    return filing.key_of(fingerprint(data), kind, printer())


def find(data: BilanData, kind: str) -> StoredFile | None:
    """The file of a value, when it was made already. One query."""
    return filing.stored(key_of(data, kind))


def make(data: BilanData, kind: str) -> StoredFile:
    """The file of a value, made when nobody made it before."""
    made = FORMATS[kind]
    found = find(data, kind)
    return found or filing.keep(key_of(data, kind), made.render(data), made.media_type, at=now())


def make_all(data: BilanData) -> dict[str, StoredFile]:
    """Every file of a value, by format: what is kept when it is sent."""
    return {kind: make(data, kind) for kind in FORMATS}


@cache
def printer() -> str:
    """A fingerprint of the code, templates, styles and libraries that print: another one, and files are made anew."""
    return filing.fingerprint_of(Path(settings.BASE_DIR), PRINTING)
