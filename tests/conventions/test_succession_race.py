"""Two référents who end a company at once, or each the other's: one does, the other is told."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from companies.models import Company, CompanyLog, Succession
from conventions.actions.conventions import sign
from conventions.actions.successions import end_company
from conventions.models import Convention
from tests.cast import Cast
from tests.factories import ConventionFactory
from tests.racing import at_once
from workflows.tables import TransitionRefused

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("catalogue")]
AT = datetime(2020, 7, 10, 9, tzinfo=UTC)
LAST_DAY = date(2019, 12, 31)


def tried(act: Callable[[], object]) -> Callable[[], str]:
    def run() -> str:
        try:
            act()
        except TransitionRefused:
            return "refused"
        return "done"

    return run


def ends(cast: Cast, company: Company, successor: Company | None) -> Callable[[], str]:
    kind = Succession.Kind.MERGED if successor else Succession.Kind.CLOSED
    return tried(
        lambda: end_company(company, kind=kind, last_day=LAST_DAY, successor=successor, at=AT, by=cast.referent)
    )


def test_of_four_who_end_a_company_one_does(cast: Cast) -> None:
    ConventionFactory(company=cast.company)

    outcomes = at_once([ends(cast, cast.company, None) for _ in range(4)])

    assert sorted(outcomes) == ["done", "refused", "refused", "refused"]
    assert CompanyLog.objects.count() == 1
    assert Convention.objects.get().logs.count() == 1


def test_two_companies_do_not_absorb_each_other(cast: Cast) -> None:
    outcomes = at_once([ends(cast, cast.company, cast.rival_company), ends(cast, cast.rival_company, cast.company)])

    assert sorted(outcomes) == ["done", "refused"]
    assert Succession.objects.count() == 1


def test_a_company_ends_or_signs(cast: Cast) -> None:
    convention = ConventionFactory(company=cast.company, ready=True, axes=["recruter"])
    signs = tried(lambda: sign(convention, on=date(2019, 2, 8), place="Arras", at=AT, by=cast.referent))

    outcomes = at_once([signs, ends(cast, cast.company, None)])

    convention.refresh_from_db()
    # Ending first is refused, as the convention waits for its signature; signed first, it is terminated.
    assert outcomes[0] == "done"
    assert (convention.state, Succession.objects.count()) in {("signed", 0), ("terminated", 1)}
