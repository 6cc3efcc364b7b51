"""Who is waited for is one set, whoever asks: the board, the list of bilans, the totals, their files."""

from datetime import date

import pytest

from national.selection import WHOLE
from national.selectors.board import board
from national.selectors.total import missing_by_semester, nation
from national.tiles import Standing
from reporting.selectors import department_lines
from territories.models import Department
from territories.semester import Semester
from tests.cast import Cast
from tests.factories import CampaignFactory, ConventionFactory, DepartmentFactory
from tests.reporting.pages import sent

S1 = Semester(2019, 1)
ON = date(2019, 12, 1)

pytestmark = pytest.mark.usefixtures("catalogue")


@pytest.fixture
def country(cast: Cast) -> None:
    """62 sent; 59 and Saint-Martin wait; the others have no convention in force a day of the semester."""
    CampaignFactory()
    ConventionFactory(company=cast.company)
    sent(cast)
    ended = {"terminated": True, "terminated_on": date(2019, 3, 1)}
    renewed = ConventionFactory(company__department=_place("59"), starts_on=date(2019, 1, 1), **ended)
    ConventionFactory(company=renewed.company, starts_on=date(2019, 3, 2))
    ConventionFactory(company__department=DepartmentFactory(code="978", name="Saint-Martin", region=None))
    ConventionFactory(company__department=_place("80"), starts_on=date(2019, 7, 1))
    ConventionFactory(company__department=_place("02"), draft=True)


def _place(code: str) -> Department:
    return DepartmentFactory(code=code, name=code)


def test_everybody_names_the_same(cast: Cast, country: None) -> None:
    known = board(cast.cget, ON)
    lines = known.lines(known.campaigns[0])
    listed = department_lines(S1)

    assert [line.department.pk for line in lines if line.standing is Standing.LATE] == ["59", "978"]
    assert [line.department.pk for line in listed if line.bilan is None] == ["59", "978"]
    assert [one.code for one in nation(S1).missing] == ["59", "978"]
    assert [one.pk for one in missing_by_semester([S1], WHOLE)[S1]] == ["59", "978"]

    assert [line.companies for line in lines if line.standing is Standing.LATE] == [1, 1]
    assert [line.companies for line in listed] == [1, 1, 1]
    assert [len(one.companies) for one in nation(S1).missing] == [1, 1]
