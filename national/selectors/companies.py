"""What bilans say of their companies, as they were sent: the agency sees nothing else of a company."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models.fields.json import KeyTransform

from accounts.models import User
from companies.naf import section_of
from reporting.bilan import BilanData, Example, Movement, Signatory, SpecificLine
from reporting.codec import from_json_value
from reporting.models import BilanDocument
from territories.semester import Semester

ANSWERED, PENDING, SILENT = "réponse validée", "réponse reçue, non validée", "silencieuse"
SHARED = "non distinguée d’une entreprise du même nom"
ANSWERS = (ANSWERED, PENDING, SILENT, SHARED)


@dataclass(frozen=True)
class SentCompany:
    """One company in one version of a bilan."""

    data: BilanData
    """The version it is told of in."""
    line: Signatory
    answer: str
    """Whether it reported."""
    movements: tuple[Movement, ...]
    specific: tuple[SpecificLine, ...]
    examples: tuple[tuple[str, Example], ...]
    """Each with the label of its axis."""
    namesakes: int
    """How many others the bilan names alike: what it says by name may be theirs."""


def sent_versions(user: User, department: str, semester: Semester) -> tuple[BilanData, ...]:
    """Every version that was sent of a bilan, the last one first. One query."""
    rows = BilanDocument.objects.visible_to(user).filter(bilan__department=department, bilan__semester=semester)
    snapshots = rows.order_by("-bilan__version").values_list("snapshot", flat=True)
    return tuple(map(from_json_value, snapshots))


@dataclass(frozen=True)
class Wanted:
    """What narrows a list of companies; empty: all of them."""

    category: str = ""
    axis: str = ""
    """Its label."""
    answer: str = ""
    sector: str = ""
    section: str = ""
    """The letter of the NAF."""

    def keeps(self, one: SentCompany) -> bool:
        """Whether a company is what is wanted."""
        line = one.line
        wanted = (
            (self.category, line.category),
            (self.answer, one.answer),
            (self.sector, line.sector),
            (self.section, section_of(line.naf)),
        )
        return all(asked in {"", found} for asked, found in wanted) and (not self.axis or self.axis in line.axes)


def companies_in(data: BilanData, wanted: Wanted) -> tuple[SentCompany, ...]:
    """The signatories of a version, in its order."""
    return tuple(one for line in data.signatories if wanted.keeps(one := _company(data, line)))


def company_in(versions: Iterable[BilanData], siret: str) -> tuple[SentCompany, ...]:
    """One company, in each of these versions that has it."""
    return tuple(_company(data, line) for data in versions for line in data.signatories if line.siret == siret)


def semesters_of(user: User, department: str, siret: str) -> tuple[Semester, ...]:
    """Those whose bilan, sent by this département, has this company; the last one first. One query."""
    rows = BilanDocument.objects.visible_to(user).filter(bilan__department=department)
    told = rows.annotate(told=KeyTransform("signatories", "snapshot")).order_by("-bilan__semester")
    found = (
        of for of, lines in told.values_list("bilan__semester", "told") if any(one["siret"] == siret for one in lines)
    )
    return tuple(dict.fromkeys(found))


def _company(data: BilanData, line: Signatory) -> SentCompany:
    """By its reference, or by its name where the bilan has no other."""
    told = ((axis.label, example) for axis in data.axes for example in axis.examples)
    return SentCompany(
        data=data,
        line=line,
        answer=_answer(data, line),
        movements=tuple(one for one in data.movements if one.reference == line.reference),
        specific=tuple(one for one in data.specific if one.company == line.company),
        examples=tuple((axis, one) for axis, one in told if one.company == line.company),
        namesakes=_named(data, line) - 1,
    )


def _named(data: BilanData, line: Signatory) -> int:
    return sum(one.company == line.company for one in data.signatories)


def _answer(data: BilanData, line: Signatory) -> str:
    """A bilan names who is missing: of several companies of one name, that of all of them or nothing sure."""
    silent, pending = (names.count(line.company) for names in (data.completeness.silent, data.completeness.pending))
    every = _named(data, line)
    for answer, number in ((SILENT, silent), (PENDING, pending), (ANSWERED, every - silent - pending)):
        if number == every:
            return answer
    return SHARED
