"""Two who close each other's account at once: one stays. Two who hand over the same portfolio: one does."""

from collections.abc import Callable
from datetime import UTC, datetime
from threading import Barrier

import pytest

from accounts.actions.team import TeamRefused, deactivate, hand_over
from accounts.models import AccountAct, User
from companies.models import Portfolio
from tests.factories import DepartmentFactory, PortfolioFactory, UserFactory
from tests.racing import at_once

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2020, 7, 10, 9, tzinfo=UTC)


def tried(act: Callable[[], object]) -> Callable[[], str]:
    def run() -> str:
        try:
            act()
        except TeamRefused:
            return "refused"
        return "done"

    return run


@pytest.mark.parametrize("role", ["referent", "cget"])
def test_of_two_who_close_each_other_one_stays(role: str) -> None:
    one, other = UserFactory(**{role: True}), UserFactory(**{role: True})

    outcomes = at_once(
        [
            tried(lambda: deactivate(other, at=AT, by=one)),
            tried(lambda: deactivate(one, at=AT, by=other)),
        ]
    )

    assert sorted(outcomes) == ["done", "refused"]
    assert User.objects.filter(role=role, is_active=True).count() == 1
    assert AccountAct.objects.count() == 1


def test_of_eight_who_leave_at_once_one_stays() -> None:
    place = DepartmentFactory()
    team = [UserFactory(referent=True, department=place) for _ in range(8)]

    def leave(account: User) -> Callable[[], str]:
        return tried(lambda: deactivate(account, at=AT, by=account))

    assert sorted(at_once([leave(account) for account in team])) == ["done"] * 7 + ["refused"]
    assert User.objects.filter(is_active=True).count() == 1


def test_without_a_lock_nobody_would_be_left() -> None:
    """The negative control: both look, both see the other, both leave."""
    team = [UserFactory(referent=True), UserFactory(referent=True)]
    everyone_has_looked = Barrier(2)

    def careless(account: User) -> Callable[[], None]:
        def run() -> None:
            free = User.objects.filter(is_active=True).exclude(pk=account.pk).exists()
            everyone_has_looked.wait(timeout=30)
            if free:
                User.objects.filter(pk=account.pk).update(is_active=False)

        return run

    at_once([careless(account) for account in team])

    assert User.objects.filter(is_active=True).count() == 0


def test_one_portfolio_goes_one_way() -> None:
    referent, former = UserFactory(referent=True), PortfolioFactory().user
    PortfolioFactory(user=former)
    successors = [UserFactory(animateur=True), UserFactory(animateur=True)]

    def give(to: User) -> Callable[[], str]:
        return tried(lambda: hand_over(former, to=to, at=AT, by=referent))

    assert sorted(at_once([give(to) for to in successors])) == ["done", "refused"]
    assert len(set(Portfolio.objects.values_list("user", flat=True))) == 1
