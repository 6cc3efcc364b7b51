"""The figures of a bilan: sums by SQL over validated submissions, and what the targets expect to date."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.db.models import Count, F, Q, Sum

from conventions.expected import DatedTargets, Period, flux_expected, flux_objective, rounded, sets_of, stock_expected
from conventions.models import Result, Target
from conventions.models.periods import last_day_of
from conventions.models.result import ResultQuerySet
from conventions.transitions import SubmissionState
from indicators.catalogue import IndicatorSpec, Kind
from reporting.columns import Figure
from reporting.selectors.perimeter import Perimeter, parent
from territories.semester import Semester

VALIDATED = Q(submission__state=SubmissionState.VALIDATED, status=Result.Status.VALUE)
"""Only these count in a bilan."""


@dataclass(frozen=True)
class Answers:
    """What one semester said of one indicator."""

    total: Decimal | None = None
    respondents: int = 0
    asked: int = 0


@dataclass
class Promise:
    """What the targets say of one indicator, all conventions together; None while nobody promised anything."""

    target: Fraction | None = None
    expected: Fraction | None = None

    def add(self, target: Fraction | None, expected: Fraction | None) -> None:
        """Count one more convention in."""
        if target is not None:
            self.target = (self.target or Fraction(0)) + target
        if expected is not None:
            self.expected = (self.expected or Fraction(0)) + expected


@dataclass(frozen=True)
class Totals:
    """The sums by indicator code, as SQL gave them."""

    answers: Mapping[str, Answers]
    before: Mapping[str, Answers]
    since_signature: Mapping[str, Decimal]
    stock: Mapping[str, Decimal]
    stock_before: Mapping[str, Decimal]
    ever_yes: Mapping[str, int]
    promises: Mapping[str, Promise] = field(default_factory=dict)


def figures_of(perimeter: Perimeter, previous: Perimeter) -> dict[str, list[Figure]]:
    """The figures by axis, in reading order: the core, and the complements that somebody was asked. Seven queries."""
    totals = _totals(perimeter, previous)
    shown: dict[str, int] = {}
    by_axis: dict[str, list[Figure]] = defaultdict(list)
    for rank, spec in enumerate(perimeter.specs):
        if not spec.core and spec.code not in totals.answers and spec.code not in totals.promises:
            continue
        shown[spec.code] = shown.get(parent(spec), -1) + 1
        by_axis[spec.axis.value].append(_figure(spec, totals, depth=shown[spec.code], rank=rank))
    return by_axis


def _totals(perimeter: Perimeter, previous: Perimeter) -> Totals:
    return Totals(
        answers=_answers(perimeter),
        before=_answers(previous),
        since_signature=_since_signature(perimeter),
        stock=_last_known(perimeter),
        stock_before=_last_known(previous),
        ever_yes=_ever_yes(perimeter),
        promises=promises_of(perimeter),
    )


def _figure(spec: IndicatorSpec, totals: Totals, *, depth: int, rank: int) -> Figure:
    answers = totals.answers.get(spec.code, Answers())
    semester, cumulative, previous = _VALUES[spec.kind](spec.code, totals)
    promise = totals.promises.get(spec.code, Promise())
    return Figure(
        code=spec.code,
        label=spec.label,
        definition=spec.definition,
        kind=spec.kind.value,
        unit=spec.unit.symbol,
        core=spec.core,
        depth=depth,
        rank=rank,
        semester=semester,
        cumulative=cumulative,
        target=None if promise.target is None else rounded(promise.target),
        expected=None if promise.expected is None else rounded(promise.expected),
        previous=previous,
        respondents=answers.respondents,
        asked=answers.asked,
    )


Values = tuple[Decimal | None, Decimal | None, Decimal | None]
"""This semester, since the signature, the previous semester."""


def _flux(code: str, totals: Totals) -> Values:
    """Summed over companies and semesters."""
    now, before = totals.answers.get(code, Answers()), totals.before.get(code, Answers())
    return now.total, totals.since_signature.get(code), before.total


def _stock(code: str, totals: Totals) -> Values:
    """The last known value of each company, never summed over time."""
    last = totals.stock.get(code)
    return last, last, totals.stock_before.get(code)


def _yes_no(code: str, totals: Totals) -> Values:
    """How many said yes; since the signature, how many said it at least once."""
    now, before = totals.answers.get(code, Answers()), totals.before.get(code, Answers())
    ever = totals.ever_yes.get(code)
    return now.total, None if ever is None else Decimal(ever), before.total


_VALUES = {Kind.FLUX: _flux, Kind.STOCK: _stock, Kind.YES_NO: _yes_no}


def results_of(perimeter: Perimeter) -> ResultQuerySet:
    """The catalogue's results of the conventions of a perimeter, every semester."""
    return Result.objects.of_catalogue().filter(submission__convention__in=perimeter.ids)


