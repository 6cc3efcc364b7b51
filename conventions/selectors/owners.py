"""What has no active owner: nobody would notice, since whoever should is gone."""

from collections import Counter
from datetime import date

from accounts.roles import Role
from companies.models import Company, Portfolio
from conventions.models import Convention
from territories.models import Department


def companies_without_member(on: date) -> list[Company]:
    """Those with a convention in force that day, and no member whose account is active. One query."""
    running = Convention.objects.running_on(on).values("company")
    found = Company.objects.filter(pk__in=running).exclude(memberships__user__is_active=True)
    return list(found.select_related("department").order_by("department", "name_key"))


def portfolios_of_people_gone() -> dict[str, int]:
    """How many companies are entrusted to each animateur whose account is closed, by name and place. One query."""
    rows = Portfolio.objects.filter(user__is_active=False).select_related("user__department")
    return dict(Counter(f"{row.user}, {row.user.department}" for row in rows.order_by("user__name_key")))


def departments_without_referent(on: date) -> list[Department]:
    """Those with a convention in force that day, and no active référent. One query."""
    running = Convention.objects.running_on(on).values("company__department")
    active = {"users__role": Role.REFERENT, "users__is_active": True}
    return list(Department.objects.filter(pk__in=running).exclude(pk__in=Department.objects.filter(**active)))
