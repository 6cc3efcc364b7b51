"""The national set, loaded once per run in three steps: what grows with the nation is measured at each."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import User
from demonstration.answering import SEMESTERS
from demonstration.national import seed_national
from demonstration.people import DOMAIN
from reporting import actions
from reporting.models import Bilan
from reporting.selectors import ground
from territories.models import Department
from tests.benchmark.measures import Timing, timed, within
from tests.factories import PASSWORD
from tests.pages import signed_in

TODAY = date(2021, 1, 20)
"""The campaign of the last semester is open."""

STEPS = (3, 10, 101)
COMPANIES = 100
OPEN, LAST = SEMESTERS[-1], SEMESTERS[-2]


@dataclass(frozen=True)
class Nation:
    """What was measured on the way, by number of départements."""

    timings: Mapping[int, Mapping[str, Timing]]
    home: str
    """The département whose people look."""

    def at(self, departments: int, name: str) -> Timing:
        """One page at one size."""
        return self.timings[departments][name]


def load() -> Nation:
    """Write the whole set, measuring the pages at each size."""
    places = list(Department.objects.exclude(region=None).order_by("pk"))
    home, timings, spent, results = places[0].pk, {}, 0.0, 0
    for step in STEPS:
        start = time.perf_counter()
        results += seed_national(departments=places[:step], companies=COMPANIES, password=PASSWORD).results
        _settle()
        spent += time.perf_counter() - start
        _draft(places[0])
        timings[step] = {name: timed(look(home)) for name, look in PAGES.items()}
    within(f"chargement du pays, {results} résultats", spent, 600)
    return Nation(timings, home)


def _settle() -> None:
    """What autovacuum does on PostgreSQL after so many rows."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def _draft(department: Department) -> None:
    """The bilan that the référent writes while the campaign is open."""
    if not Bilan.objects.of(department.pk, OPEN).exists():
        at = datetime(2021, 1, 15, 9, tzinfo=UTC)
        actions.start(department=department, semester=OPEN, at=at, by=account("referent", department.pk))


def account(name: str, department: str = "") -> User:
    """An account of the set."""
    place = f".{department.lower()}" if department else ""
    return User.objects.get(email=f"{name}{place}@{DOMAIN}")


def opened(client: Client, address: str) -> Callable[[], None]:
    """Opens the page, which must be there."""

    def look() -> None:
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)

    return look


def _home(department: str) -> Callable[[], None]:
    return opened(signed_in(account("referent", department)), reverse("dashboard"))


def _bilan(department: str) -> Callable[[], None]:
    return opened(signed_in(account("referent", department)), reverse("bilan_detail", args=[department, OPEN]))


def after_a_change(look: Callable[[], None]) -> Callable[[], None]:
    """The same page when nothing that was counted before is kept."""

    def cold() -> None:
        ground._kept.cache_clear()
        look()

    return cold


def _national(_department: str) -> Callable[[], None]:
    return opened(signed_in(account("cget")), reverse("national_detail", args=[LAST]))


def greeting(nation: Nation) -> Timing:
    """The floor of every page, taken beside what it is compared with: the machine is not always as busy."""
    return timed(opened(signed_in(account("referent", nation.home)), "/bonjour/"), 60)


PAGES: Mapping[str, Callable[[str], Callable[[], None]]] = {
    "accueil": _home,
    "bilan": _bilan,
    "national": _national,
    "accueil changé": lambda department: after_a_change(_home(department)),
    "bilan changé": lambda department: after_a_change(_bilan(department)),
}
"""Who opens what."""
