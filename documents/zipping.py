"""Writes a ZIP as it is sent: one file in memory at a time, and the same files give the same bytes. Pure."""

import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

QUICK = 1
"""Of zlib: most files are compressed already."""
EARLIEST = datetime(1980, 1, 1)  # noqa: DTZ001  # the format knows no zone, and no earlier day


@dataclass(frozen=True)
class Entry:
    """One file of the archive; `read` is called when its turn comes."""

    name: str
    written_at: datetime
    read: Callable[[], bytes]


class _Pipe:
    """What the archive writes to: emptied after each file, and never gone back in."""

    def __init__(self) -> None:
        self.held: list[bytes] = []

    def write(self, data: bytes) -> int:
        self.held.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing is kept back."""

    def taken(self) -> bytes:
        """What was written since the last time."""
        data, self.held = b"".join(self.held), []
        return data


def stream(entries: Iterable[Entry]) -> Iterator[bytes]:
    """The archive, file after file, then its directory."""
    pipe: Any = _Pipe()  # Any: zipfile asks for no more than what it has
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED, compresslevel=QUICK) as archive:
        for entry in entries:
            archive.writestr(_described(entry), entry.read())
            yield pipe.taken()
    yield pipe.taken()


def _described(entry: Entry) -> zipfile.ZipInfo:
    moment = max(entry.written_at.replace(tzinfo=None), EARLIEST)
    found = zipfile.ZipInfo(entry.name, moment.timetuple()[:6])
    found.compress_type = zipfile.ZIP_DEFLATED
    found.create_system = 3
    found.external_attr = 0o644 << 16
    return found
