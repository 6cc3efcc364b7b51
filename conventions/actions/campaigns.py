"""Open the collection of a semester and change its dates."""

from collections.abc import Collection
from datetime import date

from django.db import transaction

from accounts.models import User
from accounts.roles import Role
from conventions.actions.opening import open_submissions
from conventions.models import Campaign, CampaignReminder, Convention
from conventions.models.campaign import TO_WRITE_A_BILAN
from territories.locks import lock_departments
from territories.models import Department
from territories.semester import Semester
from workflows.tables import WrongRole


@transaction.atomic
def plan(
    semester: Semester,
    *,
    opens_on: date,
    due_on: date,
    locks_on: date,
    bilan_due_on: date | None = None,
    by: User,
    reminders: Collection[date] = (),
) -> Campaign:
    """Create the campaign of a semester, or change its dates; every signed convention then has its submission.

    Without `bilan_due_on`, the préfectures have the usual time after the companies. The same for the whole country: it
    is the agency's. Raises WrongRole.
    """
    if not by.is_active or by.role != Role.CGET:
        raise WrongRole(["Seul un agent du CGET fixe les dates d’une campagne."])
    # A signature recorded at this instant either finds this campaign, or is found by it.
    lock_departments(Department.objects.values_list("pk", flat=True))
    dates = {"opens_on": opens_on, "due_on": due_on, "locks_on": locks_on}
    dates["bilan_due_on"] = bilan_due_on or due_on + TO_WRITE_A_BILAN
    campaign, _ = Campaign.objects.update_or_create(semester=semester, defaults=dates)
    campaign.reminders.exclude(on__in=reminders).delete()
    known = set(campaign.reminders.values_list("on", flat=True))
    CampaignReminder.objects.bulk_create(CampaignReminder(campaign=campaign, on=on) for on in set(reminders) - known)
    open_submissions(campaign, conventions=Convention.objects.expected_in(semester))
    return campaign
