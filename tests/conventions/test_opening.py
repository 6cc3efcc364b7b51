"""Opening a campaign writes, in so many statements, what each convention is asked: typed here, and one by one."""

from collections.abc import Callable
from datetime import date
from threading import Barrier

import pytest
from django.db import IntegrityError
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from conventions.actions.campaigns import plan
from conventions.actions.opening import open_submissions
from conventions.models import Campaign, Convention, Result, Submission
from territories.semester import Semester
from tests.factories import (
    S1_2019,
    S1_2020,
    S2_2019,
    CampaignFactory,
    ConventionFactory,
    SpecificCommitmentFactory,
    SubmissionFactory,
    TargetSetFactory,
    UserFactory,
    place_of,
)
from tests.racing import at_once

CONTENDERS = 8
RECRUTER = ["REC-01", "REC-02", "REC-04", "REC-05", "REC-06", "REC-07"]


def codes_of(convention: Convention) -> list[str]:
    rows = convention.submissions.get().results.select_related("indicator")
    return [row.code if row.indicator else "LIB" for row in rows]


def test_each_convention_is_asked_its_own_indicators() -> None:
    core = ConventionFactory(axes=["recruter"], targets={})
    complements = ConventionFactory(
        axes=["former", "recruter"], targets={("FOR-06", 1): 2, ("FOR-06", 2): 3, ("SEN-05", 1): 1, ("REC-02", 1): 4}
    )
    own = ConventionFactory(axes=["recruter"])
    SpecificCommitmentFactory(convention=own)
    SpecificCommitmentFactory(convention=own)
    asked_already = SubmissionFactory(convention=ConventionFactory(axes=["recruter"]), answers={"REC-02": 3})

    created = open_submissions(CampaignFactory(), conventions=Convention.objects.signed())

    assert created == 3
    assert codes_of(core) == RECRUTER
    # SEN-05 has a target, but its axis is not signed.
    assert codes_of(complements) == ["FOR-02", "FOR-03", "FOR-04", "FOR-05", "FOR-06", *RECRUTER]
    assert sorted(codes_of(own)) == sorted(["LIB", "LIB", *RECRUTER])
    assert codes_of(asked_already.convention) == ["REC-02"]


def test_a_complement_is_asked_in_the_semesters_in_which_a_set_that_targets_it_counts() -> None:
    convention = ConventionFactory(axes=["recruter"], targets={("REC-08", 1): 2})
    for number, day, promise in ((1, date(2019, 7, 1), {}), (2, date(2020, 6, 30), {("REC-08", 3): 4})):
        TargetSetFactory(convention=convention, number=number, effective_on=day, reason="effectif", targets=promise)

    for semester in (S1_2019, S2_2019, S1_2020):
        open_submissions(CampaignFactory(semester=semester), conventions=Convention.objects.all())

    asking = convention.submissions.filter(results__indicator__code="REC-08").order_by("semester")
    assert [str(row.semester) for row in asking] == ["2019-S1", "2020-S1"]


def test_an_indicator_is_not_asked_after_its_end() -> None:
    convention = ConventionFactory(axes=["recruter"], starts_on=date(2024, 2, 1))

    open_submissions(CampaignFactory(semester=Semester(2025, 1)), conventions=Convention.objects.all())

    assert codes_of(convention) == [code for code in RECRUTER if code != "REC-04"]


def test_what_the_database_writes_is_what_a_new_object_would_be() -> None:
    convention = ConventionFactory()

    open_submissions(CampaignFactory(), conventions=Convention.objects.filter(pk=convention.pk))

    submission, result = convention.submissions.get(), Result.objects.earliest("pk")
    place = {"company": convention.company, "semester": S1_2019}
    fresh = Submission(pk=submission.pk, convention=convention, campaign=submission.campaign, **place)
    assert (submission.pk.version, submission.pk.variant) == (4, "specified in RFC 4122")
    assert values(submission) == values(fresh)
    assert values(result) == values(Result(pk=result.pk, indicator=result.indicator, **place_of(submission)))


def values(row: Submission | Result) -> dict[str, object]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


@pytest.mark.parametrize("conventions", [1, 30])
def test_a_campaign_takes_the_same_queries(conventions: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for _ in range(conventions):
        SpecificCommitmentFactory(convention=ConventionFactory())

    agent = UserFactory(cget=True)

    with django_assert_num_queries(20):
        plan(
            S1_2019,
            opens_on=date(2019, 7, 1),
            due_on=date(2019, 7, 31),
            locks_on=date(2019, 9, 30),
            at=timezone.now(),
            by=agent,
        )

    assert Submission.objects.count() == conventions
    assert Result.objects.count() == conventions * 11


@pytest.mark.django_db(transaction=True)
def test_eight_openings_at_once_create_each_submission_once() -> None:
    campaign = CampaignFactory()
    for _ in range(3):
        ConventionFactory(axes=["recruter"])

    created = at_once([lambda: open_submissions(campaign, conventions=Convention.objects.signed())] * CONTENDERS)

    assert sum(created) == Submission.objects.count() == 3
    assert Result.objects.count() == 3 * len(RECRUTER)


@pytest.mark.django_db(transaction=True)
def test_looking_before_writing_would_lose_the_same_race() -> None:
    """The negative control: without the statement that leaves a known row alone, somebody is refused."""
    campaign, convention = CampaignFactory(), ConventionFactory()

    assert at_once([careless(campaign, convention, Barrier(CONTENDERS))] * CONTENDERS).count("refused") == 7


def careless(campaign: Campaign, convention: Convention, everyone_has_looked: Barrier) -> Callable[[], str]:
    blank = Submission(campaign=campaign, convention=convention, company=convention.company, semester=campaign.semester)

    def run() -> str:
        known = Submission.objects.filter(campaign=campaign).exists()
        everyone_has_looked.wait(timeout=30)
        try:
            Submission.objects.bulk_create([] if known else [blank])
        except IntegrityError:
            return "refused"
        return "created"

    return run
