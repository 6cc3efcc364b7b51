"""What the entry page says is expected: of a semester of two conventions, what both expect."""

from datetime import date

import pytest

from conventions.selectors.entry import submission_sheet
from territories.semester import Semester
from tests.cast import Cast
from tests.factories import CampaignFactory, ConventionFactory, SubmissionFactory

pytestmark = pytest.mark.django_db


def test_a_renewal_inside_a_semester_expects_what_both_conventions_do(cast: Cast) -> None:
    # 12 a year until 31 March 2022, 24 from the next day on: 12 × 90 / 365 + 24 × 91 / 365 = 8.9425.
    first = {"starts_on": date(2019, 4, 1), "signed_on": date(2019, 4, 1)}
    second = {"starts_on": date(2022, 4, 1), "signed_on": date(2022, 4, 1)}
    twelve, twice = ({("REC-02", year): figure for year in (1, 2, 3)} for figure in (12, 24))
    old = ConventionFactory(company=cast.company, targets=twelve, **first)
    renewal = ConventionFactory(company=cast.company, targets=twice, renews=old, **second)
    campaign = CampaignFactory(semester=Semester(2022, 1))

    sheet = submission_sheet(SubmissionFactory(convention=renewal, campaign=campaign, answers={"REC-02": 9}))

    (line,) = sheet.lines
    assert (line.target_said, line.expected_said) == ("24", "8,9")
