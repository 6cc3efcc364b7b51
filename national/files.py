"""The files of the consolidated bilan: each made once for a value, found again under what it is made from."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from documents import filing
from documents.models import StoredFile
from national import renderers
from national.value import Consolidated, NationalTotal
from reporting.codec import encode
from reporting.files import DOWNLOADS, PRINTING
from territories.clock import now


@dataclass(frozen=True)
class Format:
    """What the end of an address gives."""

    name: str
    """In a sentence, after « le »."""
    media_type: str
    render: Callable[[Consolidated], bytes]


RENDER: dict[str, Callable[[Consolidated], bytes]] = {
    "pdf": renderers.to_pdf,
    "xlsx": renderers.to_xlsx,
    "ods": renderers.to_ods,
    "csv": renderers.to_csv,
    "json": renderers.to_json,
}
FORMATS = {kind: Format(DOWNLOADS[kind].name, DOWNLOADS[kind].media_type, render) for kind, render in RENDER.items()}
"""The files that people download, by the end of their address: those of a bilan."""

SUMS: dict[str, Callable[[NationalTotal], bytes]] = {"csv": renderers.sums_to_csv}
"""Those that say nothing but the sums: made while one waits, as it takes no longer than looking for them."""

OWN_PRINTING = (*PRINTING, ("national", "*.py"), ("templates/national", "*"))


def fingerprint(total: NationalTotal) -> str:
    """SHA-256 of the sums, in hexadecimal: they name every version that they count, which never changes."""
    return hashlib.sha256(json.dumps(encode(total), ensure_ascii=False).encode()).hexdigest()


def key_of(total: NationalTotal, kind: str) -> str:
    """The key under which a file is kept."""
    return _key(fingerprint(total), kind)


def how_many_made(total: str) -> int:
    """Of the formats, those that are made already of the sums of this fingerprint. One query."""
    return filing.how_many(_key(total, kind) for kind in FORMATS)


def _key(total: str, kind: str) -> str:
    return filing.key_of("national", total, kind, printer())


def make(data: Consolidated, kind: str) -> StoredFile:
    """The file of a value, made when nobody made it before."""
    key = key_of(data.total, kind)
    made = FORMATS[kind]
    return filing.stored(key) or filing.keep(key, made.render(data), made.media_type, at=now())


def make_all(data: Consolidated) -> dict[str, StoredFile]:
    """Every file of a value, by format: what a frozen version keeps."""
    return {kind: make(data, kind) for kind in FORMATS}


@cache
def printer() -> str:
    """A fingerprint of what prints: another one, and files are made anew."""
    return filing.fingerprint_of(Path(settings.BASE_DIR), OWN_PRINTING)
