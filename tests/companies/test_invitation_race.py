"""Eight people press at the same moment: one account, one place, one invitation, and sentences for the others."""

from collections.abc import Callable
from threading import Barrier

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import OutgoingMail, User
from companies.actions.invitations import MOST_PENDING
from companies.models import Invitation, Membership, Portfolio
from tests.cast import Cast
from tests.companies.invitation_helpers import NEWCOMER
from tests.factories import InvitationFactory, UserFactory
from tests.pages import signed_in
from tests.racing import at_once

pytestmark = pytest.mark.django_db(transaction=True)

CONTENDERS = 8
LINK = "/invitation/jeton/"


def posting(client: Client, path: str, data: dict[str, str]) -> Callable[[], int]:
    return lambda: client.post(path, data).status_code


def test_eight_newcomers_make_one_account(cast: Cast) -> None:
    InvitationFactory(company=cast.company, email="nouveau@example.org", token="jeton")

    statuses = at_once([posting(Client(), LINK, NEWCOMER) for _ in range(CONTENDERS)])

    assert statuses.count(302) == 1
    assert set(statuses) <= {302, 404, 409}
    assert User.objects.filter(email="nouveau@example.org").count() == 1
    assert Membership.objects.filter(user__email="nouveau@example.org").count() == 1


def test_without_the_lock_the_same_race_gives_the_place_several_times(cast: Cast) -> None:
    """The negative control: were only one of these to see a pending invitation, the test above would prove nothing."""
    row = InvitationFactory(company=cast.company, email="nouveau@example.org", token="jeton")
    everyone_has_looked = Barrier(CONTENDERS)

    def naive() -> bool:
        pending = Invitation.objects.pending(timezone.now()).filter(pk=row.pk).exists()
        everyone_has_looked.wait(timeout=30)
        return pending

    assert at_once([naive] * CONTENDERS) == [True] * CONTENDERS


def test_one_account_accepts_eight_times_at_once(cast: Cast) -> None:
    account = UserFactory(animateur=True, email="club@example.org")
    InvitationFactory(animateur=True, email="club@example.org", token="jeton").portfolio.set([cast.company])
    clients = [signed_in(account) for _ in range(CONTENDERS)]

    statuses = at_once([posting(client, LINK, {}) for client in clients])

    assert sorted(statuses) == [302] + [404] * 7
    assert Portfolio.objects.filter(user=account).count() == 1


def test_two_invitations_of_one_address_make_one_account(cast: Cast) -> None:
    for token, company in (("jeton", cast.company), ("autre", cast.rival_company)):
        InvitationFactory(company=company, email="nouveau@example.org", token=token)

    statuses = at_once([posting(Client(), f"/invitation/{token}/", NEWCOMER) for token in ("jeton", "autre")])

    assert sorted(statuses) in ([302, 409], [302, 302])
    assert User.objects.filter(email="nouveau@example.org").count() == 1


def test_eight_identical_invitations_are_one_row(cast: Cast) -> None:
    path = f"/entreprises/{cast.company.pk}/membres/"
    typed = {"action": "invite", "email": "nouveau@example.org", "role": "contributeur"}
    clients = [signed_in(cast.member) for _ in range(CONTENDERS)]

    statuses = at_once([posting(client, path, typed) for client in clients])

    assert set(statuses) == {302}
    assert Invitation.objects.count() == 1


def test_eight_agents_invite_one_address_to_the_agency(cast: Cast) -> None:
    clients = [signed_in(UserFactory(cget=True)) for _ in range(CONTENDERS)]
    typed = {"email": "nouveau@example.org"}

    statuses = at_once([posting(client, "/invitations/nouvelle/?pour=cget", typed) for client in clients])

    assert set(statuses) <= {302, 422}
    assert 302 in statuses
    assert Invitation.objects.count() == 1


def test_the_fiftieth_place_is_taken_once(cast: Cast) -> None:
    InvitationFactory.create_batch(MOST_PENDING - 1, company=cast.company, invited_by=cast.member)
    path = f"/entreprises/{cast.company.pk}/membres/"
    clients = [signed_in(cast.member) for _ in range(CONTENDERS)]

    def invited(number: int) -> dict[str, str]:
        return {"action": "invite", "email": f"personne.{number}@example.org", "role": "contributeur"}

    statuses = at_once([posting(client, path, invited(number)) for number, client in enumerate(clients)])

    assert sorted(statuses) == [302] + [422] * 7
    assert Invitation.objects.pending(timezone.now()).count() == MOST_PENDING
    assert OutgoingMail.objects.count() == 1


def test_revoking_while_it_is_accepted_ends_one_way(cast: Cast) -> None:
    row = InvitationFactory(company=cast.company, email="nouveau@example.org", token="jeton", invited_by=cast.member)
    taking_back = posting(signed_in(cast.member), f"/invitations/{row.pk}/annuler/", {})

    statuses = at_once([posting(Client(), LINK, NEWCOMER), taking_back])

    row.refresh_from_db()
    is_member = Membership.objects.filter(user__email="nouveau@example.org").exists()
    assert sorted(statuses) in ([302, 404], [302, 409])
    assert (statuses[0] == 302) is is_member is (row.accepted_at is not None) is (row.revoked_at is None)
