"""A merger and a new name, seen from bilans: the past keeps its names and figures, sent files keep their bytes."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from pytest_django import Settings

from companies.actions.names import rename
from companies.models import Succession
from conventions.actions.successions import end_company
from reporting.models import Bilan
from reporting.selectors import alarm_of, bilan_for
from tests.cast import Cast
from tests.factories import S1_2019, S2_2019, CampaignFactory, ConventionFactory, SubmissionFactory
from tests.pages import signed_in
from tests.reporting.pages import sent

LATER = date(2020, 1, 20)
AT = datetime(2020, 1, 20, 9, tzinfo=UTC)


@pytest.fixture
def story(cast: Cast, settings: Settings) -> Cast:
    """The company gave 20 then 9, the rival 5 then 7; the bilan of 2019-S1 was sent, that of 2019-S2 was not."""
    settings.PAQTE_TODAY = LATER
    campaigns = CampaignFactory(semester=S1_2019), CampaignFactory(semester=S2_2019)
    for company, given in ((cast.company, (20, 9)), (cast.rival_company, (5, 7))):
        convention = ConventionFactory(company=company)
        for campaign, value in zip(campaigns, given, strict=True):
            SubmissionFactory(convention=convention, validated=True, campaign=campaign, answers={"REC-01": value})
    sent(cast)
    return cast


def stored(cast: Cast) -> bytes:
    content: bytes = signed_in(cast.referent).get("/bilans/62/2019-S1/v1.pdf").content
    return content


def test_a_merger_moves_no_figure_and_no_byte_of_the_past(story: Cast) -> None:
    first, before = Bilan.objects.get(semester=S1_2019), stored(story)

    end_company(
        story.company,
        kind=Succession.Kind.MERGED,
        last_day=date(2019, 9, 30),
        successor=story.rival_company,
        at=AT,
        by=story.referent,
    )

    now = bilan_for(Bilan(department=first.department, semester=S2_2019), LATER)
    figure = next(item for item in now.figures if item.code == "REC-01")
    assert stored(story) == before
    assert alarm_of(first, LATER) is None
    assert (figure.semester, figure.cumulative) == (Decimal(16), Decimal(41))
    assert [(move.company, move.kind, move.on) for move in now.movements] == [
        ("Ateliers Terril", "résiliée", date(2019, 9, 30))
    ]


def test_a_new_name_is_that_of_the_semesters_that_end_under_it(story: Cast) -> None:
    first, before = Bilan.objects.get(semester=S1_2019), stored(story)

    rename(story.company, name="Zinc du Terril", since=date(2019, 7, 1), at=AT, by=story.referent)

    now = bilan_for(Bilan(department=first.department, semester=S2_2019), LATER)
    again = bilan_for(first, LATER)
    assert [item.company for item in again.signatories] == ["Ateliers Terril", "Fonderie Terril"]
    assert [item.company for item in now.signatories] == ["Fonderie Terril", "Zinc du Terril"]
    assert alarm_of(first, LATER) is None
    assert stored(story) == before
