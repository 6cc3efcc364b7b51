"""The nation by loops over départements: what was sent, the last that each sent, and the terms of the difference."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from tests.method.days import before
from tests.method.naive import NaiveFigure, NaiveRatio, figures_of, ratios_of
from tests.method.sample_catalogue import INDICATORS, RATIOS
from tests.method.scenario import Department

SINCE_LAUNCH = (
    "cumulative",
    "cumulative_companies",
    "expected",
    "expected_companies",
    "tracked",
    "holes",
    "expected_answered",
    "objective",
    "progress",
    "objective_conventions",
)
"""Of a flux that cumulates, from the last snapshot of each département; everything else from this semester's."""


Sent = Mapping[str, NaiveFigure]
"""One indicator of one département, by semester sent."""


@dataclass
class NationalFigure:
    """The sum of the figures sent, with the nation's own « before » and what became of it."""

    line: NaiveFigure
    previous: Decimal | None
    previous_respondents: int
    revised: Decimal
    missing: Decimal


def nation_of(departments: Iterable[Department], semester: str) -> dict[str, NationalFigure]:
    """Every indicator of the sample, over the départements that sent something by that semester."""
    snapshots = [{sent: figures_of(one, sent) for sent in one.sent if sent <= semester} for one in departments]
    return {code: _figure([_of_code(one, code) for one in snapshots], code, semester) for code in INDICATORS}


def ratios_of_nation(departments: Sequence[Department], semester: str) -> dict[str, NaiveRatio]:
    """Every ratio of the sample, over the bilans of that semester and, for the one before, over its own."""
    now = [ratios_of(one, semester) for one in departments if semester in one.sent]
    then = [ratios_of(one, before(semester)) for one in departments if before(semester) in one.sent]
    return {code: _ratio([one[code] for one in now], [one[code] for one in then]) for code in RATIOS}


def _ratio(now: list[NaiveRatio], then: list[NaiveRatio]) -> NaiveRatio:
    return NaiveRatio(
        numerator=_sum([one.numerator for one in now], None),
        denominator=_sum([one.denominator for one in now], None),
        respondents=sum(one.respondents for one in now),
        asked=sum(one.asked for one in now),
        previous_numerator=_sum([one.numerator for one in then], None),
        previous_denominator=_sum([one.denominator for one in then], None),
        previous_respondents=sum(one.respondents for one in then),
    )


def _of_code(snapshots: Mapping[str, Mapping[str, NaiveFigure]], code: str) -> Sent:
    return {semester: figures[code] for semester, figures in snapshots.items()}


def _figure(departments: list[Sent], code: str, semester: str) -> NationalFigure:
    now = [sent[semester] for sent in departments if semester in sent]
    latest = [sent[max(sent)] for sent in departments if sent]
    cumulates = INDICATORS[code].kind == "flux" and not INDICATORS[code].distinct
    line = NaiveFigure()
    for name in (field.name for field in fields(NaiveFigure)):
        source = latest if cumulates and name in SINCE_LAUNCH else now
        setattr(line, name, _sum([getattr(figure, name) for figure in source], getattr(line, name)))
    return _with_before(departments, semester, line)


def _sum(values: list[Any], none: Any) -> Any:  # Any: int, Decimal or Fraction, None for nothing
    known = [one for one in values if one is not None]
    return sum(known[1:], known[0]) if known else none


def _with_before(departments: list[Sent], semester: str, line: NaiveFigure) -> NationalFigure:
    then = before(semester)
    previous: list[Decimal] = []
    companies, revised, missing = 0, Decimal(0), Decimal(0)
    for sent in departments:
        former = sent.get(then, NaiveFigure())
        as_sent = former.semester or Decimal(0)
        if former.semester is not None:
            previous.append(former.semester)
        companies += former.respondents
        if semester in sent:
            revised += (sent[semester].previous or Decimal(0)) - as_sent
        else:
            missing += as_sent
    return NationalFigure(line, _sum(previous, None), companies, revised, missing)
