"""The home of the CGET: who transmitted first, then the key figures, each with how many they rest on."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from accounts.homes import Home
from accounts.models import User
from accounts.roles import Role
from conventions.models import Campaign, Convention
from conventions.models.periods import last_day_of
from french.words import whole_percentage
from indicators.models import CatalogueVersion
from reporting.consolidation import NationalFigure, consolidate
from reporting.models import Bilan
from reporting.renderers.wording import KeyFigure
from reporting.selectors.overview import sent_up_to
from territories.models import Department
from territories.semester import Semester

SENT, PREPARED, MISSING = "transmis", "en préparation", "manquant"
TONES = {SENT: "success", PREPARED: "info", MISSING: "warning"}


@dataclass(frozen=True)
class DepartmentState:
    """A département with signed conventions and how far its bilan is."""

    department: Department
    signatories: int
    state: str
    version: int
    transmitted_on: date | None
    url: str

    @property
    def tone(self) -> str:
        """Of the badge."""
        return TONES[self.state]


@dataclass(frozen=True)
class LateLine:
    """A bilan of a former semester that never came."""

    department: Department
    semester: Semester


@dataclass(frozen=True)
class NationalKey:
    """A figure of the nation as the home says it, and how many départements gave it."""

    key: KeyFigure
    departments: int

    @classmethod
    def of(cls, item: NationalFigure) -> "NationalKey":
        """From a line of the total."""
        return cls(KeyFigure.of(item.line), item.departments)


@dataclass(frozen=True)
class NationalHome:
    """Everything on the page."""

    semester: Semester | None
    lines: tuple[DepartmentState, ...]
    figures: tuple[NationalKey, ...]
    covered: int
    companies: int
    late: tuple[LateLine, ...]

    @property
    def transmitted(self) -> int:
        """How many départements have sent it."""
        return sum(line.state == SENT for line in self.lines)

    @property
    def value(self) -> str:
        """« 2 sur 3 »."""
        return f"{self.transmitted} sur {len(self.lines)}"

    @property
    def percent(self) -> int:
        """For the bar."""
        return whole_percentage(self.transmitted, len(self.lines))


def national_home(user: User, on: date) -> NationalHome:
    """The last semester whose due day is past; a constant number of queries."""
    semesters = list(Campaign.objects.filter(due_on__lt=on).order_by("-semester").values_list("semester", flat=True))
    if not semesters:
        return NationalHome(None, (), (), 0, 0, ())
    semester = semesters[0]
    departments = {row.pk: row for row in Department.objects.visible_to(user)}
    signed = _signatories(user, semesters)
    lines = _lines(departments, signed, semester)
    national = consolidate(sent_up_to(semester), semester=str(semester))
    first = CatalogueVersion.objects.in_force(on=semester.end).catalogue.headlines.nation
    return NationalHome(
        semester=semester,
        lines=lines,
        figures=tuple(NationalKey.of(item) for item in national.figures if item.line.code in first),
        covered=national.validated,
        companies=sum(line.signatories for line in lines),
        late=_late(departments, signed, semesters),
    )


def _signatories(user: User, semesters: Sequence[Semester]) -> dict[Semester, Counter[str]]:
    """How many companies are engaged, by semester and département; a renewal counts its company once. One query."""
    rows = list(
        Convention.objects.visible_to(user)
        .overlapping(semesters[-1].start, semesters[0].end)
        .values_list("company", "company__department", "starts_on", last_day_of())
    )
    engaged = {
        semester: {
            (company, code) for company, code, start, end in rows if start <= semester.end and end >= semester.start
        }
        for semester in semesters
    }
    return {semester: Counter(code for _, code in companies) for semester, companies in engaged.items()}


def _lines(
    departments: dict[str, Department], signed: dict[Semester, Counter[str]], semester: Semester
) -> tuple[DepartmentState, ...]:
    """One line per département expected. One query: of a draft, the agency learns that it exists and no more."""
    last: dict[str, Bilan] = {}
    drafts: set[str] = set()
    for bilan in Bilan.objects.filter(semester=semester).select_related("department").order_by("version"):
        if bilan.is_draft:
            drafts.add(bilan.department_id)
        else:
            last[bilan.department_id] = bilan
    lines = []
    for code, how_many in sorted(signed[semester].items()):
        sent = last.get(code)
        state = SENT if sent else PREPARED if code in drafts else MISSING
        lines.append(
            DepartmentState(
                department=departments[code],
                signatories=how_many,
                state=state,
                version=sent.version if sent else 0,
                transmitted_on=sent.transmitted_on if sent else None,
                url=reverse("bilan_detail", args=[code, semester]) if sent else "",
            )
        )
    return tuple(lines)


def _late(
    departments: dict[str, Department], signed: dict[Semester, Counter[str]], semesters: Sequence[Semester]
) -> tuple[LateLine, ...]:
    """Every past semester with conventions and without a bilan, the oldest first. One query."""
    sent = set(Bilan.objects.transmitted().order_by().values_list("department", "semester"))
    return tuple(
        LateLine(departments[code], semester)
        for semester in reversed(semesters)
        for code in sorted(signed[semester])
        if (code, semester) not in sent
    )


HOMES: Mapping[str, Home] = {Role.CGET: Home(national_home, "national/home.html")}
