"""What is printed of a stock, a situation on the last day: reported now, last known, and its target. Pure."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from reporting.figures import Figure
from reporting.method.comparison import Values, answered, compared, counted, total
from reporting.method.ground import Ground
from reporting.method.promises import targets_on_last_day


def stock(figure: Figure, ground: Ground) -> Figure:
    """The companies engaged on the last day: what they reported, and what those silent now reported just before."""
    now, before = (counted(figure, one, ground) for one in (ground.semester, ground.semester.previous))
    figure = compared(answered(figure, ground), now, before, ground)
    kept = carried(figure.code, before, ground)
    known = now | kept
    figure = replace(figure, last_known=total(known), carried=total(kept), carried_companies=len(kept))
    return _against_target(figure, known, ground)


def carried(code: str, before: Values, ground: Ground) -> Values:
    """Carried once, over one silence: « sans objet », no longer asked, an end or a termination ends it."""
    said = ground.given(code, ground.semester)
    silent = (
        company
        for company in ground.without_a_break
        if code in ground.asked.get(company, ()) and company not in said and company in before
    )
    return {company: before[company] for company in silent}


def _against_target(figure: Figure, known: Values, ground: Ground) -> Figure:
    """The last known state of the companies that have a target this convention year, silent ones included."""
    on_last_day = targets_on_last_day(figure.code, ground).items()
    targets = {company: target for company, target in on_last_day if ground.expects(figure.code, company)}
    if not targets:
        return figure
    return replace(
        figure,
        expected=Fraction(sum(targets.values())),
        expected_companies=len(targets),
        tracked=sum((known[company] for company in targets if company in known), Decimal(0)),
    )
