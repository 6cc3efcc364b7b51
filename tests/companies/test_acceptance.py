"""The page behind the link: who may accept, what they get, and what opening it again and again does (nothing)."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from companies.actions.invitations import invite, send_again
from companies.models import Invitation, Membership, Portfolio
from companies.seats import ADMINISTRATOR, ANIMATEUR, LECTEUR
from tests.cast import Cast
from tests.companies.invitation_helpers import (
    GONE,
    LINK,
    NEWCOMER,
    PASSWORD,
    last_link,
    opened,
    sent,
    to_company,
    to_department,
)
from tests.factories import InvitationFactory
from tests.pages import text


def test_a_newcomer_of_a_company_is_in_at_once(cast: Cast, invitation: Invitation) -> None:
    client = Client()

    page = client.get(LINK)
    accepted = client.post(LINK, NEWCOMER)

    account = User.objects.get(email="nouveau@example.org")
    invitation.refresh_from_db()
    assert "Ateliers Terril" in text(page)
    assert "Fonction" not in text(page)
    assert accepted.headers["Location"] == "/tableau-de-bord/"
    assert (account.get_full_name(), account.role, account.department) == ("Dominique Artois", "entreprise", None)
    assert account.check_password(PASSWORD)
    assert [(row.company, row.role) for row in account.memberships.all()] == [(cast.company, "contributeur")]
    assert (invitation.accepted_by, invitation.is_open) == (account, False)
    assert "Votre compte est créé" in text(client.get("/tableau-de-bord/"))
    assert client.get(cast.company.get_absolute_url()).status_code == 200


def test_a_company_may_go_without_a_password(cast: Cast, invitation: Invitation) -> None:
    typed = {**NEWCOMER, "new_password1": "", "new_password2": ""}

    response = sent(data=typed)

    account = User.objects.get(email="nouveau@example.org")
    assert response.headers["Location"] == "/tableau-de-bord/"
    assert not account.has_usable_password()
    assert not account.check_password("")


def test_a_newcomer_of_the_prefecture_says_what_companies_read(cast: Cast) -> None:
    invite(to_department("62", LECTEUR, "prefet@example.org"), at=timezone.now(), by=cast.referent)
    client = Client()

    page = client.get(last_link())
    without = client.post(last_link(), {**NEWCOMER, "new_password1": "", "new_password2": ""})
    accepted = client.post(last_link(), {**NEWCOMER, "job_title": "Délégué du préfet", "phone": "03 21 00 00 00"})

    account = User.objects.get(email="prefet@example.org")
    assert "Fonction" in text(page)
    assert without.status_code == 422
    assert accepted.headers["Location"] == "/tableau-de-bord/"
    assert (account.role, account.department_id) == ("lecteur", "62")
    assert (account.job_title, account.phone) == ("Délégué du préfet", "03 21 00 00 00")
    assert account.check_password(PASSWORD)


def test_a_newcomer_who_must_have_a_second_factor_is_kept_at_the_door(cast: Cast, settings: Settings) -> None:
    invite(to_department("62", LECTEUR, "prefet@example.org"), at=timezone.now(), by=cast.referent)
    settings.PAQTE_SECOND_FACTOR = True
    client = Client()

    accepted = client.post(last_link(), NEWCOMER)

    assert accepted.headers["Location"] == "/connexion/second-facteur/"
    assert "_auth_user_id" not in client.session
    assert User.objects.get(email="prefet@example.org").role == "lecteur"


def test_a_newcomer_animateur_receives_its_portfolio(cast: Cast) -> None:
    offer = to_department("62", ANIMATEUR, "club@example.org", cast.company, cast.rival_company)
    invite(offer, at=timezone.now(), by=cast.referent)
    moved = cast.rival_company
    moved.department = cast.other_company.department
    moved.save()

    Client().post(last_link(), NEWCOMER)

    account = User.objects.get(email="club@example.org")
    assert [row.company for row in Portfolio.objects.filter(user=account)] == [cast.company]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"first_name": ""}, "« Prénom » est à renseigner."),
        ({"new_password2": ""}, "deux fois, ou pas du tout"),
        ({"new_password1": ""}, "deux fois, ou pas du tout"),
        ({"new_password2": "autre chose que cela"}, "ne correspondent pas"),
        ({"new_password1": "court", "new_password2": "court"}, "15"),
        (
            {
                "last_name": "Beaumont-Delacroix",
                "new_password1": "beaumont-delacroix",
                "new_password2": "beaumont-delacroix",
            },
            "trop semblable",
        ),
    ],
)
def test_a_refused_form_creates_nothing_and_keeps_what_was_typed(
    invitation: Invitation, changed: dict[str, str], sentence: str
) -> None:
    response = sent(data={**NEWCOMER, **changed})

    invitation.refresh_from_db()
    assert response.status_code == 422
    assert sentence in text(response)
    assert PASSWORD not in text(response)
    assert f'value="{changed.get("last_name", "Artois")}"' in text(response)
    assert invitation.is_open
    assert not User.objects.filter(email="nouveau@example.org").exists()


@pytest.mark.parametrize("method", ["get", "head"])
def test_robots_open_the_link_and_nothing_happens(invitation: Invitation, method: str) -> None:
    client = Client()

    statuses = {getattr(client, method)(LINK).status_code for _ in range(50)}

    assert statuses == {200}
    assert sent(data=NEWCOMER).status_code == 302
    assert Membership.objects.filter(user__email="nouveau@example.org").count() == 1


def test_the_page_is_never_kept_nor_told(invitation: Invitation) -> None:
    for response in (opened(), sent(), Client().get("/invitation/inconnu/")):
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert "no-store" in response.headers["Cache-Control"]


def gone_in_every_way(cast: Cast) -> dict[str, str]:
    """The path of a link for each reason not to work."""
    now = timezone.now()
    for token, end in (("perime", "expired"), ("annule", "revoked"), ("servi", "accepted")):
        InvitationFactory(company=cast.company, token=token, **{end: True})
    row = invite(to_company(cast.company, "relance@example.org"), at=now, by=cast.member)
    replaced = last_link()
    send_again(row, at=now, by=cast.member)
    return {
        "unknown": "/invitation/inconnu/",
        "expired": "/invitation/perime/",
        "revoked": "/invitation/annule/",
        "accepted": "/invitation/servi/",
        "replaced": replaced,
    }


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_that_is_over_never_says_why(cast: Cast, method: str) -> None:
    links = gone_in_every_way(cast)

    answers = {why: getattr(Client(), method)(link, NEWCOMER) for why, link in links.items()}

    assert {response.status_code for response in answers.values()} == {404}
    assert len({response.content for response in answers.values()}) == 1
    assert GONE in text(answers["unknown"])
    assert not User.objects.filter(first_name="Dominique").exists()


def test_a_link_expires_at_the_second(invitation: Invitation) -> None:
    with time_machine.travel(invitation.expires_at - timedelta(seconds=1), tick=False):
        assert opened().status_code == 200
    with time_machine.travel(invitation.expires_at, tick=False):
        assert opened().status_code == 404
        assert sent(data=NEWCOMER).status_code == 404


def test_replaying_an_accepted_link_gives_nothing(cast: Cast, invitation: Invitation) -> None:
    first, second = sent(data=NEWCOMER), sent(data={**NEWCOMER, "first_name": "Autre"})

    assert (first.status_code, second.status_code) == (302, 404)
    assert User.objects.get(email="nouveau@example.org").first_name == "Dominique"


def test_guessing_links_is_slowed_and_a_neighbour_is_not(invitation: Invitation) -> None:
    guesser, neighbour = Client(REMOTE_ADDR="192.0.2.1"), Client(REMOTE_ADDR="192.0.2.2")

    statuses = [guesser.get(f"/invitation/essai-{number}/").status_code for number in range(25)]

    assert statuses == [404] * 20 + [429] * 5
    assert guesser.get(LINK).status_code == 429
    assert neighbour.get(LINK).status_code == 200


def test_another_address_of_the_same_network_guesses_no_more(invitation: Invitation) -> None:
    origins = [f"2001:db8:1:2::{number:x}" for number in range(21)]

    statuses = [Client(REMOTE_ADDR=origin).get("/invitation/essai/").status_code for origin in origins]

    assert statuses == [404] * 20 + [429]
    assert Client(REMOTE_ADDR="2001:db8:1:3::1").get(LINK).status_code == 200


def test_an_old_link_opened_by_robots_is_no_guess(cast: Cast) -> None:
    InvitationFactory(company=cast.company, token="servi", accepted=True)

    assert {Client().get("/invitation/servi/").status_code for _ in range(50)} == {404}


@pytest.mark.django_db(transaction=True)
def test_the_mail_leaves_with_the_invitation(cast: Cast) -> None:
    invite(to_company(cast.company, "nouveau@example.org", ADMINISTRATOR), at=timezone.now(), by=cast.referent)

    assert [message.to for message in mail.outbox] == [["nouveau@example.org"]]
