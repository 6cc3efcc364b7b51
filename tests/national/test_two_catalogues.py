"""Companies signed on two versions of the catalogue: one bilan, one country, and what each was asked."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from indicators.actions.drafts import add_indicator, begin_version, change_indicator, publish, remove_indicator
from indicators.models import CatalogueVersion, catalogue_of
from indicators.specs import Axis
from national.selection import WHOLE
from national.selectors.looking import compare_semesters, spread
from national.totals import added_up, versions
from reporting import actions
from reporting.figures import Figure
from territories.semester import Semester
from tests.cast import Cast
from tests.factories import S1_2019, S2_2019, BilanFactory, CampaignFactory, ConventionFactory, SubmissionFactory
from tests.indicators.versions import row
from tests.reporting.pages import AT, plain, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

NEW = "Tous ces recrutements, dits autrement."
LATER = datetime(2020, 2, 15, 8, tzinfo=UTC)
PREPARED = datetime(2019, 1, 30, 9, tzinfo=UTC)


@pytest.fixture
def new(cast: Cast) -> Iterator[CatalogueVersion]:
    """A version of February 2019: REC-02 in other words, REC-04 gone, REC-09 come."""
    draft = begin_version(
        code="paqte-2019", title="Catalogue 2019", published_on=date(2019, 2, 1), at=PREPARED, by=cast.cget
    )
    reworded = row(draft, "REC-02", definition=NEW, reworded=True)
    come = row(draft, "REC-08", code="REC-09", label="Parrainages", core=True)

    def shown() -> str:
        draft.refresh_from_db()
        return draft.catalogue.fingerprint

    change_indicator(draft, code="REC-02", said=reworded, shown=shown(), at=PREPARED, by=cast.cget)
    remove_indicator(draft, code="REC-04", shown=shown(), at=PREPARED, by=cast.cget)
    add_indicator(draft, said=come, shown=shown(), at=PREPARED, by=cast.cget)
    yield publish(draft, shown=shown(), at=PREPARED, by=cast.cget)
    # What a test publishes does not outlive it.
    catalogue_of.cache_clear()


def found(code: str, semester: Semester = S1_2019) -> Figure:
    """What the country says of an indicator."""
    (line,) = [item.line for item in added_up(versions(semester)).figures if item.line.code == code]
    return line


def test_they_add_up_by_code_and_each_is_asked_what_its_own_version_asks(cast: Cast, new: CatalogueVersion) -> None:
    old = ConventionFactory(company=cast.company, targets={})
    SubmissionFactory(convention=old, validated=True, answers={"REC-01": 10, "REC-02": 3, "REC-04": 2})
    since = ConventionFactory(company=cast.rival_company, catalogue=new, targets={})
    SubmissionFactory(convention=since, validated=True, answers={"REC-01": 20, "REC-02": 4, "REC-09": 5})
    sent(cast)

    both, gone, come = (found(code) for code in ("REC-02", "REC-04", "REC-09"))

    assert (both.semester, both.respondents, both.asked) == (Decimal(7), 2, 2)
    assert both.definition == NEW
    assert (gone.semester, gone.respondents, gone.asked) == (Decimal(2), 1, 1)
    assert (come.semester, come.respondents, come.asked, come.label) == (Decimal(5), 1, 1, "Parrainages")


def test_departements_that_sent_on_two_versions_make_one_line(cast: Cast, new: CatalogueVersion) -> None:
    old = ConventionFactory(company=cast.company, targets={})
    SubmissionFactory(convention=old, validated=True, answers={"REC-02": 3})
    sent(cast)
    since = ConventionFactory(company=cast.other_company, catalogue=new, targets={})
    SubmissionFactory(convention=since, validated=True, answers={"REC-02": 4})
    bilan = BilanFactory(department=cast.other_company.department)
    actions.transmit(bilan, at=AT, by=cast.other_referent, render=plain, sending_note="Relancées.")

    assert (found("REC-02").semester, found("REC-02").respondents) == (Decimal(7), 2)


def test_what_is_told_in_other_words_since_is_called_as_in_the_last(cast: Cast, new: CatalogueVersion) -> None:
    old = ConventionFactory(company=cast.company, targets={}, terminated=True, terminated_on=date(2019, 6, 30))
    SubmissionFactory(convention=old, validated=True, answers={"REC-02": 3})
    sent(cast)
    since = ConventionFactory(company=cast.rival_company, catalogue=new, targets={}, starts_on=date(2019, 7, 1))
    SubmissionFactory(
        convention=since, campaign=CampaignFactory(semester=S2_2019), validated=True, answers={"REC-02": 4}
    )
    bilan = BilanFactory(department=cast.company.department, semester=S2_2019)
    actions.transmit(bilan, at=LATER, by=cast.referent, render=plain, sending_note="Relancées.")

    spread_out = spread("REC-02", WHOLE)
    (side,) = [row.line for row in compare_semesters(Axis.RECRUTER, WHOLE).rows if row.line.code == "REC-02"]

    assert found("REC-02").definition != NEW
    assert spread_out is not None
    assert {one.definition for one in (found("REC-02", S2_2019), spread_out.line, side)} == {NEW}
