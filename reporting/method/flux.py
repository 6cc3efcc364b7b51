"""What is printed of a flux: the semester, its variation, the programme's sum, and what was expected of it. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from reporting.figures import Figure
from reporting.method.comparison import Said, answered, compared, values
from reporting.method.ground import Company, Ground, Term
from reporting.method.promises import Promise, exact, targets_on_last_day
from territories.semester import Semester

NO_PROMISE = Promise()


def flux(figure: Figure, ground: Ground, promise: Promise = NO_PROMISE) -> Figure:
    """A flux whose values add up over companies and semesters."""
    figure = _cumulated(_semester(figure, ground), ground)
    return _against_objective(_against_expected(figure, ground, promise), ground, promise)


def distinct_flux(figure: Figure, ground: Ground) -> Figure:
    """Distinct people or places, distinct inside one company and semester: no sum over time, no rate."""
    targets = targets_on_last_day(figure.code, ground)
    figure = _semester(figure, ground)
    if not targets:
        return figure
    return replace(figure, objective=Fraction(sum(targets.values())), objective_conventions=len(targets))


def _semester(figure: Figure, ground: Ground) -> Figure:
    figure = answered(figure, ground, ground.engaged)
    now, before = (ground.given(figure.code, one) for one in (ground.semester, ground.semester.previous))
    return compared(figure, values(now), values(before), ground)


def _cumulated(figure: Figure, ground: Ground) -> Figure:
    """Every semester of every company ever engaged: the programme's sum never shrinks."""
    every = [values(said) for said in ground.by_code.get(figure.code, {}).values()]
    companies = {company for given in every for company in given}
    total = sum((value for given in every for value in given.values()), Decimal(0))
    return replace(figure, cumulative=total if companies else None, cumulative_companies=len(companies))


def _against_expected(figure: Figure, ground: Ground, promise: Promise) -> Figure:
    """The values of the targeted cells, beside what was expected of them; silence stays in the expectation."""
    expected = answered = cells = given = 0
    tracked, companies = Decimal(0), set[Company]()
    for semester, targeted in promise.cells.items():
        said = ground.given(figure.code, semester)
        counted = _counted(targeted, said) if ground.provisional and semester == ground.semester else targeted
        known = [company for company in counted if said.get(company) is not None]
        expected += sum(counted.values())
        answered += sum(counted[company] for company in known)
        tracked += sum((said[company] or 0 for company in known), Decimal(0))
        cells, given = cells + len(counted), given + len(known)
        companies |= counted.keys()
    if not cells:
        return figure
    return replace(
        figure,
        expected=exact(expected),
        expected_answered=exact(answered),
        expected_companies=len(companies),
        tracked=tracked,
        holes=cells - given,
    )


def _counted(targeted: Mapping[Company, int], said: Said) -> Mapping[Company, int]:
    """A semester that still takes answers is expected of those that gave one, « sans objet » included."""
    return {company: parts for company, parts in targeted.items() if company in said}


def _against_objective(figure: Figure, ground: Ground, promise: Promise) -> Figure:
    """The conventions in force on the last day: their targeted cells beside their triennial objectives."""
    if not promise.running:
        return figure
    done = (_done(figure.code, term, semesters, ground) for term, semesters in promise.running)
    return replace(
        figure,
        objective=exact(promise.objective),
        objective_conventions=len(promise.running),
        progress=sum(done, Fraction(0)),
    )


def _done(code: str, term: Term, semesters: Iterable[Semester], ground: Ground) -> Fraction:
    """What a company gave in the cells of one convention; a cell of two conventions is split by their days in force."""
    given = ((one, ground.given(code, one).get(term.company)) for one in semesters)
    known = [(one, value) for one, value in given if value is not None]
    if len(ground.terms_of(term.company)) == 1:
        return Fraction(sum((value for _, value in known), Decimal(0)))
    return sum((Fraction(value) * _share(term, one, ground) for one, value in known), Fraction(0))


def _share(term: Term, semester: Semester, ground: Ground) -> Fraction:
    """The part of the company's days in force in the semester that are those of this convention."""
    own = term.running_in(semester).days
    others = sum(one.running_in(semester).days for one in ground.terms_of(term.company) if one.key != term.key)
    return Fraction(own, own + others)
