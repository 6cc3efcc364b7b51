"""Inviting, sending again, revoking: what is kept, what is mailed, what is refused."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.models import OutgoingMail, User
from accounts.roles import CompanyRole
from companies.actions.invitations import (
    InvitationRefused,
    MayNotInvite,
    Offer,
    invite,
    invite_agent,
    revoke,
    send_again,
)
from companies.actions.members import change_role, remove_member
from companies.models import Invitation
from companies.models.invitation import digest_of
from companies.seats import ADMINISTRATOR, AGENT, ANIMATEUR, CONTRIBUTOR, LECTEUR, REFERENT
from companies.selectors import invitation_behind
from tests.cast import Cast
from tests.companies.invitation_helpers import AT, last_link, to_company, to_department
from tests.factories import InvitationFactory, MembershipFactory
from workflows.tables import WrongState

WEEK = timedelta(days=7)


def token_of_last_mail() -> str:
    return last_link().split("/")[2]


def test_an_invitation_keeps_a_fingerprint_and_mails_the_link(cast: Cast) -> None:
    row = invite(to_company(cast.company, "nouveau@example.org", ADMINISTRATOR), at=AT, by=cast.referent)

    mail = OutgoingMail.objects.get()
    token = token_of_last_mail()
    assert (row.email, row.role, row.company_role) == ("nouveau@example.org", "entreprise", "administrateur")
    assert (row.department_id, row.company, row.invited_by) == ("62", cast.company, cast.referent)
    assert (row.invited_at, row.expires_at) == (AT, AT + WEEK)
    assert len(token) == 43
    assert row.token_digest == digest_of(token)
    assert token not in str(Invitation.objects.values().get())
    assert (mail.to, mail.subject) == ("nouveau@example.org", "Invitation au portail PAQTE : Ateliers Terril")
    assert f"{cast.referent.get_full_name()} vous invite" in mail.body
    assert "Entreprise\u00a0: Ateliers Terril" in mail.body
    assert "Votre rôle\u00a0: administrateur" in mail.body
    assert "avant le 2 décembre 2026 à 10:00" in mail.body


def test_the_mail_reads_the_clock_of_the_departement(cast: Cast) -> None:
    cast.company.department.time_zone = "Indian/Reunion"
    cast.company.department.save()

    invite(to_department("62", LECTEUR), at=AT, by=cast.referent)

    body = OutgoingMail.objects.get().body
    assert "avant le 2 décembre 2026 à 13:00" in body
    assert "Département\u00a0: Pas-de-Calais (62)" in body


def test_a_rolled_back_invitation_leaves_no_mail(cast: Cast) -> None:
    with transaction.atomic():
        invite(to_company(cast.company), at=AT, by=cast.member)
        transaction.set_rollback(True)

    assert (Invitation.objects.count(), OutgoingMail.objects.count()) == (0, 0)


def test_whoever_was_closed_or_removed_meanwhile_sends_nothing(cast: Cast) -> None:
    """The account as the request read it, before somebody else changed it."""
    User.objects.filter(pk=cast.referent.pk).update(is_active=False)

    with pytest.raises(MayNotInvite):
        invite(to_department("62", LECTEUR), at=AT, by=cast.referent)

    assert (Invitation.objects.count(), OutgoingMail.objects.count()) == (0, 0)


def test_the_link_works_for_seven_days_to_the_second(cast: Cast) -> None:
    invite(to_company(cast.company), at=AT, by=cast.member)
    token = token_of_last_mail()

    assert invitation_behind(token, at=AT + WEEK - timedelta(seconds=1))
    assert invitation_behind(token, at=AT + WEEK) is None


def test_a_second_invitation_to_the_same_place_replaces_the_first(cast: Cast) -> None:
    first = invite(to_company(cast.company, seat=CONTRIBUTOR), at=AT, by=cast.member)
    old = token_of_last_mail()
    second = invite(to_company(cast.company, seat=ADMINISTRATOR), at=AT + timedelta(hours=1), by=cast.referent)

    assert first.pk == second.pk
    assert (second.company_role, second.invited_by) == ("administrateur", cast.referent)
    assert invitation_behind(old, at=AT) is None
    assert invitation_behind(token_of_last_mail(), at=AT) == second


def test_another_place_is_another_invitation(cast: Cast) -> None:
    invite(to_company(cast.company), at=AT, by=cast.referent)
    invite(to_company(cast.rival_company), at=AT, by=cast.referent)
    invite(to_department("62", LECTEUR), at=AT, by=cast.referent)
    invite(to_department("62", REFERENT), at=AT, by=cast.cget)
    invite(to_department("59", REFERENT), at=AT, by=cast.cget)
    invite(Offer("nouveau@example.org", AGENT), at=AT, by=cast.cget)

    assert sorted((row.where, row.seat.label) for row in Invitation.objects.all()) == [
        ("Agence nationale", "agent du CGET"),
        ("Ateliers Terril", "contributeur"),
        ("Fonderie Terril", "contributeur"),
        ("Nord (59)", "référent PAQTE"),
        ("Pas-de-Calais (62)", "référent PAQTE"),
    ]


def test_a_member_already_there_is_said_so(cast: Cast) -> None:
    with pytest.raises(InvitationRefused, match="déjà membre de l’entreprise"):
        invite(to_company(cast.company, "contributor@example.org", ADMINISTRATOR), at=AT, by=cast.member)
    assert not OutgoingMail.objects.exists()


def test_the_fifty_first_pending_invitation_is_refused(cast: Cast) -> None:
    InvitationFactory.create_batch(49, company=cast.company, invited_by=cast.member, invited_at=AT)
    InvitationFactory(company=cast.company, invited_by=cast.member, invited_at=AT - WEEK)
    InvitationFactory(company=cast.company, invited_by=cast.member, invited_at=AT, revoked=True)
    InvitationFactory(company=cast.company, invited_by=cast.referent, invited_at=AT)

    fiftieth = invite(to_company(cast.company, "cinquante@example.org"), at=AT, by=cast.member)
    with pytest.raises(InvitationRefused, match="déjà 50 invitations en attente"):
        invite(to_company(cast.company, "cinquante-et-un@example.org"), at=AT, by=cast.member)
    again = send_again(fiftieth, at=AT, by=cast.member)

    assert Invitation.objects.pending(AT).filter(invited_by=cast.member).count() == 50
    assert again.pk == fiftieth.pk


def test_sending_again_voids_the_old_link(cast: Cast) -> None:
    row = invite(to_department("62", ANIMATEUR, "club@example.org", cast.company), at=AT, by=cast.referent)
    old, later = token_of_last_mail(), AT + timedelta(days=20)

    again = send_again(row, at=later, by=cast.staff_referent)

    assert invitation_behind(old, at=AT) is None
    assert invitation_behind(token_of_last_mail(), at=later) == again
    assert (again.invited_by, again.expires_at) == (cast.staff_referent, later + WEEK)
    assert list(again.portfolio.all()) == [cast.company]
    assert Invitation.objects.count() == 1


@pytest.mark.parametrize("end", ["accepted", "revoked"])
@pytest.mark.parametrize("action", [send_again, revoke])
def test_what_is_over_is_not_acted_upon(cast: Cast, end: str, action) -> None:
    row = InvitationFactory(company=cast.company, invited_by=cast.member, **{end: True})

    with pytest.raises(WrongState, match="déjà acceptée ou annulée"):
        action(row, at=AT, by=cast.member)
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize(
    "who", ["contributor", "rival", "animateur", "other_referent", "lecteur", "cget", "technician"]
)
@pytest.mark.parametrize("action", [send_again, revoke])
def test_nobody_acts_upon_the_invitations_of_others(cast: Cast, who: str, action) -> None:
    row = InvitationFactory(company=cast.company, invited_by=cast.member)

    with pytest.raises(MayNotInvite):
        action(row, at=AT, by=getattr(cast, who))
    row.refresh_from_db()
    assert row.is_open


def test_revoking_voids_the_link_and_frees_the_place(cast: Cast) -> None:
    row = invite(to_company(cast.company), at=AT, by=cast.member)
    token = token_of_last_mail()

    revoked = revoke(row, at=AT, by=cast.referent)
    again = invite(to_company(cast.company), at=AT, by=cast.member)

    assert (revoked.revoked_at, revoked.revoked_by) == (AT, cast.referent)
    assert invitation_behind(token, at=AT) is None
    assert again.pk != row.pk


def test_whoever_leaves_a_company_leaves_no_open_door(cast: Cast) -> None:
    other = MembershipFactory(company=cast.company)
    sent = invite(to_company(cast.company), at=AT, by=cast.member)
    kept = invite(to_company(cast.company, "autre@example.org"), at=AT, by=other.user)

    remove_member(cast.member.memberships.get(), at=AT, by=other.user)

    sent.refresh_from_db()
    kept.refresh_from_db()
    assert (sent.revoked_by, kept.revoked_by) == (other.user, None)


def test_whoever_is_no_administrator_any_more_leaves_no_open_door(cast: Cast) -> None:
    MembershipFactory(company=cast.company)
    sent = invite(to_company(cast.company), at=AT, by=cast.member)

    change_role(cast.member.memberships.get(), role=CompanyRole.CONTRIBUTOR, at=AT, by=cast.referent)

    sent.refresh_from_db()
    assert sent.revoked_by == cast.referent


def test_agents_invited_by_the_command_have_no_inviter(cast: Cast) -> None:
    path = invite_agent("premiere@example.org", at=AT)

    row = Invitation.objects.get()
    assert (row.role, row.invited_by, row.where) == ("cget", None, "Agence nationale")
    assert path == last_link()
    assert "Vous êtes invité sur le portail PAQTE" in OutgoingMail.objects.get().body


def test_a_race_lost_to_the_constraint_is_a_sentence(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two agents invite the same address to the agency, where no row stands for the place to wait upon."""
    InvitationFactory(agent=True, email="nouveau@example.org")
    monkeypatch.setattr(Invitation.objects.all().__class__, "for_place", lambda rows, *args, **kwargs: rows.none())

    with pytest.raises(InvitationRefused, match="vient d’être invitée"):
        invite(Offer("nouveau@example.org", AGENT), at=AT, by=cast.cget)


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"email": "Majuscule@example.org"}, "invitation_email_lower"),
        ({"role": "cget"}, "invitation_place_goes_with_role"),
        ({"company_role": ""}, "invitation_place_goes_with_role"),
        ({"role": "referent", "company_role": ""}, "invitation_place_goes_with_role"),
        ({"invited_by": None}, "invitation_has_inviter"),
        ({"expires_at": AT - WEEK}, "invitation_expires_after_sending"),
        ({"accepted_at": AT}, "invitation_accepted_by_somebody"),
        ({"revoked_at": AT}, "invitation_revoked_by_somebody"),
        ({"accepted": True, "revoked": True}, "invitation_accepted_by_somebody"),
    ],
)
def test_the_database_refuses_what_makes_no_sense(cast: Cast, fields: dict[str, object], constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        InvitationFactory(company=cast.company, **fields)


@pytest.mark.parametrize("trait", [{}, {"lecteur": True}, {"agent": True}])
def test_the_database_keeps_one_open_invitation_per_place(cast: Cast, trait: dict[str, bool]) -> None:
    place = {} if trait else {"company": cast.company}
    InvitationFactory(email="a@example.org", **place, **trait, revoked=True)
    InvitationFactory(email="a@example.org", **place, **trait)

    with pytest.raises(IntegrityError), transaction.atomic():
        InvitationFactory(email="a@example.org", **place, **trait)
