"""The only door to WeasyPrint: HTML in, tagged PDF out, and no other resource than our own static files."""

import gc
import importlib
import mimetypes
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import unquote

from django.contrib.staticfiles import finders

from documents import conformance, tagging
from documents.fonts import our_fonts_only, printable
from documents.long_words import cut

STATIC = "https://static.invalid/static/"
"""Where the documents say that their style sheet is: a host that cannot exist, read from our own folders."""


class ResourceRefused(ValueError):
    """The document asked for something else than one of our static files."""


class Fetcher(Protocol):
    """What WeasyPrint calls for every address in a document."""

    def fetch(self, url: str, headers: object = None) -> Any:  # Any: WeasyPrint has no types
        """The resource, or an exception."""


@dataclass(frozen=True)
class Attached:
    """A file that travels inside the document: the data it was made from."""

    name: str
    description: str
    content: bytes
    written_at: datetime


def write(html: str, *, identifier: bytes, attached: Sequence[Attached] = ()) -> bytes:
    """A PDF/UA-1 and PDF/A-3 of this document. The same document, identifier and files give the same bytes."""
    with our_fonts_only(), _collector_off():
        weasyprint = _weasyprint()
        document = weasyprint.HTML(string=printable(cut(html)), base_url=STATIC, url_fetcher=fetcher()).render()
        conformance.declare(document)
        files = [_attachment(weasyprint, file) for file in attached]
        content: bytes = document.write_pdf(
            pdf_identifier=identifier, attachments=files, finisher=_finish, **conformance.OPTIONS
        )
    return content


def _attachment(weasyprint: Any, file: Attached) -> Any:  # Any: WeasyPrint has no types
    return weasyprint.Attachment(
        string=file.content,
        name=file.name,
        description=file.description,
        created=file.written_at,
        modified=file.written_at,
        relationship="Data",
    )


def _finish(_document: object, pdf: object) -> None:
    """What is left to do when the pages are drawn and nothing is written yet."""
    tagging.mend(pdf)
    conformance.settle(pdf)


def static_file(url: str) -> Path:
    """The file of an address of a document. Raises ResourceRefused for anything that is not one of our static files."""
    name = unquote(url.removeprefix(STATIC))
    found = finders.find(name) if url.startswith(STATIC) and ".." not in name else None
    if not isinstance(found, str):
        raise ResourceRefused("Cette ressource n’est pas un fichier du portail.")
    return Path(found)


@cache
def fetcher() -> Fetcher:
    """A fetcher that never opens a connection: it reads our static files and refuses the rest."""
    urls = _module("weasyprint.urls")
    base: Any = urls.URLFetcher  # Any: WeasyPrint has no types

    class StaticFetcher(base):
        def fetch(self, url: str, headers: object = None) -> Any:  # Any: WeasyPrint has no types
            path = static_file(url)
            kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            return urls.URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})

    made: Fetcher = StaticFetcher(allowed_protocols=["https"], allow_redirects=False, fail_on_errors=True)
    return made


def _weasyprint() -> Any:  # Any: WeasyPrint has no types
    weasyprint = _module("weasyprint")
    tagging.remember_sources()
    return weasyprint


def _module(name: str) -> Any:  # Any: WeasyPrint has no types
    """Import at the first document, not at the start: it costs every process half a second and 23 MB."""
    return importlib.import_module(name)


@contextmanager
def _collector_off() -> Iterator[None]:
    """A render makes a great many objects and few cycles: looking for them takes a quarter of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
