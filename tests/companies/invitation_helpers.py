"""Short words for the tests of invitations: the offers, the link that a mail holds, the form of a newcomer."""

import re
from datetime import UTC, datetime

from accounts.models import OutgoingMail
from companies.actions.invitations import Offer
from companies.models import Company
from companies.seats import CONTRIBUTOR, Seat
from territories.models import Department

AT = datetime(2026, 11, 25, 9, tzinfo=UTC)
PASSWORD = "un corbeau sur le beffroi"
NEWCOMER = {
    "first_name": "Dominique",
    "last_name": "Artois",
    "new_password1": PASSWORD,
    "new_password2": PASSWORD,
}


def to_company(company: Company, email: str = "nouveau@example.org", seat: Seat = CONTRIBUTOR) -> Offer:
    """A seat in a company."""
    return Offer(email, seat, department=company.department, company=company)


def to_department(code: str, seat: Seat, email: str = "nouveau@example.org", *portfolio: Company) -> Offer:
    """A seat in a département."""
    return Offer(email, seat, department=Department.objects.get(pk=code), portfolio=portfolio)


def last_link() -> str:
    """The path of the link in the last mail queued."""
    found = re.search(r"http://testserver(/invitation/[^/\s]+/)\n", OutgoingMail.objects.latest("created_at").body)
    assert found
    return found[1]