def _answers(perimeter: Perimeter) -> dict[str, Answers]:
    """Sum, respondents and asked of the semester, by code."""
    rows = (
        results_of(perimeter)
        .filter(semester=perimeter.semester)
        .order_by()
        .values_list("indicator__code")
        .annotate(total=Sum("value", filter=VALIDATED), given=Count("pk", filter=VALIDATED), asked=Count("pk"))
    )
    return {code: Answers(total, given, asked) for code, total, given, asked in rows}


def _since_signature(perimeter: Perimeter) -> dict[str, Decimal]:
    """Sum of every semester up to this one, by code."""
    rows = (
        results_of(perimeter)
        .filter(VALIDATED)
        .up_to(perimeter.semester)
        .order_by()
        .values_list("indicator__code")
        .annotate(total=Sum("value"))
    )
    return dict(rows)


def _last_known(perimeter: Perimeter) -> dict[str, Decimal]:
    """Sum over conventions of the last value each gave of a stock, by code: a silent semester keeps the former one."""
    stocks = results_of(perimeter).filter(VALIDATED, indicator__kind=Kind.STOCK.value).up_to(perimeter.semester)
    totals: dict[str, Decimal] = defaultdict(Decimal)
    for code, value in stocks.last_of_each().values_list("indicator__code", "value"):
        totals[code] += value or 0  # never None: VALIDATED asks for a value
    return dict(totals)


def _ever_yes(perimeter: Perimeter) -> dict[str, int]:
    """How many conventions said yes at least once since the signature, by code; 0 when all said no."""
    said_yes = Count("submission__convention", filter=Q(value__gt=0), distinct=True)
    rows = (
        results_of(perimeter)
        .filter(VALIDATED, indicator__kind=Kind.YES_NO.value)
        .up_to(perimeter.semester)
        .order_by()
        .values_list("indicator__code")
        .annotate(conventions=said_yes)
    )
    return dict(rows)


def promises_of(perimeter: Perimeter) -> dict[str, Promise]:
    """Target and expectation to date by code, exact fractions. One query, conventions of the same dates together."""
    promises: dict[str, Promise] = defaultdict(Promise)
    for (code, kind, starts_on, ends_on), sets in sets_of(_targets(perimeter)).items():
        promises[code].add(*_PROMISES[Kind(kind)](sets, (starts_on, ends_on), perimeter.semester))
    return promises


Dates = tuple[date, date]
Key = tuple[str, str, date, date]
"""Indicator, kind, first and last day in force."""


def _targets(perimeter: Perimeter) -> Iterator[tuple[Key, date | None, date | None, int, Decimal]]:
    """The yearly targets, summed by SQL over the conventions that share their dates: they expect the same part."""
    rows = (
        Target.objects.filter(target_set__convention__in=perimeter.ids)
        .known(on=perimeter.semester.end)
        .annotate(starts_on=F("target_set__convention__starts_on"), last_day=last_day_of("target_set__convention__"))
        .order_by()
        .values_list("indicator__code", "indicator__kind", "starts_on", "last_day", "since", "until", "year")
        .annotate(total=Sum("value"))
    )
    for code, kind, starts_on, last_day, since, until, year, total in rows:
        yield (code, kind, starts_on, last_day), since, until, year, total


def _flux_promise(
    sets: Sequence[DatedTargets], dates: Dates, semester: Semester
) -> tuple[Fraction | None, Fraction | None]:
    """The whole convention, and its part due by the last day of the semester."""
    starts_on, ends_on = dates
    within = Period(starts_on, semester.end)
    expected = flux_expected(sets, starts_on=starts_on, ends_on=ends_on, within=within)
    return flux_objective(sets, starts_on=starts_on, on=semester.end), expected


def _current_promise(
    sets: Sequence[DatedTargets], dates: Dates, semester: Semester
) -> tuple[Fraction | None, Fraction | None]:
    """The current year of the convention is both the target and what is expected: a stock is not prorated."""
    starts_on, ends_on = dates
    current = stock_expected(sets, starts_on=starts_on, ends_on=ends_on, on=semester.end)
    return current, current


_PROMISES = {Kind.FLUX: _flux_promise, Kind.STOCK: _current_promise, Kind.YES_NO: _current_promise}
