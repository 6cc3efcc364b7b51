"""The place of a result, typed again on its row for the figures: each fault is planted past all our code."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from companies.models import Company
from conventions.models import Campaign, Convention, Result, Submission
from tests.factories import (
    S1_2019,
    S2_2019,
    CampaignFactory,
    CompanyFactory,
    ConventionFactory,
    DepartmentFactory,
    SubmissionFactory,
    place_of,
)


@pytest.fixture
def row() -> Submission:
    return SubmissionFactory(answers={"REC-02": 3})


def refuses() -> Any:  # Any: pytest's own context
    return pytest.raises(IntegrityError, match="place")


def elsewhere() -> dict[str, Any]:
    """Another value of each column that says where a result stands."""
    return {"company": CompanyFactory(), "department": DepartmentFactory(nord=True), "semester": S2_2019}


@pytest.mark.parametrize("column", ["company", "department", "semester"])
def test_a_result_is_where_its_submission_is(row: Submission, column: str) -> None:
    blank = place_of(row) | {column: elsewhere()[column]}
    blank.pop("department_id", None) if column == "department" else None
    asked = row.results.get()
    right = [Result(**place_of(SubmissionFactory()), indicator=asked.indicator) for _ in range(3)]

    with refuses(), transaction.atomic():
        Result.objects.bulk_create(
            [*right, Result(**blank, indicator=ConventionFactory().catalogue.indicators.first())]
        )

    assert Result.objects.get() == asked
    assert len(Result.objects.bulk_create(right)) == 3


@pytest.mark.parametrize("column", ["company", "department", "semester", "submission"])
def test_a_result_stays_there(row: Submission, column: str) -> None:
    other = {**elsewhere(), "submission": SubmissionFactory()}[column]

    with refuses(), transaction.atomic():
        row.results.update(**{column: other})

    assert row.results.update(**{column: getattr(row.results.get(), column)}, value=4) == 1


@pytest.mark.parametrize("fault", ["company", "semester"])
def test_a_submission_is_where_its_convention_and_campaign_are(fault: str) -> None:
    convention, campaign = ConventionFactory(), CampaignFactory()
    right = {"convention": convention, "campaign": campaign, "company": convention.company, "semester": S1_2019}

    with refuses(), transaction.atomic():
        Submission.objects.create(**right | {fault: elsewhere()[fault]})

    assert Submission.objects.create(**right).semester == S1_2019


def test_a_submission_moves_to_another_convention_of_its_company_alone(row: Submission) -> None:
    mine = Submission.objects.filter(pk=row.pk)
    renewal = ConventionFactory(company=row.company, starts_on=row.convention.starts_on.replace(year=2022))

    for change in ({"convention": ConventionFactory()}, {"campaign": CampaignFactory(semester=S2_2019)}):
        with refuses(), transaction.atomic():
            mine.update(**change)

    assert mine.update(convention=renewal) == 1


def test_what_it_stands_on_stays(row: Submission) -> None:
    faults = (
        (Company.objects.filter(pk=row.company_id), {"department": DepartmentFactory(nord=True)}),
        (Convention.objects.filter(pk=row.convention_id), {"company": CompanyFactory()}),
        (Campaign.objects.filter(pk=row.campaign_id), {"semester": S2_2019}),
        (Submission.objects.filter(pk=row.pk), {"company": CompanyFactory()}),
    )
    for rows, change in faults:
        with refuses(), transaction.atomic():
            rows.update(**change)

    assert Company.objects.filter(pk=CompanyFactory().pk).update(department=DepartmentFactory(nord=True)) == 1
