"""The lists of bilans: per campaign for a préfecture, per département for the agency, and the sum of the nation."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count

from conventions.models import Campaign, Convention
from reporting.codec import from_json_value
from reporting.consolidation import NationalTotal, Sent, consolidate
from reporting.models import Bilan, BilanDocument
from reporting.selectors.alarm import Alarm, alarm_if_moved
from territories.models import Department
from territories.semester import Semester


@dataclass(frozen=True)
class CampaignLine:
    """One campaign as a préfecture sees it: its last version, if there is one."""

    campaign: Campaign
    bilan: Bilan | None
    alarm: Alarm | None = None
    """What is no longer true of it, when it was sent."""


def campaign_lines(department: Department, on: date) -> list[CampaignLine]:
    """The campaigns opened by that day, the last one first. Two queries, and those of each bilan that was sent."""
    last: dict[Semester, Bilan] = {}
    rows = Bilan.objects.filter(department=department).with_last_word().select_related("department")
    for bilan in rows.order_by("version"):
        last[bilan.semester] = bilan
    return [_line(item, last.get(item.semester), on) for item in Campaign.objects.opened_by(on)]


def _line(campaign: Campaign, bilan: Bilan | None, on: date) -> CampaignLine:
    return CampaignLine(campaign, bilan, alarm_if_moved(bilan, on) if bilan and not bilan.is_draft else None)


@dataclass(frozen=True)
class DepartmentLine:
    """One département in one semester as the agency sees it; a draft is nobody's business but the préfecture's."""

    department: Department
    companies: int
    """Engaged in the semester, once each."""
    bilan: Bilan | None


@dataclass(frozen=True)
class Nation:
    """One semester of the nation: who transmitted, and the sum of what was transmitted."""

    semester: Semester
    lines: tuple[DepartmentLine, ...]
    data: NationalTotal

    @property
    def transmitted(self) -> int:
        """How many départements transmitted."""
        return sum(line.bilan is not None for line in self.lines)

    @property
    def missing(self) -> tuple[str, ...]:
        """The names of those that did not."""
        return tuple(str(line.department) for line in self.lines if line.bilan is None)

    @property
    def companies(self) -> int:
        """How many companies had to report: as their bilan said where one was sent, as known today elsewhere."""
        asked = {share.code: share.expected for share in self.data.shares}
        return sum(asked.get(line.department.pk, line.companies) for line in self.lines)


def department_lines(semester: Semester) -> tuple[DepartmentLine, ...]:
    """The départements with a signed convention in the semester, or a transmitted bilan. Three queries."""
    counts: Counter[str] = Counter(
        dict(
            Convention.objects.expected_in(semester)
            .order_by()
            .values_list("company__department")
            .annotate(how_many=Count("company", distinct=True))
        )
    )
    rows = Bilan.objects.latest_transmitted().filter(semester=semester).with_last_word().select_related("department")
    sent = {bilan.department_id: bilan for bilan in rows}
    departments = Department.objects.filter(code__in={*counts, *sent}).select_related("region")
    return tuple(DepartmentLine(item, counts[item.code], sent.get(item.code)) for item in departments)


def nation(semester: Semester) -> Nation:
    """The sum of the last transmitted versions of a semester; a corrected figure counts once it is transmitted."""
    return Nation(semester, department_lines(semester), consolidate(sent_up_to(semester), semester=str(semester)))


def sent_up_to(semester: Semester) -> Iterator[Sent]:
    """What each département sent: this semester, the one before, or else its last. Two queries."""
    kept: dict[str, dict[Semester, UUID]] = defaultdict(dict)
    rows = Bilan.objects.latest_transmitted().filter(semester__lte=semester).order_by("semester")
    for pk, department, of in rows.values_list("pk", "department", "semester"):
        kept[department][of] = pk
    wanted = {pk for own in kept.values() for of, pk in own.items() if of in {semester, semester.previous, max(own)}}
    documents = BilanDocument.objects.filter(bilan__in=wanted).values_list("bilan", "snapshot")
    data = {pk: from_json_value(snapshot) for pk, snapshot in documents}
    for own in kept.values():
        yield Sent(
            now=data[own[semester]] if semester in own else None,
            before=data[own[semester.previous]] if semester.previous in own else None,
            last=data[own[max(own)]],
        )
