"""Open the collection of a semester and change its dates."""

from collections.abc import Collection
from datetime import date

from django.db import transaction

from conventions.actions.opening import open_submissions
from conventions.models import Campaign, CampaignReminder, Convention
from territories.semester import Semester


@transaction.atomic
def plan(
    semester: Semester, *, opens_on: date, due_on: date, locks_on: date, reminders: Collection[date] = ()
) -> Campaign:
    """Create the campaign of a semester, or change its dates; every signed convention then has its submission."""
    campaign, _ = Campaign.objects.update_or_create(
        semester=semester, defaults={"opens_on": opens_on, "due_on": due_on, "locks_on": locks_on}
    )
    campaign.reminders.exclude(on__in=reminders).delete()
    known = set(campaign.reminders.values_list("on", flat=True))
    CampaignReminder.objects.bulk_create(CampaignReminder(campaign=campaign, on=on) for on in set(reminders) - known)
    open_submissions(campaign, Convention.objects.expected_in(semester))
    return campaign
