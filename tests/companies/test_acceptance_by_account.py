"""An account that exists accepts an invitation: the one that has the address, in the role that it has."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import OutgoingMail, User
from companies.actions.invitations import invite, revoke
from companies.models import Invitation, Membership
from companies.seats import ANIMATEUR, CONTRIBUTOR, REFERENT
from tests.cast import Cast
from tests.companies.invitation_helpers import (
    LINK,
    NEWCOMER,
    PASSWORD,
    last_link,
    opened,
    sent,
    to_company,
    to_department,
)
from tests.factories import MembershipFactory, UserFactory
from tests.pages import signed_in, text


def test_an_account_signs_in_first_then_accepts(cast: Cast, invitation: Invitation) -> None:
    account = UserFactory(email="nouveau@example.org", password=PASSWORD)
    client = Client()

    page = client.get(LINK)
    alone = client.post(LINK, NEWCOMER)
    way = re.search(r'href="(/connexion/\?next=[^"]+)"', text(page))
    assert way
    back = client.post(way[1], {"username": "Nouveau@Example.org", "password": PASSWORD, "next": LINK})
    button = client.get(back.headers["Location"])
    accepted = client.post(LINK)

    assert "connectez-vous" in text(page)
    assert (alone.status_code, Membership.objects.filter(user=account).count()) == (409, 1)
    assert "Accepter l’invitation" in text(button)
    assert accepted.headers["Location"] == "/tableau-de-bord/"
    assert account.memberships.get().company == cast.company


@pytest.mark.parametrize("who", ["member", "contributor", "rival", "referent", "cget", "technician", "no_role"])
def test_somebody_else_is_refused_and_consumes_nothing(cast: Cast, invitation: Invitation, who: str) -> None:
    page, posted = opened(getattr(cast, who)), sent(getattr(cast, who), data=NEWCOMER)

    invitation.refresh_from_db()
    assert (page.status_code, posted.status_code) == (403, 403)
    assert "déconnectez-vous d’abord" in text(page)
    assert invitation.is_open
    assert not User.objects.filter(email="nouveau@example.org").exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"referent": True},
        {"cget": True},
        {"animateur": True},
        {"role": "", "is_superuser": True},
        {"role": "", "is_staff": True},
    ],
)
def test_an_account_has_one_role(invitation: Invitation, fields: dict[str, object]) -> None:
    account = UserFactory(email="nouveau@example.org", **fields)

    page, posted = opened(account), sent(account)

    invitation.refresh_from_db()
    assert (page.status_code, posted.status_code) == (409, 409)
    assert "Votre compte a déjà un autre rôle" in text(page)
    assert '<button class="fr-btn" type="submit">Accepter' not in text(page)
    assert invitation.is_open


def test_an_account_works_for_one_departement(cast: Cast) -> None:
    account = UserFactory(referent=True, department=cast.other_company.department, email="nouveau@example.org")
    invite(to_department("62", REFERENT), at=timezone.now(), by=cast.cget)

    response = signed_in(account).post(last_link())

    account.refresh_from_db()
    assert response.status_code == 409
    assert "un autre département" in text(response)
    assert account.department_id == "59"


def test_a_deactivated_account_is_told_so(cast: Cast, invitation: Invitation) -> None:
    UserFactory(email="nouveau@example.org", is_active=False)

    page, posted = opened(), sent(data=NEWCOMER)

    invitation.refresh_from_db()
    assert (page.status_code, posted.status_code) == (409, 409)
    assert "Le compte qui porte cette adresse est désactivé" in text(page)
    assert invitation.is_open


def test_an_account_without_a_role_takes_the_one_offered(cast: Cast) -> None:
    account = UserFactory(role="", email="nouveau@example.org")
    invite(to_department("62", REFERENT), at=timezone.now(), by=cast.cget)

    signed_in(account).post(last_link())

    account.refresh_from_db()
    assert (account.role, account.department_id) == ("referent", "62")


def test_a_member_of_another_company_serves_both(cast: Cast) -> None:
    invite(to_company(cast.company, "rival@example.org"), at=timezone.now(), by=cast.member)

    signed_in(cast.rival).post(last_link())

    places = cast.rival.memberships.order_by("company__name").values_list("company__name", "role")
    assert list(places) == [("Ateliers Terril", "contributeur"), ("Fonderie Terril", "administrateur")]


def test_a_former_administrator_gets_what_the_invitation_gives(cast: Cast) -> None:
    former = MembershipFactory(company=cast.company, user__email="ancienne@example.org")
    account = former.user
    former.delete()
    invite(to_company(cast.company, "ancienne@example.org", CONTRIBUTOR), at=timezone.now(), by=cast.member)

    signed_in(account).post(last_link())

    assert account.memberships.get().role == "contributeur"


def test_an_invitation_lowers_nobody(cast: Cast) -> None:
    invite(to_company(cast.company, "nouveau@example.org", CONTRIBUTOR), at=timezone.now(), by=cast.member)
    place = MembershipFactory(company=cast.company, user__email="nouveau@example.org")

    response = signed_in(place.user).post(last_link())

    assert response.status_code == 302
    assert place.user.memberships.get().role == "administrateur"


def test_more_companies_are_entrusted_to_an_animateur_in_place(cast: Cast) -> None:
    offer = to_department("62", ANIMATEUR, "animateur@example.org", cast.company, cast.rival_company)
    invite(offer, at=timezone.now(), by=cast.referent)

    signed_in(cast.animateur).post(last_link())

    names = cast.animateur.portfolio.order_by("company__name").values_list("company__name", flat=True)
    assert list(names) == ["Ateliers Terril", "Fonderie Terril"]


def test_the_case_of_an_address_makes_no_second_person(cast: Cast) -> None:
    account = UserFactory(email="jean@example.org")
    client = signed_in(cast.member)
    client.post(
        f"/entreprises/{cast.company.pk}/membres/",
        {"action": "invite", "email": "Jean@Example.ORG", "role": "contributeur"},
    )

    signed_in(account).post(last_link())

    assert OutgoingMail.objects.get().to == "jean@example.org"
    assert account.memberships.get().company == cast.company
    assert User.objects.filter(email__iexact="jean@example.org").count() == 1


def test_an_invitation_taken_back_while_the_form_was_open(cast: Cast, invitation: Invitation) -> None:
    client = Client()
    client.get(LINK)
    revoke(invitation, at=timezone.now(), by=cast.member)

    assert client.post(LINK, NEWCOMER).status_code == 404
    assert not User.objects.filter(email="nouveau@example.org").exists()
