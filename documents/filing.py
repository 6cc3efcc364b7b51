"""Keeps a file under what it was made from, so that nothing is made twice."""

import hashlib
from datetime import datetime

from documents.models import StoredFile


def key_of(*parts: str) -> str:
    """The key of a file made from these parts: the value, the format, the code that prints; SHA-256 in hexadecimal."""
    # Each part with its length: « ab », « c » is not « a », « bc ».
    return hashlib.sha256("".join(f"{len(part)}:{part}" for part in parts).encode()).hexdigest()


def stored(key: str) -> StoredFile | None:
    """The file kept under this key, unless its bytes are no longer those that were kept. One query."""
    found = StoredFile.objects.filter(key=key).first()
    return found if found and found.is_intact else None


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
