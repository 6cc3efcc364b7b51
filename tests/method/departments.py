"""Random départements: companies that join, renew, amend, leave, fall silent, answer « sans objet » or too late."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from tests.method.days import LAUNCH, after, end_of, engaged, semesters, triennial_end
from tests.method.said import asked_codes
from tests.method.sample_catalogue import IN_EUROS, INDICATORS
from tests.method.scenario import Answer, Avenant, Company, Convention, Department, Number, Targets, Version

AXES = ("sensibiliser", "former", "recruter", "acheter")
LAST = "2021-S1"
STARTS = [
    date(2016, 10, 1),
    date(2017, 2, 8),
    date(2017, 4, 1),
    date(2018, 10, 1),
    date(2019, 1, 1),
    date(2019, 2, 8),
    date(2019, 6, 30),
    date(2019, 7, 1),
    date(2019, 12, 31),
    date(2020, 2, 29),
    date(2020, 10, 1),
]
OVERLAP, PARTS = "ACH-05", ("ACH-03", "ACH-04")
EUROS: list[Number] = [0, 1000, Decimal("1250.50"), Decimal("0.05"), 8000]
VALUES: Mapping[str, list[Number]] = {
    "flux": [0, 1, 2, 3, 7, 12, 1250],
    "stock": [0, 1, 4, 9, 20],
    "oui-non": [0, 1],
}


def values(code: str) -> list[Number]:
    """What companies answer; euros have cents."""
    return EUROS if code in IN_EUROS else VALUES[INDICATORS[code].kind]


def starts() -> st.SearchStrategy[date]:
    return st.one_of(st.sampled_from(STARTS), st.dates(date(2016, 7, 1), date(2021, 3, 31)))


@st.composite
def targets(draw: st.DrawFn, axes: tuple[str, ...]) -> Targets:
    """Some indicators of these axes, some years of each."""
    open_to = [code for code, one in INDICATORS.items() if one.axis in axes and one.targetable]
    promised = st.sampled_from([(), (1, 2, 3), (1, 2, 3), (2, 3), (1,), (1, 3)])
    years = {code: draw(promised) for code in open_to}
    return {
        code: {year: draw(st.sampled_from(values(code)[-4:])) for year in found}
        for code, found in years.items()
        if found
    }


@st.composite
def conventions(draw: st.DrawFn, start: date, axes: tuple[str, ...]) -> Convention:
    """One convention, with up to two avenants, terminated or not."""
    signed = draw(targets(axes))
    days = st.dates(start + timedelta(days=1), triennial_end(Convention(start)))
    when = sorted(draw(st.lists(days, unique=True, max_size=2)))
    avenants = tuple(Avenant(day, draw(targets(axes))) for day in when)
    return Convention(start, signed, axes, avenants, draw(st.one_of(st.none(), st.none(), days)))


@st.composite
def lives(draw: st.DrawFn, axes: tuple[str, ...]) -> tuple[Convention, ...]:
    """A convention, and what follows it: nothing, a renewal the day after, or a new one later."""
    first = draw(conventions(draw(starts()), axes))
    gap = draw(st.sampled_from([None, 1, 1, 30, 200]))
    if gap is None:
        return (first,)
    return first, draw(conventions(end_of(first) + timedelta(days=gap), axes))


@st.composite
def answers(draw: st.DrawFn, codes: frozenset[str]) -> dict[str, Answer]:
    """A value for most of what is asked; « sans objet », or nothing, for two of them at most."""
    asked = sorted(codes)
    drawn = {code: draw(st.sampled_from(values(code))) for code in asked}
    # The portal refuses what two parts share above one of them: no numerator is negative.
    shared = {code: min(value, *(drawn[part] for part in PARTS)) for code, value in drawn.items() if code == OVERLAP}
    said: dict[str, Answer] = {**drawn, **shared}
    for code in draw(st.lists(st.sampled_from(asked), unique=True, max_size=2)):
        if draw(st.booleans()):
            said[code] = None
        else:
            del said[code]
    return said


@st.composite
def companies(draw: st.DrawFn, name: str, axes: tuple[str, ...]) -> Company:
    """Its life, and what it said in each semester: on time, later, twice, or never."""
    life = Company(name, draw(lives(axes)))
    validated: dict[str, tuple[Version, ...]] = {}
    received = set()
    for semester in semesters(LAUNCH, LAST):
        if not engaged(life, semester):
            continue
        if draw(st.booleans()):
            received.add(semester)
        known = draw(st.sampled_from([[semester], [semester], [semester, after(semester)], [after(semester)], []]))
        validated[semester] = tuple(Version(code, draw(answers(asked_codes(life, semester)))) for code in known)
    return Company(name, life.conventions, validated, frozenset(received))


@st.composite
def departments(draw: st.DrawFn, *, corrected: bool = True) -> Department:
    """Up to four companies on two axes; some bilans were sent. Without corrections, what is validated stays."""
    axes = st.lists(st.sampled_from(draw(st.permutations(AXES))[:2]), unique=True, min_size=1).map(tuple)
    found = [draw(companies(name, draw(axes))) for name in draw(st.sampled_from(["A", "AB", "ABC", "ABCD"]))]
    sent = [semester for semester in semesters(LAUNCH, LAST) if draw(st.booleans())]
    return Department(tuple(one if corrected else _kept(one) for one in found), frozenset(sent))


def _kept(company: Company) -> Company:
    """The same company, whose first validated version of each semester is the only one."""
    first = {semester: versions[:1] for semester, versions in company.validated.items()}
    return Company(company.name, company.conventions, first, company.received)
