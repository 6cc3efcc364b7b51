"""Files in tests: one that was made of nothing, for tests that lay no document out, and the bytes of what was sent."""

from documents import filing
from documents.models import StoredFile
from reporting.bilan import BilanData
from reporting.files import FORMATS
from reporting.models import BilanDocument
from territories.clock import now


def kept(content: bytes, media_type: str = "application/pdf") -> StoredFile:
    """These bytes, kept under themselves."""
    return filing.keep(filing.key_of("test", repr(content)), content, media_type, at=now())


def blank_pdf(_data: BilanData) -> dict[str, StoredFile]:
    """What is sent when nobody reads it."""
    return {"pdf": kept(b"%PDF-1.7")}


def sent_bytes(document: BilanDocument, kind: str = "pdf") -> bytes:
    """A file as it was sent."""
    file = document.kept(kind)
    assert file is not None
    return file.data


def printed(data: BilanData) -> dict[str, bytes]:
    """Every format of a value, made now and kept nowhere."""
    return {kind: made.render(data) for kind, made in FORMATS.items()}
