"""Open the collection of a semester and change its dates."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from conventions.actions.opening import open_submissions
from conventions.models import Campaign, CampaignLog, CampaignReminder, Convention
from conventions.models.campaign import TO_WRITE_A_BILAN
from conventions.transitions import CAMPAIGN, CHANGE_DATES
from territories.locks import lock_departments
from territories.models import Department
from territories.semester import Semester
from workflows.tables import CREATION

Days = Mapping[str, list[str]]
"""By the name of a date of a campaign, or `reminders`: the days, as ISO writes them."""


@transaction.atomic
def plan(
    semester: Semester,
    *,
    opens_on: date,
    due_on: date,
    locks_on: date,
    bilan_due_on: date | None = None,
    at: datetime,
    by: User,
    reminders: Collection[date] = (),
) -> Campaign:
    """Create the campaign of a semester, or change its dates; every signed convention then has its submission.

    Without `bilan_due_on`, the préfectures have the usual time after the companies. The same for the whole country: it
    is the agency's, and its journal keeps what the dates were. Raises WrongRole.
    """
    CAMPAIGN.check_act(CHANGE_DATES, acting_as=by.role_today)
    # A signature recorded at this instant either finds this campaign, or is found by it.
    lock_departments(Department.objects.values_list("pk", flat=True))
    dates = {"opens_on": opens_on, "due_on": due_on, "locks_on": locks_on}
    dates["bilan_due_on"] = bilan_due_on or due_on + TO_WRITE_A_BILAN
    former = Campaign.objects.filter(semester=semester).first()
    known = set(former.reminders.values_list("on", flat=True)) if former else set()
    before = _days({name: getattr(former, name) for name in dates}, known) if former else {}
    campaign, _ = Campaign.objects.update_or_create(semester=semester, defaults=dates)
    campaign.reminders.exclude(on__in=reminders).delete()
    CampaignReminder.objects.bulk_create(CampaignReminder(campaign=campaign, on=on) for on in set(reminders) - known)
    _tell(campaign, before, _days(dates, reminders), at=at, by=by)
    open_submissions(campaign, conventions=Convention.objects.expected_in(semester))
    return campaign


def _days(dates: Mapping[str, date], reminders: Iterable[date]) -> Days:
    found = {name: [day.isoformat()] for name, day in dates.items()}
    return found | {"reminders": sorted(day.isoformat() for day in set(reminders))}


def _tell(campaign: Campaign, before: Days, after: Days, *, at: datetime, by: User) -> None:
    """A line of the journal, of the dates that changed; none when none did."""
    facts = {name: [before.get(name, []), days] for name, days in after.items() if before.get(name, []) != days}
    if facts:
        transition = CHANGE_DATES if before else CREATION
        CampaignLog.objects.create(campaign=campaign, at=at, by=by, transition=transition, facts=facts)
