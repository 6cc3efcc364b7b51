"""The national set, loaded once per run in three steps: what grows with the nation is measured at each."""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import count

from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import User
from conventions.models import Result
from demonstration.answering import SEMESTERS
from demonstration.national import seed_national
from demonstration.people import DOMAIN
from demonstration.sending import BOXES
from reporting import actions
from reporting.files import make_all
from reporting.models import Bilan
from territories.models import Department, DepartmentFigures
from tests.benchmark.door import Visitor
from tests.benchmark.measures import Timing, timed, together, within
from tests.factories import PASSWORD
from tests.pages import signed_in

TODAY = date(2021, 1, 20)
"""The campaign of the last semester is open."""

STEPS = (3, 10, 101)
COMPANIES = 100
OPEN, LAST = SEMESTERS[-1], SEMESTERS[-2]
OF_THE_AGENCY = {
    "agence": "accueil de l’agence",
    "national": "vue nationale",
    "région": "vue d’une région",
    "indicateur": "un indicateur",
    "régions": "régions côte à côte",
    "semestres": "d’un semestre à l’autre",
    "référents": "annuaire",
}
"""Pages that change with what is sent, not with what is answered, and what they are called."""


@dataclass(frozen=True)
class Nation:
    """What was measured on the way, by number of départements."""

    timings: Mapping[int, Mapping[str, Timing]]
    home: str
    """The département whose people look."""
    referent: Visitor
    """Of that département, at the door."""
    agent: Visitor
    """Of the agency."""

    def at(self, departments: int, name: str) -> Timing:
        """One page at one size."""
        return self.timings[departments][name]


def load(door: str) -> Nation:
    """Write the whole set, measuring the pages at each size."""
    places = list(Department.objects.exclude(region=None).order_by("pk"))
    home, timings, spent, results = places[0].pk, {}, 0.0, 0
    for step in STEPS:
        start = time.perf_counter()
        results += seed_national(departments=places[:step], companies=COMPANIES, password=PASSWORD).results
        _settle()
        spent += time.perf_counter() - start
        _draft(places[0])
        timings[step] = dict(_measured(door, home))
    timings[step] |= _sent_files(door, places[1])
    within(f"chargement du pays, {results} résultats", spent, 600)
    return Nation(timings, home, Visitor(door, account("referent", home)), Visitor(door, account("cget")))


def _measured(door: str, department: str) -> Iterator[tuple[str, Timing]]:
    """Each page: what one waits for it at the door, and what of it is the database's, asked in this process."""
    for name, (who, address) in _pages(department).items():
        visitor = Visitor(door, who)
        waited, asked = timed(visitor.opens(address), 60), timed(opened(signed_in(who), address), 5)
        yield name, replace(waited, in_database=asked.in_database, queries=asked.queries)
        if name not in OF_THE_AGENCY:
            yield f"{name} changé", timed(_after_a_change(department, visitor.opens(address)))


def _sent_files(door: str, department: Department) -> dict[str, Timing]:
    """The PDF of a hundred companies as it was sent, by both its addresses, beside a page that says nothing."""
    referent = account("referent", department.pk)
    bilan, at = _draft(department), datetime(2021, 3, 31, 10, tzinfo=UTC)
    bilan = actions.write(bilan, by=referent, read=BOXES, **dict.fromkeys(BOXES, "Le texte du référent."))
    figures = DepartmentFigures.objects.get(department=department, semester=OPEN)
    actions.set_context(bilan, figures=figures, by=referent)
    actions.transmit(bilan, at=at, by=referent, render=make_all, sending_note="Des réponses manquent.")
    visitor = Visitor(door, referent)
    pages = {
        "bonjour": "/bonjour/",
        "version": reverse("bilan_version", args=[department.pk, OPEN, 1, "pdf"]),
        "dernière": reverse("bilan_download", args=[department.pk, OPEN, "pdf"]),
    }
    return {name: timed(visitor.opens(address), 100) for name, address in pages.items()}


def _pages(department: str) -> dict[str, tuple[User, str]]:
    """Who opens what."""
    referent = account("referent", department)
    return {
        "accueil": (referent, reverse("dashboard")),
        "bilan": (referent, reverse("bilan_detail", args=[department, OPEN])),
        **{name: (account("cget"), address) for name, address in of_the_agency().items()},
    }


def of_the_agency() -> dict[str, str]:
    """The addresses of its pages."""
    whole, compared = reverse("national_detail", args=[LAST]), reverse("national_compare", args=[LAST])
    return {
        "agence": reverse("dashboard"),
        "national": whole,
        "région": f"{whole}?region=84",
        "indicateur": reverse("indicator_detail", args=[LAST, "REC-02"]),
        "régions": f"{compared}?axe=recruter",
        "semestres": f"{compared}?axe=recruter&par=semestres",
        "référents": reverse("referent_list"),
    }


def _after_a_change(department: str, look: Callable[[], object]) -> Callable[[], object]:
    """The same page when an answer that counts has changed since it was last looked at."""
    row = Result.objects.counted().filter(department=department, semester=LAST, counted_status="value").latest("pk")
    values = count(1)

    def cold() -> object:
        Result.objects.filter(pk=row.pk).update(counted_value=next(values))
        return look()

    return cold


def _settle() -> None:
    """What autovacuum does on PostgreSQL after so many rows."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def _draft(department: Department) -> Bilan:
    """The bilan that the référent writes while the campaign is open."""
    at = datetime(2021, 1, 15, 9, tzinfo=UTC)
    started = Bilan.objects.of(department.pk, OPEN).first()
    return started or actions.start(department=department, semester=OPEN, at=at, by=account("referent", department.pk))


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


def greeting(nation: Nation) -> Timing:
    """The floor of every page, taken beside what it is compared with: the machine is not always as busy."""
    return timed(opened(signed_in(account("referent", nation.home)), "/bonjour/"), 60)


def greeted(nation: Nation) -> Timing:
    """The same floor at the door."""
    return timed(nation.referent.opens("/bonjour/"), 60)


def crowded(nation: Nation, address: str) -> Timing:
    """A page of the agency, or the floor, that eight people open again and again at the same time."""
    return together([nation.agent.opens(address)] * 8, times=20)
