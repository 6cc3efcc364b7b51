"""What may become public of a semester: every number that says nothing of one firm, of all places together."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from national.grid import documents_of, lines_of, numbers
from national.public import ZERO, Answers, hidden_in
from national.public_totals import DEPARTMENT, NATION, REGION, Place, PublicPlace, hidden_totals
from national.selection import COUNTRY, WHOLE
from national.selectors.public import Status, public_laws, public_questions
from national.selectors.total import nation
from national.value import NationalTotal, names_of
from reporting.figures import Figure
from reporting.models import BilanDocument
from reporting.sent_lines import words_of
from territories.models import Department
from territories.semester import Semester

Content = Mapping[str, Any]  # Any: what JSON holds


@dataclass(frozen=True)
class Where:
    """A place of the table, and the départements that make it."""

    place: Place
    name: str
    departments: tuple[str, ...]


def content_of(semester: Semester) -> Content:
    """The value of a publication, of what was sent until now. A constant number of queries, some seconds for a country.

    {semester, departments, missing, lines: [{axis, code, label, kind, unit, cells}]}: `_cell` says what a cell is.
    """
    # First: what is read after it may be newer, which whoever publishes looks for.
    whole = nation(semester, codes=[])
    places = {place.code: place for place in _places(semester)}
    return {
        "semester": str(semester),
        "departments": _departments(whole),
        "missing": list(names_of(whole.missing)),
        "lines": list(_lines(semester, places, _wheres(places))),
    }


def read_now(semester: Semester) -> str:
    """`versions_read` of what is sent now. A constant number of queries."""
    return read_in(nation(semester, codes=[]))


def read_in(whole: NationalTotal) -> str:
    """`versions_read` of the total that a page shows: of that one, not of what is sent meanwhile."""
    return versions_read(_departments(whole))


def versions_read(departments: Sequence[Sequence[object]]) -> str:
    """SHA-256 of which version of each département a content counts: what whoever publishes it has read."""
    told = [[code, version] for code, _, version in departments]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def _departments(whole: NationalTotal) -> list[list[object]]:
    return [[share.code, share.name, share.version] for share in whole.shares]


def fingerprint(content: Content) -> str:
    """SHA-256 of a content, the same whatever the base it comes back from."""
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _places(semester: Semester) -> Iterator[PublicPlace]:
    """Of each département the last version, and what its own public version hides. Two queries."""
    rows = BilanDocument.objects.filter(bilan__semester=semester).defer("snapshot")
    versions: dict[str, list[Answers]] = defaultdict(list)
    regions: dict[str, str] = {}
    for row in rows.select_related("answers", "bilan__department").order_by("bilan__department", "bilan__version"):
        place = row.bilan.department
        versions[place.pk].append(row.answers.by_code)
        regions[place.pk] = place.region_id or ""
    laws, questions = public_laws(), public_questions()
    for code, found in versions.items():
        yield PublicPlace(code, regions[code], found[-1], hidden_in(found, laws, questions))


def _lines(
    semester: Semester, places: Mapping[str, PublicPlace], wheres: Sequence[Where]
) -> Iterator[Mapping[str, object]]:
    """One per indicator that a bilan of the semester prints, in the order of the catalogue. One query."""
    hidden = hidden_totals([*places.values()], public_laws(), public_questions())
    found = numbers(lines_of(documents_of(WHOLE, semester)), "code").values()
    for _, axis, line in sorted((words_of(one.words) for one in found), key=lambda named: named[2].rank):
        if isinstance(line, Figure):
            words = {name: getattr(line, name) for name in ("code", "label", "kind", "unit")}
            yield {"axis": axis, **words, "cells": [_cell(line.code, where, places, hidden) for where in wheres]}


def _wheres(codes: Iterable[str]) -> list[Where]:
    """The nation, its régions by name, their départements. One query."""
    rows = list(Department.objects.filter(pk__in=codes).select_related("region").order_by("region__name", "code"))
    regions: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in rows:
        if row.region:
            regions[row.region.code, row.region.name].append(row.code)
    return [
        Where(NATION, COUNTRY, tuple(row.code for row in rows)),
        *(Where((REGION, code), name, tuple(own)) for (code, name), own in regions.items()),
        *(Where((DEPARTMENT, row.code), row.name, (row.code,)) for row in rows),
    ]


def _cell(
    code: str, where: Where, places: Mapping[str, PublicPlace], hidden: Collection[tuple[str, Place]]
) -> list[str | None]:
    """Level, code, name, value, status; the value is there only when everybody may read it."""
    given = [firms for one in where.departments if (firms := places[one].answers.get(code))]
    level, key = where.place
    # First: that nobody answered is a number too, and may be what hides another.
    if code in places[key].hidden if level == DEPARTMENT else (code, where.place) in hidden:
        return [level, key, where.name, None, Status.HIDDEN]
    if not given:
        return [level, key, where.name, None, Status.NOBODY]
    value = sum((sum(firms.values(), ZERO) for firms in given), ZERO)
    return [level, key, where.name, f"{value.normalize():f}", Status.SHOWN]
