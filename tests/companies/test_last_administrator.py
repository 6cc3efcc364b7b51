"""A company keeps somebody who can sign in and answer for it, whoever clicks at the same instant."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from accounts.models import User
from accounts.roles import CompanyRole
from companies.actions.members import LastAdministrator, change_role, remove_member
from companies.models import Company, Membership
from tests.cast import Cast
from tests.factories import CompanyFactory, MembershipFactory
from tests.racing import at_once

AT = datetime(2020, 7, 10, 9, tzinfo=UTC)


def leave(membership: Membership) -> None:
    remove_member(membership, at=AT, by=membership.user)


@pytest.mark.django_db
def test_a_closed_account_is_no_administrator(cast: Cast) -> None:
    closed = MembershipFactory(company=cast.company, user__is_active=False)

    with pytest.raises(LastAdministrator):
        leave(cast.member.memberships.get())
    with pytest.raises(LastAdministrator):
        change_role(cast.member.memberships.get(), role=CompanyRole.CONTRIBUTOR, at=AT, by=cast.referent)

    User.objects.filter(pk=closed.user_id).update(is_active=True)
    leave(cast.member.memberships.get())

    assert cast.company.memberships.administrators().get() == closed


@pytest.mark.django_db
def test_the_role_is_read_under_the_lock(cast: Cast) -> None:
    """The page was shown while this member was a contributor; since then the other administrator stepped down."""
    shown = cast.contributor.memberships.get()
    change_role(shown, role=CompanyRole.ADMINISTRATOR, at=AT, by=cast.referent)
    change_role(cast.member.memberships.get(), role=CompanyRole.CONTRIBUTOR, at=AT, by=cast.referent)

    with pytest.raises(LastAdministrator):
        leave(shown)


@pytest.mark.django_db
def test_removing_somebody_twice_changes_nothing(cast: Cast) -> None:
    membership = cast.contributor.memberships.get()
    remove_member(Membership.objects.get(pk=membership.pk), at=AT, by=cast.referent)

    remove_member(membership, at=AT, by=cast.referent)

    assert cast.company.memberships.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_administrators_who_remove_each_other_one_stays() -> None:
    company: Company = CompanyFactory()
    places = [MembershipFactory(company=company), MembershipFactory(company=company)]

    def remove(place: Membership) -> Callable[[], str]:
        def run() -> str:
            try:
                leave(place)
            except LastAdministrator:
                return "refused"
            return "done"

        return run

    assert sorted(at_once([remove(place) for place in places])) == ["done", "refused"]
    assert company.memberships.administrators().count() == 1
