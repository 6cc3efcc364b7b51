"""The sum of the nation by a fold over snapshots, département after département: slow, plain, and not the portal's."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from functools import reduce
from typing import Any

from indicators.specs import Kind
from national.value import DepartmentShare, NationalFigure, NationalLine, NationalRatio, NationalTotal
from reporting.bilan import AxisSection, BilanData
from reporting.figures import Figure, RatioFigure
from tests.method.nation import SINCE_LAUNCH

Known = tuple[AxisSection, Any]
"""An axis and one of its lines."""


@dataclass(frozen=True)
class Sent:
    """What one département sent: this semester, the one before, and the last of all up to this one."""

    now: BilanData | None = None
    before: BilanData | None = None
    last: BilanData | None = None


def consolidate(sent: Iterable[Sent], *, semester: str) -> NationalTotal:
    """The sum of what départements sent for one semester, whatever their order."""
    return reduce(both, (of_one(one, semester) for one in sent), NationalTotal(semester, (), (), ()))


def both(one: NationalTotal, other: NationalTotal) -> NationalTotal:
    """Two sets of départements together, which have none in common."""
    shares = (*one.shares, *other.shares)
    assert len({share.code for share in shares}) == len(shares)
    return NationalTotal(
        semester=one.semester,
        shares=tuple(sorted(shares, key=lambda share: share.code)),
        figures=_merged((*one.figures, *other.figures)),
        ratios=_merged((*one.ratios, *other.ratios)),
        older=tuple(sorted((*one.older, *other.older))),
    )


def of_one(sent: Sent, semester: str) -> NationalTotal:
    """What a single département brings."""
    assert not sent.now or sent.now.semester == semester
    last = sent.now or sent.last
    return NationalTotal(
        semester=semester,
        shares=(_share(sent.now),) if sent.now else (),
        figures=tuple(_figures(sent, last)),
        ratios=tuple(_ratios(sent)),
        older=(last.place.name,) if last and not sent.now else (),
    )


def _figures(sent: Sent, last: BilanData | None) -> Iterator[NationalFigure]:
    """Every indicator that one of its bilans prints; of an older one, what runs since the launch alone."""
    now, before, since = (_by_code(bilan, "figures") for bilan in (sent.now, sent.before, last))
    for code in sorted({*now, *before, *since}):
        runs = code in since and since[code][1].kind == Kind.FLUX and not since[code][1].distinct
        if code not in now and code not in before and not runs:
            continue
        axis, words = now.get(code) or since.get(code) or before[code]
        then = before[code][1].semester if code in before else None
        old = {name: getattr(since[code][1], name) for name in SINCE_LAUNCH} if runs else {}
        line = now[code][1] if code in now else replace(Figure.blank(words), **old)
        line = replace(
            line,
            previous=then,
            previous_respondents=before[code][1].respondents if code in before else 0,
            revised=(line.previous or 0) - (then or 0) if sent.now and not line.is_yes_no else None,
        )
        missing = None if sent.now else then
        yield NationalLine(axis.axis, axis.label, line, departments=int(line.respondents > 0), missing=missing)


def _ratios(sent: Sent) -> Iterator[NationalRatio]:
    """Every ratio of this semester or of the one before, each over what was sent of it."""
    now, before = _by_code(sent.now, "ratios"), _by_code(sent.before, "ratios")
    for code in sorted({*now, *before}):
        axis, words = now.get(code) or before[code]
        then = before[code][1] if code in before else RatioFigure.blank(words)
        line = replace(
            now[code][1] if code in now else RatioFigure.blank(words),
            previous_numerator=then.numerator,
            previous_denominator=then.denominator,
            previous_respondents=then.respondents,
        )
        yield NationalLine(axis.axis, axis.label, line, int(line.respondents > 0))


def _by_code(bilan: BilanData | None, lines: str) -> dict[str, Known]:
    axes = bilan.axes if bilan else ()
    return {line.code: (axis, line) for axis in axes for line in getattr(axis, lines)}


def _share(bilan: BilanData) -> DepartmentShare:
    told = bilan.completeness
    return DepartmentShare(
        code=bilan.place.code,
        name=bilan.place.name,
        region_code=bilan.place.region_code,
        region=bilan.place.region,
        version=bilan.version,
        transmitted_at=bilan.transmitted_at,
        signatories=len(bilan.signatories),
        expected=told.expected,
        received=told.received,
        validated=told.validated,
        silent=told.silent,
        pending=told.pending,
    )


def _merged(items: Iterable[NationalLine[Any]]) -> tuple[NationalLine[Any], ...]:  # Any: a Figure or a RatioFigure
    by_code: dict[str, NationalLine[Any]] = {}
    for item in items:
        known = by_code.get(item.line.code)
        by_code[item.line.code] = _added(known, item) if known else item
    return tuple(sorted(by_code.values(), key=lambda item: (item.line.rank, item.line.code)))


def _added(one: NationalLine[Any], other: NationalLine[Any]) -> NationalLine[Any]:  # Any: as above
    words = min(one, other, key=lambda item: (item.axis_label, item.axis))
    return replace(
        words,
        line=added(one.line, other.line),
        departments=one.departments + other.departments,
        missing=_total(one.missing, other.missing),
    )


def added(one: Any, other: Any) -> Any:  # Any: as above
    """The same line over both sets: numbers add up, words come from one of the two whatever the order."""
    found = {}
    for field in fields(one):
        mine, theirs = getattr(one, field.name), getattr(other, field.name)
        if field.name == "depth":
            found["depth"] = min(mine, theirs)
        elif field.name == "apart":
            found["apart"] = mine or theirs
        elif field.name not in {"rank", "core", "distinct"} and not isinstance(mine, str):
            found[field.name] = _total(mine, theirs)
    return replace(min(one, other, key=lambda line: (line.label, line.definition, line.rank)), **found)


def _total(one: Any, other: Any) -> Any:  # Any: two numbers of one kind
    if one is None or other is None:
        return one if other is None else other
    return one + other
