"""The country, a région or a choice of départements, added up by the database from the numbers of what was sent.

A semester adds up the bilans of that semester; what runs since the launch adds up the last bilan of each département up
to it; the semester before is the sum of its own bilans, never what départements recall of it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Count, IntegerField, Max, Min, Q, QuerySet, Sum
from django.db.models.functions import Cast

from national.value import DepartmentShare, NationalFigure, NationalLine, NationalRatio
from reporting.figures import Figure
from reporting.models import Bilan, BilanDocument, SentLine
from reporting.sent_lines import SAME, words_of
from territories.models import Department
from territories.semester import Semester

ADDED = ("value", *SAME, "progress_numerator", "numerator", "denominator")
"""The columns that add up."""

SINCE_LAUNCH = (
    *("cumulative", "cumulative_companies", "expected", "expected_answered", "expected_companies", "tracked", "holes"),
    *("objective", "progress", "objective_conventions"),
)
"""What a figure says that runs since the launch."""

BEFORE = ("value", "respondents", "numerator", "denominator")
"""Those that are told of the semester before."""

KEPT = 64
"""As many sums are kept by a process, with what was brought to them: 250 kB each for a whole country."""

Numbers = Mapping[str, Any]
"""The sums of one code, by the name of the column."""

Sent = tuple[tuple[str, UUID], ...]
"""Bilans, each after the code of its département: one of each, by code."""


@dataclass(frozen=True)
class Versions:
    """The bilans that count for a semester: of several versions of one, the last.

    Nothing of a bilan that was sent ever changes: what is counted of the same ones is counted once (decision 26).
    """

    now: Sent
    """Those of the semester."""
    before: Sent
    """Those of the semester before."""
    last: Sent
    """The last one up to it, of the départements that did not send this one."""

    @classmethod
    def of(cls, found: Mapping[str, Mapping[Semester, UUID]], semester: Semester) -> "Versions":
        """From the last version of each département and semester; those of later semesters do not count."""
        by_code = [
            (code, {one: pk for one, pk in own.items() if one <= semester}) for code, own in sorted(found.items())
        ]
        return cls(
            now=tuple((code, own[semester]) for code, own in by_code if semester in own),
            before=tuple((code, own[semester.previous]) for code, own in by_code if semester.previous in own),
            last=tuple((code, own[max(own)]) for code, own in by_code if own and semester not in own),
        )


@dataclass(frozen=True)
class Lines:
    """Every figure and every ratio of a total, in the order of the catalogue."""

    figures: tuple[NationalFigure, ...]
    ratios: tuple[NationalRatio, ...]


def total(one: Any, other: Any) -> Any:  # Any: two numbers of one kind, and their sum
    """The sum of what is known; None when nothing is. How many answered is counted beside it, never guessed from it."""
    if one is None or other is None:
        return one if other is None else other
    return one + other


def versions(semester: Semester, departments: Collection[str] | None = None) -> Versions:
    """What counts for a semester, of all départements or of these. One query."""
    return Versions.of(last_sent(semester, departments), semester)


def last_sent(up_to: Semester, departments: Collection[str] | None = None) -> Mapping[str, Mapping[Semester, UUID]]:
    """The last version that each département sent of each semester, of all of them or of these. One query."""
    rows = Bilan.objects.latest_transmitted().filter(semester__lte=up_to)
    if departments is not None:
        rows = rows.filter(department__in=departments)
    found: dict[str, dict[Semester, UUID]] = defaultdict(dict)
    for pk, department, of in rows.values_list("pk", "department", "semester"):
        found[department][of] = pk
    return found


def pks(sent: Sent) -> list[UUID]:
    """Of these bilans."""
    return [pk for _, pk in sent]


def codes_of(sent: Sent) -> list[str]:
    """The départements of these bilans."""
    return [code for code, _ in sent]


def added_up(known: Versions, codes: Collection[str] | None = None) -> Lines:
    """The sum of these bilans, every line or these; free of order. Three queries the first time, then none.

    Of each figure, now − before = constant + arrivals − departures + revised − missing.
    """
    return _added_up(known, None if codes is None else tuple(codes))


@lru_cache(maxsize=KEPT)
def _added_up(known: Versions, codes: tuple[str, ...] | None) -> Lines:
    now = _sums(_lines(known.now, codes))
    before = _before(known, codes)
    since = _sums(_lines(known.last, codes).filter(runs=True))
    figures, ratios = [], []
    for code in {*now, *before, *since}:
        sums = now.get(code, {}), before.get(code, {}), since.get(code, {})
        # Said in other words since, it is called as in the last of them.
        axis, label, blank = words_of(next(one["words"] for one in sums if one))
        if isinstance(blank, Figure):
            figures.append(_figure(axis, label, blank, *sums))
        elif code in now or code in before:
            ratios.append(_ratio(axis, label, blank, *sums[:2]))
    return Lines(_ranked(figures), _ranked(ratios))


def shares(known: Versions) -> tuple[DepartmentShare, ...]:
    """What each département brought to the semester, by its code. One query, and another the first time."""
    named = Department.objects.filter(pk__in=codes_of(known.now)).order_by("pk")
    return _shares(known.now, tuple(named.values_list("name", "time_zone", "region", "region__name")))


@lru_cache(maxsize=KEPT)
def _shares(sent: Sent, _named: tuple[object, ...]) -> tuple[DepartmentShare, ...]:
    """Of the same bilans, as long as their départements bear the same names."""
    rows = (
        BilanDocument.objects.filter(bilan__in=pks(sent))
        .select_related("bilan__department__region")
        .defer("snapshot")
        .order_by("bilan__department")
    )
    return tuple(_share(row) for row in rows)


def _share(row: BilanDocument) -> DepartmentShare:
    place, sent = row.bilan.department, row.bilan.transmitted_at
    return DepartmentShare(
        code=place.code,
        name=place.name,
        region_code=place.region_id or "",
        region=place.region_name,
        version=row.bilan.version,
        transmitted_at=place.local(sent) if sent else None,
        signatories=row.signatories,
        expected=row.expected,
        received=row.received,
        validated=row.validated,
        sha256=row.sha256,
        silent=tuple(row.silent),
        pending=tuple(row.pending),
    )


def _lines(sent: Sent, codes: Collection[str] | None) -> "QuerySet[SentLine]":
    lines = SentLine.objects.filter(document__bilan__in=pks(sent)).order_by()
    return lines if codes is None else lines.filter(code__in=codes)


def _sums(lines: "QuerySet[SentLine]") -> dict[str, dict[str, Any]]:
    """The sums by code. One query; a fraction of any denominator comes by denominator, and is added here."""
    rows = lines.values("code", "progress_denominator").annotate(
        all_words=Min("words"),
        least_depth=Min("depth"),
        any_apart=Max(Cast("apart", IntegerField())),
        departments=Count("pk", filter=Q(respondents__gt=0)),
        **{f"sum_{name}": Sum(name) for name in ADDED},
    )
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        part = _part(row)
        known = found.get(row["code"])
        found[row["code"]] = _both(known, part) if known else part
    return found


def _part(row: Mapping[str, Any]) -> dict[str, Any]:
    numbers = {name: row[f"sum_{name}"] for name in ADDED}
    over = row["progress_denominator"]
    numbers["progress"] = None if over is None else Fraction(int(numbers["progress_numerator"]), over)
    return numbers | {
        "words": row["all_words"],
        "depth": row["least_depth"],
        "apart": bool(row["any_apart"]),
        "departments": row["departments"],
    }


def _both(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    merged = {name: total(one[name], other[name]) for name in one if name not in {"words", "depth", "apart"}}
    return merged | {
        "words": min(one["words"], other["words"]),
        "depth": min(one["depth"], other["depth"]),
        "apart": one["apart"] or other["apart"],
    }


def _before(known: Versions, codes: Collection[str] | None) -> dict[str, dict[str, Any]]:
    """What was sent of the semester before, and the part of it of the départements that did not send this one."""
    missing = ~Q(department__in=codes_of(known.now))
    rows: Iterable[Mapping[str, Any]] = (
        _lines(known.before, codes)
        .values("code")
        .annotate(
            all_words=Min("words"),
            least_depth=Min("depth"),
            missing=Sum("value", filter=missing),
            stayed=Sum("value", filter=~missing),
            sent=Count("pk", filter=~missing),
            **{f"sum_{name}": Sum(name) for name in BEFORE},
        )
    )
    return {
        row["code"]: {
            "words": row["all_words"],
            "depth": row["least_depth"],
            **{name: row[name] for name in ("missing", "stayed", "sent")},
            **{name: row[f"sum_{name}"] for name in BEFORE},
        }
        for row in rows
    }


def _figure(axis: str, label: str, blank: Figure, now: Numbers, before: Numbers, since: Numbers) -> NationalFigure:
    """One indicator, from its sums of the semester, of the one before, and of older bilans."""
    numbers = {name: now[name] for name in SAME if name in _FIELDS and name in now}
    numbers |= {"semester": now["value"], "progress": now["progress"]} if now else {}
    for name in SINCE_LAUNCH if since else ():
        numbers[name] = total(numbers.get(name), since[name])
    revised = None
    if (now or before.get("sent")) and not blank.is_yes_no:
        revised = (now.get("previous") or Decimal(0)) - (before.get("stayed") or Decimal(0))
    line = replace(
        blank,
        **numbers,
        depth=min(one["depth"] for one in (now, before, since) if one),
        apart=now.get("apart", False),
    )
    line = replace(
        line,
        previous=before.get("value"),
        previous_respondents=before.get("respondents") or 0,
        revised=revised,
    )
    return NationalLine(axis, label, line, departments=now.get("departments", 0), missing=before.get("missing"))


def _ratio(axis: str, label: str, blank: Any, now: Numbers, before: Numbers) -> NationalRatio:
    """One ratio, over what was sent of each of the two semesters."""
    line = replace(
        blank,
        numerator=now.get("numerator"),
        denominator=now.get("denominator"),
        respondents=now.get("respondents") or 0,
        asked=now.get("asked") or 0,
        previous_numerator=before.get("numerator"),
        previous_denominator=before.get("denominator"),
        previous_respondents=before.get("respondents") or 0,
    )
    return NationalLine(axis, label, line, departments=now.get("departments", 0))


def _ranked(lines: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(sorted(lines, key=lambda item: (item.line.rank, item.line.code)))


_FIELDS = {field.name for field in fields(Figure)}
