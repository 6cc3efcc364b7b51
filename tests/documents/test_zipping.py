"""An archive is written as it is sent, and is the same each time."""

import io
import zipfile
from datetime import UTC, datetime

from documents.zipping import Entry, stream

AT = datetime(2019, 9, 15, 8, 30, 2, tzinfo=UTC)


def entries(read: list[str]) -> list[Entry]:
    """Two files, and the order in which they are read."""

    def told(name: str, content: bytes) -> bytes:
        read.append(name)
        return content

    return [
        Entry("a/é.txt", AT, lambda: told("a", b"premier")),
        Entry("b.bin", datetime(1970, 1, 1, tzinfo=UTC), lambda: told("b", bytes(100_000))),
    ]


def test_each_file_is_read_when_its_turn_comes() -> None:
    read: list[str] = []
    parts = stream(entries(read))

    first = next(parts)

    assert read == ["a"]
    assert first.startswith(b"PK\x03\x04")
    whole = first + b"".join(parts)
    assert read == ["a", "b"]
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        assert archive.testzip() is None
        assert {item.filename: item.date_time for item in archive.infolist()} == {
            "a/é.txt": (2019, 9, 15, 8, 30, 2),
            "b.bin": (1980, 1, 1, 0, 0, 0),
        }
        assert archive.read("a/é.txt") == b"premier"


def test_the_same_files_give_the_same_bytes() -> None:
    assert b"".join(stream(entries([]))) == b"".join(stream(entries([])))
