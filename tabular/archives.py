"""An archive whose bytes depend on what is in it alone: no clock, no file of the machine."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

BEGINNING = (1980, 1, 1, 0, 0, 0)
"""The first instant that a ZIP can say."""


class SteadyArchive(ZipFile):
    """To be written once; openpyxl calls both methods."""

    def writestr(self, name: str, data: Any, *_: Any) -> None:  # type: ignore[override]  # Any: bytes or text
        """The mimetype of an OpenDocument stands first and is not compressed."""
        info = member(name)
        super().writestr(info, data, ZIP_STORED if info.filename == "mimetype" else ZIP_DEFLATED)

    def write(self, filename: Any, arcname: Any = None, *_args: Any, **_kwargs: Any) -> None:  # Any: ZipFile's
        with Path(filename).open("rb") as source, self.open(member(arcname), "w", force_zip64=True) as target:
            shutil.copyfileobj(source, target)


def member(name: str) -> ZipInfo:
    """A file of the archive, without a date of its own."""
    info = ZipInfo(name, BEGINNING)
    info.compress_type = ZIP_DEFLATED
    # As a file of nobody: the machine that writes it must not show.
    info.create_system = 3
    info.external_attr = 0o600 << 16
    return info


PART = 64 * 1024


def parts_of(file: IO[bytes]) -> Iterator[bytes]:
    """What was written to a file, from its beginning, part after part."""
    file.seek(0)
    while part := file.read(PART):
        yield part
