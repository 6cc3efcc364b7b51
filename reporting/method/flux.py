"""What is printed of a flux: the semester, its variation, the programme's sum, and what was expected of it. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from reporting.figures import Figure
from reporting.method.comparison import Said, Values, answered, compared, counted, values
from reporting.method.ground import Company, Ground, Term
from reporting.method.promises import Promise, exact, targets_on_last_day
from territories.semester import Semester

NO_PROMISE = Promise()

Known = Mapping[Semester, Values]
"""What the targeted cells brought."""


def flux(figure: Figure, ground: Ground, promise: Promise = NO_PROMISE) -> Figure:
    """A flux whose values add up over companies and semesters."""
    figure = _cumulated(_semester(figure, ground), ground)
    known = {one: _known(targeted, ground.given(figure.code, one)) for one, targeted in promise.cells.items()}
    return _against_objective(_against_expected(figure, ground, promise, known), ground, promise, known)


def distinct_flux(figure: Figure, ground: Ground) -> Figure:
    """Distinct people or places, distinct inside one company and semester: no sum over time, no rate."""
    targets = targets_on_last_day(figure.code, ground)
    figure = _semester(figure, ground)
    if not targets:
        return figure
    return replace(figure, objective=Fraction(sum(targets.values())), objective_conventions=len(targets))


def _semester(figure: Figure, ground: Ground) -> Figure:
    figure = answered(figure, ground)
    now, before = (counted(figure, one, ground) for one in (ground.semester, ground.semester.previous))
    return compared(figure, now, before, ground)


def _cumulated(figure: Figure, ground: Ground) -> Figure:
    """Every semester of every company ever engaged: the programme's sum never shrinks."""
    every = [values(said) for said in ground.by_code.get(figure.code, {}).values()]
    companies = {company for given in every for company in given}
    total = sum((value for given in every for value in given.values()), Decimal(0))
    return replace(figure, cumulative=total if companies else None, cumulative_companies=len(companies))


def _known(targeted: Collection[Company], said: Said) -> Values:
    """What the targeted cells of one semester brought."""
    return {company: value for company in targeted if (value := said.get(company)) is not None}


def _against_expected(figure: Figure, ground: Ground, promise: Promise, known: Known) -> Figure:
    """The values of the targeted cells, beside what was expected of them; silence stays in the expectation."""
    cells = {one: _counted(figure.code, one, targeted, ground) for one, targeted in promise.cells.items()}
    how_many = sum(map(len, cells.values()))
    if not how_many:
        return figure
    return replace(
        figure,
        expected=exact(sum(sum(targeted.values()) for targeted in cells.values())),
        expected_answered=exact(sum(cells[one][company] for one, given in known.items() for company in given)),
        expected_companies=len({company for targeted in cells.values() for company in targeted}),
        tracked=sum((value for given in known.values() for value in given.values()), Decimal(0)),
        holes=how_many - sum(map(len, known.values())),
    )


def _counted(code: str, semester: Semester, targeted: Mapping[Company, int], ground: Ground) -> Mapping[Company, int]:
    """A semester that still takes answers is expected of those that gave one, « sans objet » included."""
    if semester != ground.semester:
        return targeted
    return {company: parts for company, parts in targeted.items() if ground.expects(code, company)}


def _against_objective(figure: Figure, ground: Ground, promise: Promise, known: Known) -> Figure:
    """The conventions in force on the last day: their targeted cells beside their triennial objectives."""
    if not promise.running:
        return figure
    brought: dict[Company, Decimal] = {}
    for given in known.values():
        for company, value in given.items():
            brought[company] = brought.get(company, Decimal(0)) + value
    alone = (term.company for term, _ in promise.running if ground.is_alone(term))
    shared = (
        _share_of(term, one, known, ground) for term, own in promise.running if not ground.is_alone(term) for one in own
    )
    return replace(
        figure,
        objective=exact(promise.objective),
        objective_conventions=len(promise.running),
        progress=Fraction(sum((brought.get(company, 0) for company in alone), Decimal(0))) + sum(shared, Fraction(0)),
    )


def _share_of(term: Term, semester: Semester, known: Known, ground: Ground) -> Fraction:
    """What a cell brought to one convention: a cell of two conventions is split by their days in force."""
    value = known[semester].get(term.company, Decimal(0))
    own = term.running_in(semester).days
    others = sum(one.running_in(semester).days for one in ground.terms_of(term.company) if one.key != term.key)
    return Fraction(value) * Fraction(own, own + others)
