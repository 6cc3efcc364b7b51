"""Reads what was sent of one bilan as its public version prints it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from accounts.models import User
from indicators.catalogue import Catalogue
from indicators.models import CatalogueVersion
from indicators.specs import Kind
from national.public import Law, hidden_in, laws_of
from reporting.bilan import BilanData
from reporting.codec import from_json_value
from reporting.figures import Figure
from reporting.models import BilanDocument
from territories.semester import Semester


class Status(StrEnum):
    """Why a number is there, or is not."""

    SHOWN = "publié"
    HIDDEN = "secret statistique"
    NOBODY = "non renseigné"


@dataclass(frozen=True)
class PublicLine:
    """One indicator; its value is None unless it is shown."""

    axis: str
    figure: Figure
    status: Status

    @property
    def value(self) -> Decimal | None:
        """What may be read."""
        return self.figure.semester if self.status is Status.SHOWN else None


@dataclass(frozen=True)
class PublicBilan:
    """The public version of a bilan: of its last version."""

    data: BilanData
    lines: tuple[PublicLine, ...]

    @property
    def transmitted_on(self) -> date:
        """The day of its last version."""
        return self.data.transmitted_at.date() if self.data.transmitted_at else self.data.as_of

    @property
    def hidden(self) -> int:
        """How many numbers are not told."""
        return sum(line.status is Status.HIDDEN for line in self.lines)


def public_bilan(user: User, department: str, semester: Semester) -> PublicBilan | None:
    """What everybody may read of a bilan that somebody sees; None where none was sent. Two queries."""
    sent = (
        BilanDocument.objects.visible_to(user)
        .filter(bilan__department=department, bilan__semester=semester)
        .select_related("answers")
        .order_by("bilan__version")
    )
    documents = list(sent)
    if not documents:
        return None
    data = from_json_value(documents[-1].snapshot)
    hidden = hidden_in([document.answers.by_code for document in documents], public_laws(), public_questions())
    return PublicBilan(data, tuple(_line(axis.label, figure, hidden) for axis in data.axes for figure in axis.figures))


def public_laws() -> tuple[Law, ...]:
    """Of every catalogue that was published: a law that no figure of the bilan is under costs nothing."""
    return tuple(dict.fromkeys(law for catalogue in _catalogues() for law in laws_of(catalogue.indicators)))


def public_questions() -> frozenset[str]:
    """The codes that a catalogue has answered by yes or no."""
    return frozenset(one.code for catalogue in _catalogues() for one in catalogue.indicators if one.kind is Kind.YES_NO)


def _catalogues() -> list[Catalogue]:
    """Every one that was published. One query."""
    return [version.catalogue for version in CatalogueVersion.objects.order_by("pk")]


def _line(axis: str, figure: Figure, hidden: frozenset[str]) -> PublicLine:
    if figure.code in hidden:
        return PublicLine(axis, figure, Status.HIDDEN)
    return PublicLine(axis, figure, Status.NOBODY if figure.semester is None else Status.SHOWN)
