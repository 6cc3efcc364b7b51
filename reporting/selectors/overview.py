"""The lists of bilans: per campaign for a préfecture, per département for the agency."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from conventions.models import Campaign, Convention
from reporting.models import Bilan, Sending
from reporting.selectors.alarm import Alarm, alarm_if_moved
from reporting.selectors.engaged import engaged_in
from territories.models import Department
from territories.semester import Semester


@dataclass(frozen=True)
class CampaignLine:
    """One campaign as a préfecture sees it: its last version, if there is one."""

    campaign: Campaign
    bilan: Bilan | None
    alarm: Alarm | None = None
    """What is no longer true of it, when it was sent."""
    is_leaving: bool = False
    """Whether its transmission was asked for and is under way."""


def campaign_lines(department: Department, on: date) -> list[CampaignLine]:
    """The campaigns opened by that day, the last one first. Three queries, and those of each bilan that was sent."""
    last: dict[Semester, Bilan] = {}
    rows = Bilan.objects.filter(department=department).with_last_word().select_related("department")
    for bilan in rows.order_by("version"):
        last[bilan.semester] = bilan
    waiting = Sending.objects.waiting().filter(bilan__department=department)
    leaving = set(waiting.values_list("bilan", flat=True))
    return [_line(item, last.get(item.semester), leaving, on) for item in Campaign.objects.opened_by(on)]


def _line(campaign: Campaign, bilan: Bilan | None, leaving: Collection[UUID], on: date) -> CampaignLine:
    if bilan is None or bilan.is_draft:
        return CampaignLine(campaign, bilan, is_leaving=bilan is not None and bilan.pk in leaving)
    return CampaignLine(campaign, bilan, alarm_if_moved(bilan, on))


@dataclass(frozen=True)
class DepartmentLine:
    """One département in one semester as the agency sees it; a draft is nobody's business but the préfecture's."""

    department: Department
    companies: int
    """Engaged in the semester, once each."""
    bilan: Bilan | None


def department_lines(semester: Semester) -> tuple[DepartmentLine, ...]:
    """The départements with a signed convention in the semester, or a transmitted bilan. Three queries."""
    engaged = engaged_in([semester], Convention.objects.all(), counted=semester)
    counts: Counter[str] = Counter({code: companies[semester] for code, companies in engaged.items()})
    rows = Bilan.objects.latest_transmitted().filter(semester=semester).with_last_word().select_related("department")
    sent = {bilan.department_id: bilan for bilan in rows}
    departments = Department.objects.filter(code__in={*+counts, *sent}).select_related("region")
    return tuple(DepartmentLine(item, counts[item.code], sent.get(item.code)) for item in departments)
