"""The home of the agency: who sent first, then the map, the key figures with what they rest on, and whom to chase."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from accounts.homes import Home
from accounts.models import User
from accounts.roles import Role
from conventions.models import Campaign
from documents.downloads import Download
from french.numbers import counted, format_number
from french.words import whole_percentage
from indicators.models import CatalogueVersion
from national.selectors.board import Board, Line, board
from national.selectors.chase import Chase, chased
from national.selectors.covered import Covered, covered
from national.selectors.replies import to_answer
from national.sheets import WRITERS
from national.tiles import Standing, Tile, TileMap
from national.totals import Versions, added_up
from national.value import NationalFigure
from reporting.dashboards.words import Task
from reporting.renderers.wording import KeyFigure
from territories.models import Department
from territories.semester import Semester

TABLE = "departements"
"""Of the table that says what the map draws."""

FIRST = 10
"""As many are chased from the home."""

SAID = {
    Standing.PREPARED: ("en préparation", "en préparation"),
    Standing.DUE: ("attendu", "attendus"),
    Standing.LATE: ("en retard", "en retard"),
    Standing.WITHOUT: ("sans PAQTE", "sans PAQTE"),
}
"""What the others are, one or several of them."""


@dataclass(frozen=True)
class NationalKey:
    """A figure of the nation as the home says it, and how many départements gave it."""

    key: KeyFigure
    departments: int

    @classmethod
    def of(cls, item: NationalFigure) -> "NationalKey":
        """From a line of the total."""
        return cls(KeyFigure.of(item.line), item.departments)


@dataclass(frozen=True)
class Standings:
    """Territories of one kind, each in its place, and how many are in each state."""

    lines: tuple[Line, ...]

    def count(self, standing: Standing) -> int:
        """How many are in this state."""
        return sum(line.standing is standing for line in self.lines)

    @property
    def sent(self) -> int:
        """How many sent their bilan."""
        return self.count(Standing.SENT)

    @property
    def engaged(self) -> int:
        """How many have a PAQTE."""
        return len(self.lines) - self.count(Standing.WITHOUT)

    @property
    def percent(self) -> int:
        """For the bar: of those that have a PAQTE."""
        return whole_percentage(self.sent, self.engaged)

    @property
    def share(self) -> str:
        """« 67 sur 101 »."""
        return f"{format_number(self.sent)} sur {format_number(len(self.lines))}"

    @property
    def share_of_engaged(self) -> str:
        """« 67 sur 70 »."""
        return f"{format_number(self.sent)} sur {format_number(self.engaged)}"

    @property
    def others(self) -> str:
        """« 3 en retard, 31 sans PAQTE »; empty when all have sent."""
        counts = Counter(line.standing for line in self.lines)
        return ", ".join(counted(counts[standing], *words) for standing, words in SAID.items() if counts[standing])


@dataclass(frozen=True)
class BoardRow:
    """One territory in the table, as it is printed."""

    name: str
    url: str
    region: str
    """Empty for a collectivity."""
    companies: int | None
    state: str
    tone: str
    """Of the badge."""
    detail: str

    @classmethod
    def of(cls, line: Line) -> "BoardRow":
        """From its line of the board."""
        place, state = line.department, line.standing.value
        return cls(str(place), line.url, place.region_name, line.companies, state, line.tone, line.detail)


@dataclass(frozen=True)
class NationalHome:
    """Everything on the page."""

    campaign: Campaign
    departments: Standings
    collectivities: Standings
    """Those that have a PAQTE."""
    covered: Covered
    map: TileMap
    tasks: tuple[Task, ...]
    """What was received and waits for the agency."""
    figures: tuple[NationalKey, ...]
    chased: tuple[Chase, ...]
    others: int
    """How many are late besides; a list has them all."""

    @property
    def rows(self) -> tuple[BoardRow, ...]:
        """Of the table: the départements, then the collectivities, that have a PAQTE."""
        everyone = (*self.departments.lines, *self.collectivities.lines)
        return tuple(BoardRow.of(line) for line in everyone if line.standing is not Standing.WITHOUT)

    @property
    def downloads(self) -> tuple[Download, ...]:
        """The same table as files."""
        semester = self.campaign.semester
        return tuple(
            Download(reverse("board_download", args=[semester, fmt]), f"État des bilans du {semester.label}", fmt)
            for fmt in WRITERS
        )

    @property
    def without(self) -> tuple[Department, ...]:
        """The départements that have none."""
        return tuple(line.department for line in self.departments.lines if line.standing is Standing.WITHOUT)


def national_home(user: User, on: date) -> NationalHome | None:
    """The last semester whose companies had their time, None before the first; a constant number of queries."""
    known = board(user, on)
    if not known.campaigns:
        return None
    campaign, late = known.campaigns[0], known.late
    lines = known.lines(campaign)
    departments = Standings(tuple(line for line in lines if line.department.region_id))
    collectivities = Standings(tuple(line for line in lines if not line.department.region_id))
    return NationalHome(
        campaign=campaign,
        departments=departments,
        collectivities=collectivities,
        covered=covered(lines),
        map=_map(campaign, departments, collectivities),
        tasks=to_answer(user),
        figures=_figures(known, campaign.semester),
        chased=chased(user, late[:FIRST], on),
        others=len(late[FIRST:]),
    )


def _map(campaign: Campaign, departments: Standings, collectivities: Standings) -> TileMap:
    sent = counted(departments.sent, "département", "départements")
    title = f"{sent} sur {len(departments.lines)} {'a' if departments.sent < 2 else 'ont'} transmis"
    tiles = (
        Tile.of(line.department.pk, line.department.name, line.standing, url=line.url, more=line.detail)
        for line in (*departments.lines, *collectivities.lines)
    )
    return TileMap.of(f"{title} le bilan du {campaign.semester.label}", tiles, table_id=TABLE)


def _figures(known: Board, semester: Semester) -> tuple[NationalKey, ...]:
    """The headlines of the catalogue in force then, over all that was sent."""
    first = CatalogueVersion.objects.in_force(on=semester.end).catalogue.headlines.nation
    total = added_up(Versions.of(known.sent, semester), first)
    return tuple(NationalKey.of(item) for item in total.figures)


HOMES: Mapping[str, Home] = {Role.CGET: Home(national_home, "national/home.html")}
