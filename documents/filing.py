"""Keeps a file under what it was made from, so that nothing is made twice."""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from documents.models import StoredFile


def key_of(*parts: str) -> str:
    """The key of a file made from these parts: the value, the format, the code that prints; SHA-256 in hexadecimal."""
    # Each part with its length: « ab », « c » is not « a », « bc ».
    return hashlib.sha256("".join(f"{len(part)}:{part}" for part in parts).encode()).hexdigest()


def stored(key: str) -> StoredFile | None:
    """The file kept under this key, unless its bytes are no longer those that were kept. One query."""
    found = StoredFile.objects.filter(key=key).first()
    return found if found and found.is_intact else None


def how_many(keys: Iterable[str]) -> int:
    """Under how many of these keys a file is kept. One query."""
    return StoredFile.objects.filter(key__in=list(keys)).count()


def keep(key: str, content: bytes, media_type: str, *, at: datetime) -> StoredFile:
    """Keep a file; when somebody kept one under this key meanwhile, theirs is the file, if it is intact."""
    made = {
        "content": content,
        "sha256": hashlib.sha256(content).hexdigest(),
        "media_type": media_type,
        "made_at": at,
    }
    file = StoredFile.objects.get_or_create(key=key, defaults=made)[0]
    return file if file.is_intact else StoredFile.objects.update_or_create(key=key, defaults=made)[0]


def fingerprint_of(root: Path, sources: Iterable[tuple[str, str]]) -> str:
    """SHA-256 of the files of these folders whose names fit, in hexadecimal: that of what makes a file."""
    found = hashlib.sha256()
    for path in _files(root, sources):
        found.update(path.read_bytes())
    return found.hexdigest()


def _files(root: Path, sources: Iterable[tuple[str, str]]) -> Iterator[Path]:
    for folder, pattern in sources:
        paths = (root / folder).glob(pattern) if folder == "." else (root / folder).rglob(pattern)
        yield from sorted(path for path in paths if path.is_file() and "__pycache__" not in path.parts)
