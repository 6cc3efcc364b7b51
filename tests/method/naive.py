"""Every number of the method for one département, by loops over cells: slow, plain, and nothing of the portal in it."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from tests.method.days import LAUNCH, before, each_day, engaged, engaged_on, in_force, last_day, semesters
from tests.method.promised import expectation, objective, progress, said_yes_this_year, target_on
from tests.method.said import (
    Silent,
    asked,
    cell,
    comparable,
    is_pending,
    previous_reporters,
    reporters,
    value,
)
from tests.method.sample_catalogue import INDICATORS, RATIOS, Ratio
from tests.method.scenario import Company, Department


@dataclass
class NaiveFigure:
    """The numbers of an indicator; None is « nothing to print »."""

    semester: Decimal | None = None
    respondents: int = 0
    not_applicable: int = 0
    silent: int = 0
    pending: int = 0
    asked: int = 0
    previous: Decimal | None = None
    previous_respondents: int = 0
    constant: Decimal | None = None
    constant_companies: int = 0
    arrivals: Decimal | None = None
    departures: Decimal | None = None
    revised: Decimal | None = None
    cumulative: Decimal | None = None
    cumulative_companies: int = 0
    expected: Fraction | None = None
    expected_companies: int = 0
    tracked: Decimal | None = None
    holes: int = 0
    expected_answered: Fraction | None = None
    objective: Fraction | None = None
    progress: Fraction | None = None
    objective_conventions: int = 0
    last_known: Decimal | None = None
    carried: Decimal | None = None
    carried_companies: int = 0

    @property
    def untracked(self) -> Decimal | None:
        """« Hors objectif »: the part of the cumul that no targeted cell brought."""
        return None if self.cumulative is None else self.cumulative - (self.tracked or 0)


@dataclass
class NaiveRatio:
    """The two sides of a ratio and how many companies gave both."""

    numerator: Decimal | None
    denominator: Decimal | None
    respondents: int
    asked: int
    previous_numerator: Decimal | None
    previous_denominator: Decimal | None
    previous_respondents: int


def total(values: dict[Company, Decimal]) -> Decimal | None:
    return sum(values.values(), Decimal(0)) if values else None


def yes(values: dict[Company, Decimal]) -> Decimal | None:
    return Decimal(sum(one == 1 for one in values.values())) if values else None


def figures_of(department: Department, semester: str, *, provisional: bool = False) -> dict[str, NaiveFigure]:
    """Every indicator of the sample, as the bilan of that semester counts it."""
    return {code: _figure(department, code, semester, provisional) for code in INDICATORS}


def _figure(department: Department, code: str, semester: str, provisional: bool) -> NaiveFigure:
    figure = NaiveFigure()
    _count(figure, department, code, semester)
    if INDICATORS[code].kind == "oui-non":
        _promise_of_yes(figure, department, code, semester, provisional)
        return figure
    if comparable(department, semester, semester, provisional=provisional):
        _compare(figure, department, code, semester)
    _revise(figure, department, code, semester)
    if INDICATORS[code].kind == "stock":
        _carry(figure, department, code, semester)
        _promise_of_stock(figure, department, code, semester, provisional)
    elif INDICATORS[code].distinct:
        _promise_of_distinct(figure, department, code, semester)
    else:
        _cumulate(figure, department, code, semester)
        _promise_of_flux(figure, department, code, semester, provisional)
        _advance(figure, department, code, semester)
    return figure


def _count(figure: NaiveFigure, department: Department, code: str, semester: str) -> None:
    add = yes if INDICATORS[code].kind == "oui-non" else total
    figure.semester = add(reporters(department, code, semester, semester))
    figure.previous = add(previous_reporters(department, code, semester, semester))
    figure.previous_respondents = len(previous_reporters(department, code, semester, semester))
    for company in department.companies:
        if not asked(company, code, semester):
            continue
        said = cell(company, code, semester, semester)
        figure.asked += 1
        if isinstance(said, Silent):
            figure.silent += 1
            figure.pending += is_pending(company, semester, semester)
        elif said is None:
            figure.not_applicable += 1
        else:
            figure.respondents += 1


def _compare(figure: NaiveFigure, department: Department, code: str, semester: str) -> None:
    now = reporters(department, code, semester, semester)
    then = previous_reporters(department, code, semester, semester)
    both = [company for company in now if company in then]
    if both:
        figure.constant = sum((now[company] - then[company] for company in both), Decimal(0))
    figure.constant_companies = len(both)
    figure.arrivals = sum((now[company] for company in now if company not in then), Decimal(0))
    figure.departures = sum((then[company] for company in then if company not in now), Decimal(0))


def _revise(figure: NaiveFigure, department: Department, code: str, semester: str) -> None:
    """Before recalled − before as sent, when it was sent."""
    if before(semester) in department.sent:
        as_sent = total(reporters(department, code, before(semester), before(semester)))
        figure.revised = (figure.previous or Decimal(0)) - (as_sent or Decimal(0))


def _cumulate(figure: NaiveFigure, department: Department, code: str, semester: str) -> None:
    gave = set()
    for one in semesters(LAUNCH, semester):
        for company, given in reporters(department, code, one, semester).items():
            figure.cumulative = (figure.cumulative or Decimal(0)) + given
            gave.add(company)
    figure.cumulative_companies = len(gave)


def _promise_of_flux(figure: NaiveFigure, department: Department, code: str, semester: str, provisional: bool) -> None:
    promised = set()
    for company in department.companies:
        for one in semesters(LAUNCH, semester):
            part = expectation(company, code, one)
            said = cell(company, code, one, semester)
            if part is None or (provisional and one == semester and isinstance(said, Silent)):
                continue
            promised.add(company)
            given = value(company, code, one, semester)
            figure.expected = (figure.expected or Fraction(0)) + part
            figure.expected_answered = (figure.expected_answered or Fraction(0)) + (0 if given is None else part)
            figure.tracked = (figure.tracked or Decimal(0)) + (given or 0)
            figure.holes += given is None
    figure.expected_companies = len(promised)


def _advance(figure: NaiveFigure, department: Department, code: str, semester: str) -> None:
    for company in department.companies:
        for convention in company.conventions:
            goal = objective(convention, code, semester)
            if goal is not None and in_force(convention, last_day(semester)):
                figure.objective = (figure.objective or Fraction(0)) + goal
                done = progress(company, convention, code, semester)
                figure.progress = (figure.progress or Fraction(0)) + done
                figure.objective_conventions += 1


def _promise_of_distinct(figure: NaiveFigure, department: Department, code: str, semester: str) -> None:
    for company in department.companies:
        target = target_on(company, code, last_day(semester))
        if target is not None:
            figure.objective = (figure.objective or Fraction(0)) + Fraction(target)
            figure.objective_conventions += 1


def _known(company: Company, code: str, semester: str) -> tuple[Decimal | None, bool]:
    """The last known state of a stock and whether it is carried from the semester before."""
    if not asked(company, code, semester):
        return None, False
    if not isinstance(cell(company, code, semester, semester), Silent):
        return value(company, code, semester, semester), False
    days = each_day(last_day(before(semester)), last_day(semester))
    stayed = all(engaged_on(company, day) for day in days)
    if not stayed or not asked(company, code, before(semester)):
        return None, False
    return value(company, code, before(semester), semester), True


def _carry(figure: NaiveFigure, department: Department, code: str, semester: str) -> None:
    for company in department.companies:
        known, carried = _known(company, code, semester)
        if known is not None:
            figure.last_known = (figure.last_known or Decimal(0)) + known
        if known is not None and carried:
            figure.carried = (figure.carried or Decimal(0)) + known
            figure.carried_companies += 1


def _promise_of_stock(figure: NaiveFigure, department: Department, code: str, semester: str, provisional: bool) -> None:
    for company in department.companies:
        target = target_on(company, code, last_day(semester))
        silent = isinstance(cell(company, code, semester, semester), Silent)
        if target is not None and not (provisional and silent):
            figure.expected = (figure.expected or Fraction(0)) + Fraction(target)
            figure.expected_companies += 1
            figure.tracked = (figure.tracked or Decimal(0)) + (_known(company, code, semester)[0] or 0)


def _promise_of_yes(figure: NaiveFigure, department: Department, code: str, semester: str, provisional: bool) -> None:
    for company in department.companies:
        silent = isinstance(cell(company, code, semester, semester), Silent)
        if target_on(company, code, last_day(semester)) == 1 and not (provisional and silent):
            figure.expected = (figure.expected or Fraction(0)) + 1
            figure.expected_companies += 1
            figure.tracked = (figure.tracked or Decimal(0)) + said_yes_this_year(company, code, semester)


def ratios_of(department: Department, semester: str) -> dict[str, NaiveRatio]:
    """Every ratio of the sample, as the bilan of that semester counts it."""
    found = {}
    for code, ratio in RATIOS.items():
        now = _both_sides(department, ratio, semester, semester)
        then = _both_sides(department, ratio, before(semester), semester)
        there = [one for one in department.companies if _asked_all(one, ratio, semester)]
        found[code] = NaiveRatio(*now, len(there), *then)
    return found


def _asked_all(company: Company, ratio: Ratio, semester: str) -> bool:
    """Asked every term and, if one is a stock, engaged on the last day."""
    return engaged(company, semester) and all(asked(company, code, semester) for code in ratio.terms)


def _both_sides(
    department: Department, ratio: Ratio, semester: str, bilan: str
) -> tuple[Decimal | None, Decimal | None, int]:
    """Σ numerators, Σ denominators, how many companies gave both."""
    top, bottom, companies = Decimal(0), Decimal(0), 0
    for company in department.companies:
        sides = _sides_of(company, ratio, semester, bilan)
        if sides is not None:
            top, bottom, companies = top + sides[0], bottom + sides[1], companies + 1
    return (top, bottom, companies) if companies else (None, None, 0)


def _sides_of(company: Company, ratio: Ratio, semester: str, bilan: str) -> tuple[Decimal, Decimal] | None:
    if not _asked_all(company, ratio, semester):
        return None
    given = {code: value(company, code, semester, bilan) for code in ratio.terms}
    for code in ratio.overlap:
        if cell(company, code, semester, bilan) is None:
            given[code] = Decimal(0)
    if None in given.values():
        return None
    if ratio.cumulated:
        for code in ratio.numerator:
            values = (value(company, code, one, bilan) for one in semesters(LAUNCH, semester))
            given[code] = sum((one for one in values if one is not None), Decimal(0))
    known = {code: one or Decimal(0) for code, one in given.items()}
    top = sum(known[code] for code in ratio.numerator) - sum(known[code] for code in ratio.overlap)
    return Decimal(top), sum((known[code] for code in ratio.denominator), Decimal(0))
