"""Who answered, and what changed since the semester before, over the companies that answered both. Pure."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from indicators.specs import IndicatorSpec, Kind
from reporting.figures import Figure
from reporting.method.ground import Company, Ground
from territories.semester import Semester

Said = Mapping[Company, Decimal | None]
Values = dict[Company, Decimal]


def values(said: Said) -> Values:
    """The figures in what companies said, « sans objet » left out."""
    return {company: value for company, value in said.items() if value is not None}


def counted(of: Figure | IndicatorSpec, semester: Semester, ground: Ground) -> Values:
    """The values that a figure sums in a semester; a stock, of the companies engaged on its last day alone."""
    given = values(ground.given(of.code, semester))
    if of.kind != Kind.STOCK:
        return given
    staying = ground.engaged_on(semester)
    return {company: value for company, value in given.items() if company in staying}


def asked_of(of: Figure | IndicatorSpec, ground: Ground) -> set[Company]:
    """The companies that the figure is asked of; a stock, of those engaged on the last day alone."""
    among = ground.staying if of.kind == Kind.STOCK else ground.engaged
    return {company for company in among if of.code in ground.asked.get(company, ())}


def answered(figure: Figure, ground: Ground) -> Figure:
    """Who gave a value, who said « sans objet », who is silent, out of the companies asked."""
    asked = asked_of(figure, ground)
    said = ground.given(figure.code, ground.semester)
    given = sum(said.get(company) is not None for company in asked)
    silent = asked - said.keys()
    return replace(
        figure,
        respondents=given,
        not_applicable=len(asked) - len(silent) - given,
        silent=len(silent),
        pending=len(silent & ground.pending),
        asked=len(asked),
    )


def compared(figure: Figure, now: Values, before: Values, ground: Ground) -> Figure:
    """The two semesters, and what leads from one to the other: now − before = constant + arrivals − departures."""
    figure = replace(
        figure,
        semester=total(now),
        previous=total(before),
        previous_respondents=len(before),
        revised=_revised(figure.code, before, ground),
    )
    if not ground.comparable:
        return figure
    both = now.keys() & before.keys()
    return replace(
        figure,
        constant=sum((now[company] - before[company] for company in both), Decimal(0)) if both else None,
        constant_companies=len(both),
        arrivals=sum((value for company, value in now.items() if company not in both), Decimal(0)),
        departures=sum((value for company, value in before.items() if company not in both), Decimal(0)),
    )


def total(given: Values) -> Decimal | None:
    """The sum; None when nobody gave anything: « non renseigné », never zero."""
    return sum(given.values(), Decimal(0)) if given else None


def _revised(code: str, before: Values, ground: Ground) -> Decimal | None:
    """The previous semester as it stands now, less what its bilan said; None when none was sent."""
    if ground.sent_before is None:
        return None
    return (total(before) or Decimal(0)) - (ground.sent_before.get(code) or Decimal(0))
