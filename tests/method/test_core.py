"""The core of the portal and the naive count say the same of any département, and keep the laws of the method."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.method import naive
from tests.method.bilans import national
from tests.method.comparing import differing, disagreements, is_explained
from tests.method.days import LAUNCH, semesters
from tests.method.departments import LAST, departments
from tests.method.engines import by_core
from tests.method.sample_catalogue import INDICATORS
from tests.method.scenario import Department

ALL = semesters(LAUNCH, LAST)


@settings(max_examples=50)
@given(departments(), st.booleans())
def test_the_core_counts_as_the_naive_does(department: Department, provisional: bool):
    for semester in ALL:
        found = by_core(department, semester, provisional=provisional)

        for code, figure in naive.figures_of(department, semester, provisional=provisional).items():
            assert (semester, code, differing(found.figures[code], figure)) == (semester, code, {})
            assert found.figures[code].arrivals is None or is_explained(found.figures[code])
        for code, ratio in naive.ratios_of(department, semester).items():
            assert (semester, code, differing(found.ratios[code], ratio)) == (semester, code, {})


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
    assert disagreements(national(found, semester), found, semester) == {}
