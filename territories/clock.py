"""The only place where the clock is read. Outside production PAQTE_TODAY moves the day, never the time of tokens."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from territories.models import Department


def now(department: Department | None = None) -> datetime:
    """This instant in the local time of the département (Paris without one), on the day of PAQTE_TODAY when set."""
    instant = timezone.now().astimezone(zone_of(department))
    demo_day: date | None = settings.PAQTE_TODAY
    return datetime.combine(demo_day, instant.timetz()) if demo_day else instant


def zone_of(department: Department | None) -> ZoneInfo:
    """The hours that the people of the département live by; those of Paris without one."""
    return department.zone if department else ZoneInfo(settings.TIME_ZONE)


def today(department: Department | None = None) -> date:
    """The local date of the département, as every deadline of the programme reads it."""
    return now(department).date()
