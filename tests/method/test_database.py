"""A bilan read from the database says what the naive count says of any département: figures, counts, movements."""

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.bilan import BilanData
from tests.method import naive
from tests.method.bilans import national_by_database
from tests.method.comparing import differing, disagreements, is_left_out
from tests.method.counts import NaiveCounts, brought, counts_of, movements_of
from tests.method.days import LAUNCH, semesters
from tests.method.departments import LAST, departments
from tests.method.engines import FEW, SPECS, bilan_of
from tests.method.scenario import Department

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

HEADLINES = ("REC-02", "REC-06", "ACH-03")
"""Those of the first page that the sample has."""


WHEN = st.sampled_from(semesters(LAUNCH, LAST))


@settings(FEW, max_examples=8)
@given(departments(), WHEN, st.booleans())
def test_the_database_counts_as_the_naive_does(department: Department, semester: str, provisional: bool):
    data = bilan_of(department, semester, provisional=provisional)

    assert_figures(data, department, semester, provisional=provisional)
    assert counted(data) == counts_of(department, semester)
    assert {(move.company, move.kind, move.on) for move in data.movements} == movements_of(department, semester)
    assert_outcomes(data, department, semester)


def assert_figures(data: BilanData, department: Department, semester: str, *, provisional: bool) -> None:
    figures = {line.code: line for line in data.figures}
    ratios = {line.code: line for line in data.ratios}
    for code, figure in naive.figures_of(department, semester, provisional=provisional).items():
        if code in figures:
            assert (code, differing(figures[code], figure)) == (code, {})
        else:
            assert is_left_out(code, figure)
    for code, ratio in naive.ratios_of(department, semester).items():
        assert (code, differing(ratios[code], ratio)) == (code, {})


def counted(data: BilanData) -> NaiveCounts:
    """The counts that a bilan prints."""
    return NaiveCounts(
        engaged=data.completeness.expected,
        staying=data.staying,
        conventions=data.conventions,
        received=data.completeness.received,
        validated=data.completeness.validated,
        silent=frozenset(data.completeness.silent),
        pending=frozenset(data.completeness.pending),
    )


def assert_outcomes(data: BilanData, department: Department, semester: str) -> None:
    """Who goes on or leaves is told with what it brought since the launch; who enters brings nothing yet."""
    by_name = {company.name: company for company in department.companies}
    for move in data.movements:
        told = {outcome.label: outcome.value for outcome in move.outcomes}
        for code in HEADLINES:
            value = None if move.kind == "entrée" else brought(by_name[move.company], code, semester)
            assert told.get(SPECS[code].label) == value


@settings(FEW, max_examples=3)
@given(st.lists(departments(), min_size=2, max_size=2), WHEN)
def test_the_database_adds_up_the_nation_as_the_naive_does(found: list[Department], semester: str):
    with transaction.atomic():
        total = national_by_database(found, semester)
        transaction.set_rollback(True)

    assert disagreements(total, found, semester) == {}
