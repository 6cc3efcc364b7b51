"""Keeps a file under what it was made from, so that nothing is made twice."""

import hashlib
from datetime import datetime

from documents.models import StoredFile


def key_of(*parts: str) -> str:
    """The key of a file made from these parts: the value, the format, the code that prints; SHA-256 in hexadecimal."""
    # Each part with its length: « ab », « c » is not « a », « bc ».
    return hashlib.sha256("".join(f"{len(part)}:{part}" for part in parts).encode()).hexdigest()


def stored(key: str) -> StoredFile | None:
    """The file kept under this key. One query."""
    return StoredFile.objects.filter(key=key).first()


def keep(key: str, content: bytes, media_type: str, *, at: datetime) -> StoredFile:
    """Keep a file; when somebody kept one under this key meanwhile, theirs is the file."""
    made = {
        "content": content,
        "sha256": hashlib.sha256(content).hexdigest(),
        "media_type": media_type,
        "made_at": at,
    }
    return StoredFile.objects.get_or_create(key=key, defaults=made)[0]
