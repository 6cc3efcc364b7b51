"""The lists of invitations, and what can still be done with each."""

import re
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.models import OutgoingMail
from companies.actions.invitations import invite
from tests.cast import Cast
from tests.companies.invitation_helpers import to_company
from tests.factories import CompanyFactory, DepartmentFactory, InvitationFactory, UserFactory
from tests.pages import page, post, queries, signed_in, text

NAMED = r'<th scope="row"> *<span dir="auto">([^<]+)</span>'


def test_lists_show_what_is_pending_accepted_and_expired(cast: Cast) -> None:
    InvitationFactory(company=cast.company, email="attend@example.org")
    InvitationFactory(company=cast.company, email="accepte@example.org", accepted=True)
    InvitationFactory(company=cast.company, email="expire@example.org", expired=True)
    InvitationFactory(company=cast.company, email="annule@example.org", revoked=True)
    InvitationFactory(company=cast.other_company, email="ailleurs@example.org")
    client = signed_in(cast.referent)

    shown = {
        state: re.findall(NAMED, text(client.get(f"/invitations/?etat={state}")))
        for state in ("en-attente", "acceptees", "expirees", "inconnu")
    }

    assert shown == {
        "en-attente": ["attend@example.org"],
        "acceptees": ["accepte@example.org"],
        "expirees": ["expire@example.org"],
        "inconnu": ["attend@example.org"],
    }
    assert "Renvoyer" not in text(client.get("/invitations/?etat=acceptees"))


@pytest.mark.parametrize(
    ("delivery", "shown"),
    [
        ("waiting", ""),
        ("refused", "<strong>Courriel refusé\u00a0: vérifiez l’adresse.</strong>"),
        ("given_up", "<strong>Courriel jamais parti, malgré 24 heures d’essais.</strong>"),
    ],
)
def test_whoever_invites_sees_that_the_mail_did_not_arrive(cast: Cast, delivery: str, shown: str) -> None:
    invite(to_company(cast.company), at=timezone.now(), by=cast.referent)
    OutgoingMail.objects.update(delivery=delivery)

    listed = text(page(cast.referent, "invitation_list"))
    members = text(page(cast.member, "company_members", cast.company.pk))

    assert ("<strong>Courriel" in listed, shown in listed, shown in members) == (bool(shown), True, True)


def test_the_agency_sees_referents_and_agents_only(cast: Cast) -> None:
    InvitationFactory(company=cast.company, email="entreprise@example.org")
    InvitationFactory(lecteur=True, email="prefet@example.org")
    InvitationFactory(referent=True, email="collegue@example.org")
    InvitationFactory(agent=True, email="agent@example.org")

    html = text(page(cast.cget, "invitation_list"))

    assert re.findall(NAMED, html) == ["agent@example.org", "collegue@example.org"]


def test_sending_again_and_taking_back_ask_first(cast: Cast) -> None:
    row = InvitationFactory(company=cast.company, expired=True)
    client = signed_in(cast.referent)

    asked = client.get(f"/invitations/{row.pk}/renvoyer/")
    again = client.post(f"/invitations/{row.pk}/renvoyer/")
    question = client.get(f"/invitations/{row.pk}/annuler/")
    revoked = client.post(f"/invitations/{row.pk}/annuler/")
    twice = client.post(f"/invitations/{row.pk}/annuler/", follow=True)

    row.refresh_from_db()
    assert "Renvoyer l’invitation\u00a0?" in text(asked)
    assert "Annuler l’invitation\u00a0?" in text(question)
    assert {again.headers["Location"], revoked.headers["Location"]} == {"/invitations/"}
    assert [mail.to for mail in OutgoingMail.objects.all()] == [row.email]
    assert (row.revoked_by, row.expires_at > timezone.now()) == (cast.referent, True)
    assert "Cette invitation est déjà acceptée ou annulée" in text(twice)


def test_a_member_comes_back_to_its_company(cast: Cast) -> None:
    row = InvitationFactory(company=cast.company)

    response = post(cast.member, "invitation_revoke", row.pk)

    assert response.headers["Location"] == f"/entreprises/{cast.company.pk}/membres/"


def test_too_many_mails_in_a_day_is_said(cast: Cast) -> None:
    row = InvitationFactory(company=cast.company, invited_by=cast.member)
    client = signed_in(cast.member)

    statuses = [client.post(f"/invitations/{row.pk}/renvoyer/", {"once": str(uuid4())}).status_code for _ in range(51)]

    assert statuses == [302] * 50 + [429]
    assert OutgoingMail.objects.count() == 50


def test_hostile_names_are_shown_literally(cast: Cast) -> None:
    company = CompanyFactory(name="<script>alert(1)</script>{{7*7}}")
    InvitationFactory(company=company, invited_by=UserFactory(referent=True, first_name="<b>", last_name="{{1}}"))

    html = text(page(cast.referent, "invitation_list"))

    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{7*7}}" in html
    assert "&lt;b&gt; {{1}}" in html


@pytest.mark.parametrize(("who", "number"), [("referent", 8), ("cget", 7)])
def test_the_list_makes_as_many_queries_for_one_as_for_thirty(cast: Cast, who: str, number: int) -> None:
    trait = {"agent": True} if who == "cget" else {"animateur": True}
    InvitationFactory(**trait)
    assert queries(getattr(cast, who), "invitation_list") == number

    InvitationFactory.create_batch(29, **trait)
    assert queries(getattr(cast, who), "invitation_list") == number


def test_the_members_page_makes_as_many_queries_for_one_as_for_thirty(cast: Cast) -> None:
    InvitationFactory(company=cast.company)
    number = queries(cast.member, "company_members", cast.company.pk)

    InvitationFactory.create_batch(29, company=cast.company)
    assert (number, queries(cast.member, "company_members", cast.company.pk)) == (7, 7)


def test_the_form_of_the_agency_lists_every_departement(cast: Cast) -> None:
    DepartmentFactory(reunion=True)

    html = text(signed_in(cast.cget).get("/invitations/nouvelle/?pour=referent"))

    assert re.findall(r'<option value="(\d+)">', html) == ["59", "62", "974"]
