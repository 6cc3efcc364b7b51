"""What is printed of a yes or no: how many said yes out of how many answers, and who promised it this year. Pure."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from conventions.expected import year_of
from reporting.figures import Figure
from reporting.method.comparison import answered, counted, total
from reporting.method.ground import Ground, Term
from reporting.method.promises import target_on_last_day
from territories.semester import Semester


def yes_no(figure: Figure, ground: Ground) -> Figure:
    """This semester and the one before, each out of its own answers; no difference between the two."""
    figure = answered(figure, ground)
    now, before = (counted(figure, one, ground) for one in (ground.semester, ground.semester.previous))
    figure = replace(figure, semester=total(now), previous=total(before), previous_respondents=len(before))
    return _against_promise(figure, ground)


def _against_promise(figure: Figure, ground: Ground) -> Figure:
    """The companies that promised a yes for their convention year, and those of them that said it in that year."""
    code = figure.code
    promised = [
        term for term in ground.running if target_on_last_day(term, code, ground) and ground.expects(code, term.company)
    ]
    if not promised:
        return figure
    kept = sum(_said_yes(term, code, ground) for term in promised)
    return replace(
        figure,
        expected=Fraction(len(promised)),
        expected_companies=len(promised),
        tracked=Decimal(kept),
    )


def _said_yes(term: Term, code: str, ground: Ground) -> bool:
    return any(ground.given(code, semester).get(term.company) for semester in _year(term, ground))


def _year(term: Term, ground: Ground) -> Iterator[Semester]:
    """The semesters of the convention year in progress: a semester is of the year in force on its last day."""
    year = year_of(term.starts_on, ground.semester.end)
    for semester in ground.semesters:
        if term.starts_on <= semester.end and year_of(term.starts_on, semester.end) == year:
            yield semester
