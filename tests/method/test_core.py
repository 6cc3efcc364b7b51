"""The core of the portal and the naive count say the same of any département, and keep the laws of the method."""

from dataclasses import asdict
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.figures import Figure
from tests.method import naive
from tests.method.bilans import national
from tests.method.days import LAUNCH, semesters
from tests.method.departments import LAST, departments
from tests.method.engines import by_core, numbers_of
from tests.method.nation import nation_of, ratios_of_nation
from tests.method.sample_catalogue import INDICATORS
from tests.method.scenario import Department

ALL = semesters(LAUNCH, LAST)


@settings(max_examples=50)
@given(departments(), st.booleans())
def test_the_core_counts_as_the_naive_does(department: Department, provisional: bool):
    for semester in ALL:
        found = by_core(department, semester, provisional=provisional)

        for code, figure in naive.figures_of(department, semester, provisional=provisional).items():
            assert (semester, code, numbers_of(found.figures[code], figure)) == (semester, code, asdict(figure))
            assert found.figures[code].arrivals is None or is_explained(found.figures[code])
        for code, ratio in naive.ratios_of(department, semester).items():
            assert (semester, code, numbers_of(found.ratios[code], ratio)) == (semester, code, asdict(ratio))


def is_explained(figure: Figure, *, beside: Decimal = Decimal(0)) -> bool:
    """Now − before = constant perimeter + new answers − lost answers; of the nation, + revised − missing."""
    terms = (figure.constant or 0) + (figure.arrivals or 0) - (figure.departures or 0) + beside
    return (figure.semester or 0) - (figure.previous or 0) == terms


@settings(max_examples=20)
@given(departments(corrected=False))
def test_the_cumul_never_shrinks_but_by_a_correction(department: Department):
    every = [by_core(department, semester).figures for semester in ALL]
    for code in INDICATORS:
        sums = [(figures[code].cumulative or 0, figures[code].cumulative_companies) for figures in every]
        assert sums == sorted(sums)


@settings(max_examples=15)
@given(st.lists(departments(), max_size=3), st.sampled_from(ALL))
def test_departments_add_up_to_the_nation(found: list[Department], semester: str):
    total, by_hand = national(found, semester), nation_of(found, semester)
    lines = {one.line.code: one for one in total.figures}

    for code, figure in by_hand.items() if lines else ():
        line = lines[code].line
        own = {"previous": figure.previous, "previous_respondents": figure.previous_respondents, "revised": None}
        assert (code, numbers_of(line, figure.line) | {"revised": None}) == (code, asdict(figure.line) | own)
        assert (line.revised or 0, lines[code].missing or 0) == (figure.revised, figure.missing)
        assert line.kind == "oui-non" or is_explained(line, beside=figure.revised - figure.missing)
    ratios = {one.line.code: one.line for one in total.ratios}
    for code, ratio in ratios_of_nation(found, semester).items():
        assert code not in ratios or numbers_of(ratios[code], ratio) == asdict(ratio)
