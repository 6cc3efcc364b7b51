"""What was counted is kept for the same facts only: whatever is written, the next page says it."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from conventions.models import Convention, Result, Submission, Target
from reporting.method import Ground
from reporting.models import Bilan
from reporting.selectors import bilan_for
from reporting.selectors import ground as reading
from reporting.selectors.figures import figures_by_axis
from reporting.selectors.ground import Rows, ground_of
from reporting.selectors.perimeter import perimeter
from tests.factories import (
    S1_2019,
    S2_2019,
    BilanFactory,
    CampaignFactory,
    CompanyFactory,
    ConventionFactory,
    DepartmentFactory,
    SubmissionFactory,
    UserFactory,
)
from tests.pages import signed_in

ON = date(2019, 8, 1)


def ground() -> Ground:
    return ground_of(Rows.of("62"), perimeter("62", S1_2019))


@pytest.fixture
def answered(monkeypatch: pytest.MonkeyPatch) -> Submission:
    """A company gave 3 recruitments, was asked something else too, and promised 12 a year; others wait, or have begun.

    What is as small is read again each time: here it is kept too.
    """
    monkeypatch.setattr(reading, "FEW", 1)
    convention = ConventionFactory(targets={("REC-02", year): 12 for year in (1, 2, 3)})
    row: Submission = SubmissionFactory(convention=convention, validated=True, answers={"REC-02": 3, "REC-01": 9})
    SubmissionFactory(convention=ConventionFactory(), transmitted=True, answers={"REC-02": 7, "REC-01": 8})
    SubmissionFactory(convention=ConventionFactory(), answers={"REC-02": None})
    return row


def _counted_again() -> None:
    Result.objects.filter(indicator__code="REC-02", counted_status="value").update(counted_value=4)


def _no_answer_counts() -> None:
    Result.objects.filter(indicator__code="REC-02").update(counted_status="", counted_value=None)


def _promised_more() -> None:
    Target.objects.filter(year=1).update(value=F("value") + 1)


def _ended() -> None:
    Convention.objects.update(ends_on=date(2019, 6, 29))


def _asked_less() -> None:
    Result.objects.filter(indicator__code="REC-01", counted_status="").delete()


def _one_more_waits() -> None:
    sent = datetime(2019, 7, 21, 9, tzinfo=UTC)
    drafts = Submission.objects.filter(state="draft")
    drafts.update(state="transmitted", transmitted_at=sent, first_transmitted_on=sent.date())


def _launched_earlier() -> None:
    CampaignFactory(semester=S1_2019.previous)


@pytest.mark.parametrize(
    "change",
    [
        _counted_again,
        _no_answer_counts,
        _promised_more,
        _ended,
        _asked_less,
        _one_more_waits,
        _launched_earlier,
    ],
)
def test_whatever_is_written_is_read(answered: Submission, change: Callable[[], None]) -> None:
    before = ground()

    change()

    assert ground() is not before


def test_the_same_facts_are_counted_once(answered: Submission) -> None:
    ground()

    with CaptureQueriesContext(connection) as asked:
        first, second = ground(), ground()

    assert first is second
    # A perimeter and six questions, each time.
    assert len(asked) == 2 * (2 + 6)


def test_the_next_page_says_what_was_written(answered: Submission) -> None:
    bilan: Bilan = BilanFactory()
    assert _recruited(bilan) == Decimal(3)

    _counted_again()

    assert _recruited(bilan) == Decimal(4)


def test_a_company_without_a_form_is_asked_by_its_convention(answered: Submission) -> None:
    CampaignFactory(semester=S1_2019)
    other = ConventionFactory(company=CompanyFactory())
    before = ground_of(Rows.of("62"), perimeter("62", S1_2019))
    assert "REC-02" in before.asked[str(other.company_id)]

    other.axes.filter(axis="recruter").delete()

    after = ground_of(Rows.of("62"), perimeter("62", S1_2019))
    assert "REC-02" not in after.asked[str(other.company_id)]


def _recruited(bilan: Bilan) -> Decimal | None:
    found = bilan_for(bilan, ON).figure("REC-02")
    return found.semester if found else None


def test_a_company_pushes_no_departement_out() -> None:
    SubmissionFactory(convention=ConventionFactory(), validated=True, answers={"REC-02": 3})

    assert ground() is not ground()


def test_two_perimeters_do_not_share(answered: Submission) -> None:
    elsewhere = ConventionFactory(company=CompanyFactory(department=DepartmentFactory(nord=True)))
    SubmissionFactory(convention=elsewhere, validated=True, answers={"REC-02": 5})

    ours, theirs = ground(), ground_of(Rows.of("59"), perimeter("59", S1_2019))

    assert list(ours.given("REC-02", S1_2019).values()) == [3]
    assert list(theirs.given("REC-02", S1_2019).values()) == [5]


def test_two_semesters_that_nobody_answered_do_not_share(answered: Submission) -> None:
    following = (S2_2019, S2_2019.next)

    grounds = [ground_of(Rows.of("62"), perimeter("62", semester)) for semester in following]

    assert tuple(one.semester for one in grounds) == following


def test_a_draft_what_leaves_and_what_was_sent_before_are_counted_apart(answered: Submission) -> None:
    rows, now = Rows.of("62"), perimeter("62", S1_2019)

    grounds = [
        ground_of(rows, now),
        ground_of(rows, now, provisional=True),
        ground_of(rows, now, sent_before={}),
        ground_of(rows, now, sent_before={"REC-02": Decimal(1)}),
    ]

    assert len(set(map(id, grounds))) == 4


def test_no_page_touches_what_is_kept(answered: Submission) -> None:
    reading._kept.cache_clear()
    BilanFactory()
    client = signed_in(UserFactory(referent=True))
    pages = ("/", ".csv", ".json", "/chiffres/REC-02/", "/transmettre/")
    assert [client.get(f"/bilans/62/2019-S1{end}").status_code for end in pages] == [200] * 5
    assert client.get("/tableau-de-bord/").status_code == 200

    used = reading._kept.cache_info()
    kept = ground()
    of_the_pages = reading._kept.cache_info().misses == used.misses
    reading._kept.cache_clear()
    fresh = ground()

    assert (of_the_pages, kept is fresh) == (True, False)
    assert _all_of(kept) == _all_of(fresh)


def _all_of(one: Ground) -> tuple[object, ...]:
    now = perimeter("62", S1_2019)
    return one.terms, one.answers, one.asked, one.pending, one.by_code, figures_by_axis(one, now)
