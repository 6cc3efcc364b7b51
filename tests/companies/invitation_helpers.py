"""Short words for the tests of invitations: the offers, the link of a mail and its page, the form of a newcomer."""

import re
from datetime import UTC, datetime
from typing import Any

from django.test import Client

from accounts.models import OutgoingMail, User
from companies.actions.invitations import Offer
from companies.models import Company
from companies.seats import CONTRIBUTOR, Seat
from territories.models import Department
from tests.pages import signed_in

AT = datetime(2026, 11, 25, 9, tzinfo=UTC)
PASSWORD = "un corbeau sur le beffroi"
NEWCOMER = {
    "first_name": "Dominique",
    "last_name": "Artois",
    "new_password1": PASSWORD,
    "new_password2": PASSWORD,
}


LINK = "/invitation/jeton/"
GONE = "Ce lien n’est plus valable"


def opened(user: User | None = None) -> Any:  # Any: the test client's own response
    """The page behind the link."""
    return (signed_in(user) if user else Client()).get(LINK)


def sent(user: User | None = None, *, data: dict[str, str] | None = None) -> Any:  # Any: as above
    """What accepting answers."""
    return (signed_in(user) if user else Client()).post(LINK, data or {})


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
