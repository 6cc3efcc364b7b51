"""What the agency looks at: one indicator place by place and over time, the indicators of an axis side by side."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet
from django.utils.http import urlencode

from indicators.specs import Axis
from national.grid import Documents, Number, documents_of, lines_of, numbers, sum_of
from national.selection import COUNTRY, WHOLE, Selection
from national.totals import KEPT
from reporting.figures import Figure, RatioFigure
from reporting.models import SentLine
from reporting.sent_lines import words_of, words_of_axis
from territories.models import Department
from territories.semester import Semester

APART = "Collectivités d’outre-mer"

Numbers = Mapping[tuple[Any, ...], Number]  # Any: whatever the columns hold


class Level(StrEnum):
    """How large a place is."""

    REGION = "région"
    APART = "collectivités"
    """Those of no région, together: without them régions do not make the country."""
    DEPARTMENT = "département"


@dataclass(frozen=True)
class Spot:
    """A place, and its number of each semester that it sent."""

    level: Level
    code: str
    name: str
    by_semester: Mapping[Semester, Number]
    query: str
    """What narrows an address to it."""


@dataclass(frozen=True)
class Spread:
    """One indicator or ratio wherever it was sent."""

    line: Figure | RatioFigure
    """Its words; no number."""
    axis: Axis
    regions: tuple[Spot, ...]
    departments: tuple[Spot, ...]
    """By code."""

    @property
    def over_time(self) -> Mapping[Semester, Number]:
        """All places together, the first semester first."""
        found: dict[Semester, list[Number]] = defaultdict(list)
        for spot in self.departments:
            for semester, number in spot.by_semester.items():
                found[semester].append(number)
        return {semester: sum_of(found[semester]) for semester in sorted(found)}


@dataclass(frozen=True)
class Place:
    """A département or a collectivity, as it is called today."""

    code: str
    name: str
    region_code: str
    """Empty: of no région."""
    region: str


def spread(code: str, selection: Selection) -> Spread | None:
    """One indicator, of all semesters; None where nobody of the country ever sent it. Three queries at most.

    Of places that never sent it, its words alone.
    """
    named = Department.objects.order_by("code").values_list("code", "name", "region", "region__name")
    places = tuple(Place(code, name, region or "", region_name or "") for code, name, region, region_name in named)
    found = _spread(code, documents_of(selection), places)
    if found or selection.within is None:
        return found
    elsewhere = _spread(code, documents_of(WHOLE), places)
    return elsewhere and Spread(elsewhere.line, elsewhere.axis, (), ())


@lru_cache(maxsize=KEPT)
def _spread(code: str, documents: Documents, everywhere: tuple[Place, ...]) -> Spread | None:
    found = numbers(lines_of(documents).filter(code=code), "department", "semester")
    if not found:
        return None
    axis, _, line = words_of(_last_words((semester, number) for (_, semester), number in found.items()))
    sent = {place for place, _ in found}
    places = [place for place in everywhere if place.code in sent]
    own: dict[str, dict[Semester, Number]] = defaultdict(dict)
    for (place, semester), number in found.items():
        own[place][semester] = number
    departments = tuple(
        Spot(Level.DEPARTMENT, one.code, one.name, own[one.code], _query_of(one.code)) for one in places
    )
    return Spread(line, Axis(axis), tuple(_regions(places, own)), departments)


def _regions(places: Iterable[Place], own: Mapping[str, Mapping[Semester, Number]]) -> Iterator[Spot]:
    """The sums of their départements, in the order of names; last, the collectivities of no région."""
    named: dict[tuple[bool, str, str], list[str]] = defaultdict(list)
    for place in places:
        named[(False, place.region, place.region_code) if place.region_code else (True, APART, "")].append(place.code)
    for (is_apart, name, code), departments in sorted(named.items()):
        semesters = {semester for one in departments for semester in own[one]}
        sums = {one: sum_of(own[place][one] for place in departments if one in own[place]) for one in semesters}
        if is_apart:
            yield Spot(Level.APART, code, name, sums, _query_of(*departments))
        else:
            yield Spot(Level.REGION, code, name, sums, f"?region={code}")


def _query_of(*departments: str) -> str:
    return "?" + urlencode([("departement", code) for code in departments])


@dataclass(frozen=True)
class Column:
    """What stands side by side: a place or a semester."""

    key: object
    name: str
    query: str | None = None
    """What narrows an address to a place; empty for the country, None for what is no place."""


@dataclass(frozen=True)
class Side:
    """One indicator under each column."""

    line: Figure | RatioFigure
    numbers: tuple[Number | None, ...]


@dataclass(frozen=True)
class Comparison:
    """The indicators of an axis, side by side."""

    columns: tuple[Column, ...]
    rows: tuple[Side, ...]


def compare_places(axis: Axis, semester: Semester, selection: Selection) -> Comparison:
    """Of one semester: the country, its régions and collectivities, or a choice of départements. Three queries."""
    lines = _of_axis(axis, documents_of(selection, semester))
    if selection.within is None:
        found = numbers(lines, "code", "department__region")
        places = Department.objects.order_by("region__name", "code").values_list("region", "region__name", "code")
        known = {code: Column(code, name, f"?region={code}") for code, name, _ in places if code}
        apart = [place for code, _, place in places if not code]
        columns = [*known.values(), Column(None, APART, _query_of(*apart))]
    else:
        found = numbers(lines, "code", "department")
        chosen = Department.objects.filter(pk__in=selection.within).order_by("code")
        columns = [Column(one.code, str(one), _query_of(one.code)) for one in chosen]
    sent = {key for _, key in found}
    shown = tuple(column for column in columns if column.key in sent)
    if selection.within is None:
        return _side_by_side({**found, **_of_country(found)}, (Column(COUNTRY, COUNTRY, ""), *shown))
    return _side_by_side(found, shown)


def _of_country(found: Numbers) -> Numbers:
    """The sums of the régions and collectivities, under the name of the country."""
    by_code: dict[str, list[Number]] = defaultdict(list)
    for (code, _), number in found.items():
        by_code[code].append(number)
    return {(code, COUNTRY): sum_of(every) for code, every in by_code.items()}


def compare_semesters(axis: Axis, selection: Selection) -> Comparison:
    """All semesters of the country or of a part of it. One query, and one the first time."""
    return _over_time(axis, documents_of(selection))


@lru_cache(maxsize=KEPT)
def _over_time(axis: Axis, documents: Documents) -> Comparison:
    found = numbers(_of_axis(axis, documents), "code", "semester")
    semesters = sorted({key for _, key in found})
    return _side_by_side(found, tuple(Column(one, one.label) for one in semesters))


def _of_axis(axis: Axis, documents: Documents) -> "QuerySet[SentLine]":
    return lines_of(documents).filter(words__startswith=words_of_axis(axis.value))


def _side_by_side(found: Numbers, columns: tuple[Column, ...]) -> Comparison:
    by_code: dict[str, dict[object, Number]] = defaultdict(dict)
    for (code, key), number in found.items():
        by_code[code][key] = number
    rows = (
        Side(
            words_of(_last_words(of_code.items()))[2],
            tuple(of_code.get(column.key) for column in columns),
        )
        for of_code in by_code.values()
    )
    return Comparison(columns, tuple(sorted(rows, key=_rank)))


def _last_words(told: Iterable[tuple[object, Number]]) -> str:
    """As the last semester says them; of places side by side, any of them, and always the same."""
    return max((str(key), number.words) for key, number in told)[1]


def _rank(side: Side) -> tuple[bool, int, str]:
    """Indicators in the order of the catalogue, then ratios."""
    return isinstance(side.line, RatioFigure), side.line.rank, side.line.code
