"""Hours are printed where the reader works."""

from datetime import UTC, datetime

import pytest

from accounts.models import User
from conventions.models import Submission, SubmissionVersion
from tests.factories import DepartmentFactory, MembershipFactory, SubmissionFactory, UserFactory
from tests.pages import page, text

pytestmark = pytest.mark.usefixtures("catalogue")


@pytest.fixture
def submission() -> Submission:
    row = SubmissionFactory(transmitted=True, convention__company__department=DepartmentFactory(reunion=True))
    at = datetime(2019, 7, 20, 21, 30, tzinfo=UTC)
    SubmissionVersion.objects.create(submission=row, number=1, at=at, by=UserFactory(), answers=[])
    return row


def readers(submission: Submission) -> list[User]:
    company = submission.company
    return [UserFactory(referent=True, department=company.department), MembershipFactory(company=company).user]


def test_la_reunion_reads_its_own_hour(submission: Submission) -> None:
    for reader in readers(submission):
        shown = text(page(reader, "submission_detail", submission.pk))

        assert "21 juillet 2019 à 01:30" in shown
        assert "23:30" not in shown


def test_the_nation_reads_the_hour_of_paris() -> None:
    assert UserFactory(cget=True).time_zone == ""


def test_a_member_without_a_company_has_no_zone_of_their_own() -> None:
    assert UserFactory().time_zone == ""
