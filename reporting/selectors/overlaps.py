"""What may be counted twice in one semester of one département, read in a constant number of queries."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, Q

from companies.models import Company, GroupLink, name_on
from conventions.models import ElsewhereFlag
from conventions.models.periods import last_day_of
from french.words import YES
from indicators.specs import IndicatorSpec, Kind
from reporting.method import Ground
from reporting.method.comparison import counted
from reporting.method.ground import Company as Key
from reporting.method.overlaps import (
    DoubleCounts,
    Member,
    Overlap,
    Ruling,
    Settled,
    Values,
    double_counts,
    reporters,
)
from reporting.models import Arbitration
from reporting.selectors.ground import Rows, ground_of
from reporting.selectors.perimeter import Perimeter, perimeter
from territories.semester import Semester


@dataclass(frozen=True)
class OverlapLine:
    """One indicator that a group gave several times, as its page shows it."""

    overlap: Overlap
    indicator: IndicatorSpec

    @property
    def unit(self) -> str:
        """What follows its numbers: a yes is counted in « oui »."""
        return YES if self.indicator.kind is Kind.YES_NO else self.indicator.unit.symbol

    def rank(self) -> tuple[int, int]:
        """The order of pages: axis by axis, as the circular has them."""
        return self.indicator.axis.order, self.indicator.position


@dataclass(frozen=True)
class GroupOverlap:
    """All that a group gave several times in a semester, who may be kept, and what was decided, the last first."""

    name: str
    lines: tuple[OverlapLine, ...]
    companies: Mapping[UUID, str]
    """The names, by the keys."""
    decisions: tuple[Arbitration, ...]


def overlaps_of(department: str, semester: Semester, values: Values) -> DoubleCounts:
    """What groups may have given twice and what is counted elsewhere, by what counts today.

    `values` by code and company (the text of its key). Four queries.
    """
    return double_counts(values, _members(department, semester), _settled(department, semester))


def group_overlap(department: str, semester: Semester, group: str) -> GroupOverlap | None:
    """The same of one group (a SIREN); None when nothing of it is given twice."""
    now = perimeter(department, semester)
    values, members = values_of(now, ground_of(Rows.of(department), now)), _members(department, semester)
    found = double_counts(values, members, _settled(department, semester)).overlaps
    own = [item for item in found if item.group == group]
    if not own:
        return None
    specs = {spec.code: spec for spec in now.specs}
    lines = (OverlapLine(item, specs[item.code]) for item in own)
    decisions = Arbitration.objects.filter(department=department, semester=semester, group=group)
    return GroupOverlap(
        name=own[0].group_name,
        lines=tuple(sorted(lines, key=OverlapLine.rank)),
        companies={UUID(str(key)): members[key].name for key in reporters(values, members, group)},
        decisions=tuple(decisions.select_related("company", "by").order_by("-number")),
    )


def values_of(now: Perimeter, ground: Ground) -> Values:
    """What the figures of a semester sum, by code and company. No query."""
    return {spec.code: dict(counted(spec, ground.semester, ground)) for spec in now.specs}


def _members(department: str, semester: Semester) -> dict[Key, Member]:
    """Every company of the département, as the last day of the semester finds it."""
    links = GroupLink.objects.filter(company__department=department).in_force_on(semester.end)
    groups = {company: (siren, name) for company, siren, name in links.values_list("company", "group", "group__name")}
    elsewhere = _elsewhere(department, semester)
    rows = Company.objects.filter(department=department).order_by().annotate(called=name_on(semester.end, company=""))
    return {
        str(key): Member(name, *groups.get(key, (siren, own_name)), elsewhere=elsewhere.get(key, ""))
        for key, name, siren, own_name in rows.values_list("pk", "called", "legal_unit", "legal_unit__name")
    }


def _elsewhere(department: str, semester: Semester) -> dict[UUID, str]:
    """Where the convention that reports is counted too, on the last day of the semester or its own."""
    flags = (
        ElsewhereFlag.objects.filter(
            convention__submissions__semester=semester, convention__company__department=department
        )
        .annotate(last_day=last_day_of("convention__"))
        .filter(Q(until=None) | Q(until__gte=semester.end) | Q(until__gte=F("last_day")), since__lte=semester.end)
    )
    return dict(flags.values_list("convention__company", "where"))


def _settled(department: str, semester: Semester) -> dict[str, Settled]:
    """What was decided last of each group, by SIREN."""
    rows = Arbitration.objects.filter(department=department, semester=semester).order_by("number")
    return {
        group: Settled(Ruling(ruling), reason, str(company))
        for group, ruling, reason, company in rows.values_list("group", "ruling", "reason", "company")
    }
