"""Who owes which bilan: every département and collectivity, over the campaigns that companies have answered."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from django.urls import reverse

from accounts.models import User
from conventions.models import Campaign, Convention
from french.numbers import NO_BREAK_SPACE
from french.words import long_date
from national.tiles import Standing
from reporting.models import Bilan
from reporting.selectors.engaged import Engaged, engaged_in
from territories.models import Department
from territories.semester import Semester

TONES = {Standing.SENT: "success", Standing.PREPARED: "info", Standing.LATE: "warning"}
"""Of the badge of a state."""


@dataclass(frozen=True)
class Version:
    """One version of a bilan, as little of it as says who sent what; of a draft the agency learns that it exists."""

    pk: UUID
    number: int
    sent_at: datetime | None
    """None: it is being prepared."""


@dataclass(frozen=True)
class Line:
    """One territory in one semester, and how far its bilan is."""

    department: Department
    companies: int | None
    """Engaged in the semester, as is known today; None where the board does not count them."""
    standing: Standing
    campaign: Campaign
    sent: Version | None
    """The last version that was."""
    is_begun: bool
    """Whether a first version is being prepared."""

    @cached_property
    def detail(self) -> str:
        """What the state does not say: « le 12 juillet 2019, version 2 », « depuis le 15 septembre 2019, commencé »."""
        match self.standing:
            case Standing.SENT if self.sent and self.sent.sent_at:
                version = f", version{NO_BREAK_SPACE}{self.sent.number}" if self.sent.number > 1 else ""
                return f"le {long_date(self.department.local(self.sent.sent_at).date())}{version}"
            case Standing.LATE:
                return f"depuis le {long_date(self.campaign.bilan_due_on)}{', commencé' if self.is_begun else ''}"
            case Standing.PREPARED | Standing.DUE:
                return f"pour le {long_date(self.campaign.bilan_due_on)}"
        return ""

    @property
    def tone(self) -> str:
        """Of the badge."""
        return TONES.get(self.standing, "")

    @cached_property
    def url(self) -> str:
        """Where what was sent is read; empty before."""
        return reverse("bilan_detail", args=[self.department.pk, self.campaign.semester]) if self.sent else ""


@dataclass(frozen=True)
class Late:
    """A territory that owes bilans, their day past."""

    department: Department
    owed: tuple[Line, ...]
    """The oldest first."""


@dataclass(frozen=True)
class Board:
    """Everything that tells who sent and who is waited for; asked of it, nothing is read again."""

    on: date
    campaigns: tuple[Campaign, ...]
    """Those whose companies had their time, the last one first."""
    departments: Mapping[str, Department]
    counted: Semester | None
    """The semester in which companies are counted."""
    engaged: Engaged
    versions: Mapping[tuple[str, Semester], tuple[Version, ...]]
    """Every version, the first one first."""

    @property
    def territories(self) -> tuple[Department, ...]:
        """The départements, then the collectivities, which have no région, by code."""
        return tuple(sorted(self.departments.values(), key=lambda item: (item.region_id is None, item.pk)))

    def line(self, department: Department, campaign: Campaign) -> Line:
        """How far the bilan of a territory is. It is late, and never before, when its own due day is past."""
        versions = self.versions.get((department.pk, campaign.semester), ())
        sent = [version for version in versions if version.sent_at]
        engaged = self.engaged.get(department.pk, {}).get(campaign.semester, 0)
        is_begun = bool(versions) and not sent
        if sent:
            standing = Standing.SENT
        elif not engaged:
            standing = Standing.WITHOUT
        elif campaign.bilans_are_late(self.on):
            standing = Standing.LATE
        else:
            standing = Standing.PREPARED if is_begun else Standing.DUE
        companies = engaged if campaign.semester == self.counted else None
        return Line(department, companies, standing, campaign, sent[-1] if sent else None, is_begun)

    def lines(self, campaign: Campaign) -> tuple[Line, ...]:
        """Every département, then the collectivities that have a PAQTE: a collectivity need not have one."""
        found = (self.line(place, campaign) for place in self.territories)
        return tuple(one for one in found if one.department.region_id or one.standing is not Standing.WITHOUT)

    def owed(self, department: Department) -> tuple[Line, ...]:
        """The bilans that this territory is late with, the oldest first."""
        engaged = self.engaged.get(department.pk, {})
        lines = (self.line(department, one) for one in reversed(self.campaigns) if engaged.get(one.semester))
        return tuple(line for line in lines if line.standing is Standing.LATE)

    @property
    def sent(self) -> Mapping[str, Mapping[Semester, UUID]]:
        """The last version that each territory sent, of each semester."""
        found: dict[str, dict[Semester, UUID]] = defaultdict(dict)
        for (code, semester), versions in self.versions.items():
            for version in versions:
                if version.sent_at:
                    found[code][semester] = version.pk
        return found

    @property
    def late(self) -> tuple[Late, ...]:
        """Those that owe some, who has for longest first."""
        found = (Late(place, owed) for place in self.territories if (owed := self.owed(place)))
        return tuple(sorted(found, key=lambda item: (item.owed[0].campaign.bilan_due_on, item.department.pk)))


def board(user: User, on: date, *, semester: Semester | None = None, department: str = "") -> Board:
    """The board of a day, of every territory or of one. Four queries.

    Companies are counted in one semester, the last if none is told.
    """
    campaigns = tuple(Campaign.objects.filter(due_on__lt=on).order_by("-semester"))
    places = Department.objects.visible_to(user).select_related("region")
    departments = {row.pk: row for row in (places.filter(pk=department) if department else places)}
    semesters = [campaign.semester for campaign in campaigns]
    counted = semester or next(iter(semesters), None)
    return Board(
        on=on,
        campaigns=campaigns,
        departments=departments,
        counted=counted,
        engaged=engaged_in(semesters, Convention.objects.visible_to(user), counted=counted),
        versions=_versions(departments, semesters),
    )


def _versions(
    departments: Collection[str], semesters: Sequence[Semester]
) -> Mapping[tuple[str, Semester], tuple[Version, ...]]:
    """Every version by territory and semester. One query."""
    found: dict[tuple[str, Semester], list[Version]] = defaultdict(list)
    rows = Bilan.objects.filter(department__in=departments, semester__in=semesters).order_by("version")
    told = rows.values_list("department", "semester", "pk", "version", "transmitted_at")
    for department, semester, pk, number, sent_at in told:
        found[department, semester].append(Version(pk, number, sent_at))
    return {key: tuple(versions) for key, versions in found.items()}
