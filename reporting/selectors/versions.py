"""The versions of a bilan that were sent: when, why, what each changed, and its files with their sizes."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from django.db.models.fields.json import KeyTransform
from django.db.models.functions import Length
from django.urls import reverse

from accounts.models import User
from documents.downloads import FORMATS, SHEETS, Download
from reporting.bilan import Revision
from reporting.models import Bilan, BilanDocument, BilanFile

AT_HAND = 32
"""How many files of sent bilans a process keeps in its memory, the last ones asked for: a few hundred kilobytes each.

They are never forgotten because something changed: what was sent does not change.
"""


class NotSent(LookupError):
    """No such file was sent of this bilan."""


class SentFile(NamedTuple):
    """A file as it was sent."""

    media_type: str
    content: bytes


@dataclass(frozen=True)
class SentVersion:
    """One version as it was sent."""

    number: int
    transmitted_on: date | None
    reason: str
    """Why it replaced the one before; empty on the first."""
    changes: tuple[Revision, ...]
    sha256: str
    """Of its PDF."""
    downloads: tuple[Download, ...]

    @property
    def slug(self) -> str:
        """Its number, for names and anchors."""
        return str(self.number)


def versions_of(user: User, bilan: Bilan) -> tuple[SentVersion, ...]:
    """Those that somebody sees of the bilan of this département and semester, the last one first. Two queries."""
    documents = (
        BilanDocument.objects.visible_to(user)
        .filter(bilan__department=bilan.department_id, bilan__semester=bilan.semester)
        .annotate(told=KeyTransform("changes", "snapshot"))
        .select_related("bilan__department")
        .defer("snapshot")
        .order_by("-bilan__version")
    )
    found = list(documents)
    sizes = _sizes([document.pk for document in found])
    return tuple(
        SentVersion(
            number=document.bilan.version,
            transmitted_on=document.bilan.transmitted_on,
            reason=document.bilan.rectification_reason,
            changes=tuple(Revision(**item) for item in document.told),
            sha256=document.sha256,
            downloads=_downloads(document.bilan, sizes[document.pk]),
        )
        for document in found
    )


@dataclass(frozen=True)
class LastSent:
    """The PDF of the last bilan that was sent."""

    transmitted_on: date | None
    downloads: tuple[Download, ...]
    """That file alone."""


def last_sent(user: User) -> LastSent | None:
    """Of the last semester, its last version, of those that somebody sees. Two queries."""
    documents = BilanDocument.objects.visible_to(user).select_related("bilan__department").defer("snapshot")
    document = documents.order_by("-bilan__semester", "-bilan__version").first()
    if document is None:
        return None
    files = _downloads(document.bilan, _sizes([document.pk])[document.pk])
    return LastSent(document.bilan.transmitted_on, tuple(one for one in files if one.kind == "pdf"))


@lru_cache(maxsize=AT_HAND)
def sent_file(bilan: UUID, kind: str) -> SentFile:
    """A file of a version as it was sent, by the key of its bilan. One query, none once it is at hand.

    Raises NotSent, which is forgotten, of a draft and of a format that did not exist when it was sent.
    """
    rows = BilanFile.objects.filter(document__bilan=bilan, kind=kind)
    found = rows.values_list("file__media_type", "file__content").first()
    if found is None:
        raise NotSent(bilan)
    media_type, content = found
    return SentFile(media_type, bytes(content))


def subject_of(bilan: Bilan) -> str:
    """« Bilan du Pas-de-Calais, 1er semestre 2019, version 2 »; a draft says that it is one."""
    end = "projet" if bilan.is_draft else f"version {bilan.version}"
    return f"Bilan {bilan.department.of_name}, {bilan.semester.label}, {end}"


def _downloads(bilan: Bilan, sizes: Mapping[str, int]) -> tuple[Download, ...]:
    place = (bilan.department_id, bilan.semester, bilan.version)
    return tuple(
        Download(reverse("bilan_version", args=[*place, kind]), subject_of(bilan), kind, sizes.get(kind))
        for kind in FORMATS
    )


def public_downloads(bilan: Bilan) -> tuple[Download, ...]:
    """The files that may go to everybody, of the last version sent: another room makes them when they are asked for."""
    place = (bilan.department_id, bilan.semester)
    subject = f"Bilan {bilan.department.of_name}, {bilan.semester.label}, version publique"
    return tuple(Download(reverse("public_download", args=[*place, kind]), subject, kind) for kind in SHEETS)


def draft_downloads(bilan: Bilan, *, query: str = "") -> tuple[Download, ...]:
    """The files of a draft, which are made when they are asked for: their size is not known."""
    place = (bilan.department_id, bilan.semester)
    return tuple(
        Download(reverse("bilan_download", args=[*place, kind]) + query, subject_of(bilan), kind) for kind in FORMATS
    )


def _sizes(documents: Collection[int]) -> Mapping[int, Mapping[str, int]]:
    """Of each file of these documents, in bytes, by format. One query; the files themselves are not read."""
    found: dict[int, dict[str, int]] = defaultdict(dict)
    rows = BilanFile.objects.filter(document__in=documents).order_by()
    for document, kind, size in rows.values_list("document", "kind", Length("file__content")):
        found[document][kind] = size
    return found
