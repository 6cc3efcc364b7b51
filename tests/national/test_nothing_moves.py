"""Nothing that happens after a bilan was sent moves a figure of the nation, in any page or file of the agency."""

from datetime import date

import pytest
from pytest_django import Settings

from conventions.actions.submissions import transmit, validate
from national.selectors.total import nation
from reporting import actions, files
from tests.cast import Cast
from tests.factories import S1_2019, BilanFactory, ConventionFactory, SubmissionFactory
from tests.pages import signed_in
from tests.reporting.test_sent_for_ever import at, everything_that_happens_later

pytestmark = [pytest.mark.django_db, pytest.mark.anywhere, pytest.mark.usefixtures("catalogue")]

FILES = (
    *(f"/national/2019-S1.{fmt}" for fmt in ("pdf", "xlsx", "ods", "csv", "json")),
    *("/national/2019-S1.csv?region=32", "/national/2019-S1.csv?departement=62", "/national/2019-S1.zip"),
    *("/national/2019-S1/indicateurs/REC-02.csv", "/national/2019-S1/comparer.csv?axe=recruter"),
    *("/national/2019-S1/comparer.csv?axe=recruter&par=semestres", "/national/publics/62/2019-S1.csv"),
    "/national/transmis/62/2019-S1/entreprises.csv",
)


def served(cast: Cast) -> dict[str, bytes]:
    """Every file of the agency as it receives it."""
    client = signed_in(cast.cget)
    found = {address: client.get(address) for address in FILES}
    assert {address: file.status_code for address, file in found.items()} == dict.fromkeys(FILES, 200)
    return {address: file.getvalue() for address, file in found.items()}


def test_what_happens_later_moves_no_national_figure(cast: Cast, settings: Settings) -> None:
    """A group, another name, an avenant, a correction of what was counted, an end before the bilan was sent."""
    settings.PAQTE_TODAY = date(2019, 11, 4)
    typed = SubmissionFactory(
        convention=ConventionFactory(company=cast.company), answers={"REC-01": 20, "REC-02": 3, "SEN-04": 0}
    )
    july = at(date(2019, 7, 15))
    submission = validate(transmit(typed, at=july, by=cast.member), at=july, by=cast.referent)
    actions.transmit(BilanFactory(), at=at(date(2019, 9, 15)), by=cast.referent, render=files.make_all)
    before, total = served(cast), nation(S1_2019)

    everything_that_happens_later(cast, submission)

    assert {item.line.code: item.line.semester for item in total.figures}["REC-02"] == 3
    assert nation(S1_2019) == total
    now = served(cast)
    assert [address for address in FILES if now[address] != before[address]] == []
