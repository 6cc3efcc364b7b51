"""The files of every bilan of a semester, as they were sent: what the archive of the agency holds, and its index."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import F
from django.db.models.functions import Length

from accounts.models import User
from documents.zipping import Entry
from national.selection import Selection
from national.totals import pks, versions
from reporting.bilan import file_name
from reporting.files import DOWNLOADS
from reporting.models import BilanFile
from tabular import writing
from tabular.cells import Cell, Table
from territories.models import Department
from territories.semester import Semester

INDEX = "index.csv"
HEADERS = ("Fichier", "Code", "Département", "Version", "Transmis le", "Format", "Octets", "Empreinte SHA-256")


@dataclass(frozen=True)
class SentFile:
    """One file as it was sent, without its bytes."""

    pk: int
    code: str
    department: str
    version: int
    transmitted_at: datetime
    kind: str
    octets: int
    sha256: str
    name: str

    @property
    def line(self) -> tuple[Cell, ...]:
        """Of the index."""
        day = self.transmitted_at.date()
        return self.name, self.code, self.department, self.version, day, self.kind, self.octets, self.sha256


def sent_files(user: User, semester: Semester, selection: Selection) -> tuple[SentFile, ...]:
    """Those of the last version of each bilan, département after département. Three queries, and no byte of a file."""
    known = versions(semester, selection.within)
    places = {place.code: place for place in Department.objects.visible_to(user)}
    order = {kind: rank for rank, kind in enumerate(DOWNLOADS)}
    rows = (
        BilanFile.objects.visible_to(user)
        .filter(document__bilan__in=pks(known.now), kind__in=DOWNLOADS)
        .annotate(octets=Length("file__content"))
        .values(
            *("pk", "kind", "octets"),
            sha256=F("file__sha256"),
            code=F("document__bilan__department"),
            version=F("document__bilan__version"),
            at=F("document__bilan__transmitted_at"),
        )
    )
    found = (_sent(row, places[row["code"]], semester) for row in rows)
    return tuple(sorted(found, key=lambda file: (file.code, order[file.kind])))


def entries(files: tuple[SentFile, ...]) -> Iterator[Entry]:
    """The index, then each file, read when its turn comes."""
    index = writing.to_csv(Table("Index", HEADERS, tuple(file.line for file in files)), unknown="")
    yield Entry(INDEX, max(file.transmitted_at for file in files), lambda: index)
    for file in files:
        yield Entry(file.name, file.transmitted_at, partial(_bytes, file.pk))


def _sent(row: Mapping[str, Any], place: Department, semester: Semester) -> SentFile:  # Any: values of columns
    return SentFile(
        pk=row["pk"],
        code=place.code,
        department=place.name,
        version=row["version"],
        transmitted_at=place.local(row["at"]),
        kind=row["kind"],
        octets=row["octets"],
        sha256=row["sha256"],
        name=f"{place.code}/{file_name(place.code, semester, row['kind'], version=row['version'])}",
    )


def _bytes(pk: int) -> bytes:
    (content,) = BilanFile.objects.filter(pk=pk).values_list("file__content", flat=True)
    return bytes(content)
