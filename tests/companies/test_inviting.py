"""Companies invited together: which addresses are shown, who is invited, who is not and why, and nobody twice."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from accounts.models import OutgoingMail
from companies.actions.invitations import InvitationRefused, MayNotInvite, invite_contact
from companies.models import Company, Invitation
from tests.cast import Cast
from tests.factories import (
    CompanyFactory,
    ContactFactory,
    ConventionFactory,
    InvitationFactory,
    MembershipFactory,
    PortfolioFactory,
)
from tests.pages import queries, signed_in, text

pytestmark = pytest.mark.usefixtures("catalogue")

LIST = "/entreprises/?acces=sans-personne"
PAGE = "/entreprises/inviter/"


@pytest.fixture(autouse=True)
def _today(settings: Settings) -> None:
    settings.PAQTE_TODAY = date(2020, 7, 10)


def mute(cast: Cast, name: str = "Verrerie Terril", email: str = "anne@example.org") -> Company:
    """A company that signed, where nobody has an account, with one contact."""
    company = CompanyFactory(name=name, department=cast.company.department)
    ConventionFactory(company=company)
    ContactFactory(company=company, name="Anne Dubois", email=email)
    return company


def invited() -> list[tuple[str, str, str]]:
    return sorted(Invitation.objects.values_list("email", "company__name", "company_role"))


def test_the_boxes_show_whom_one_would_invite_and_only_a_referent_has_them(cast: Cast) -> None:
    company, without = mute(cast), mute(cast, "Brasserie Terril", "")

    seen = text(signed_in(cast.referent).get(LIST))

    assert f'value="{company.pk} anne@example.org"' in seen
    assert "Anne Dubois, anne@example.org" in seen
    assert f'id="choix-{without.pk}"' in seen
    assert "aucun contact n’a d’adresse" in seen
    assert 'id="choix-' not in text(signed_in(cast.lecteur).get(LIST))
    assert 'id="choix-' not in text(signed_in(cast.referent).get("/entreprises/"))


def test_the_addresses_are_shown_before_anything_leaves(cast: Cast) -> None:
    company, without = mute(cast), mute(cast, "Brasserie Terril", "")

    asked = signed_in(cast.referent).post(
        PAGE,
        {
            "choisie": [f"{company.pk} anne@example.org", f"{without.pk} ", "zut", f"{without.pk} a\x00@example.org"],
            "filtres": "acces=sans-personne",
        },
    )

    assert "Verrerie Terril\u00a0: anne@example.org" in text(asked)
    assert "1 adresse à inviter, une par entreprise." in text(asked)
    assert "Sans adresse de contact, pas d’invitation pour Brasserie Terril." in text(asked)
    assert (invited(), OutgoingMail.objects.count()) == ([], 0)


def test_those_who_can_be_are_invited_and_the_others_are_told_with_the_reason(cast: Cast) -> None:
    company, without = mute(cast), mute(cast, "Brasserie Terril", "")
    late = mute(cast, "Menuiserie Terril", "late@example.org")
    InvitationFactory(company=late, email="deja@example.org", invited_at=timezone.now())
    boxes = [f"{company.pk} anne@example.org", f"{without.pk} ", f"{late.pk} late@example.org"]

    done = signed_in(cast.referent).post(
        PAGE, {"choisie": boxes, "filtres": "acces=sans-personne", "confirmed": "1"}, follow=True
    )

    assert done.redirect_chain == [(LIST, 302)]
    assert "1 entreprise invitée\u00a0: chaque lien est valable sept jours." in text(done)
    assert "Brasserie Terril n’est pas invitée\u00a0: Aucun contact n’a d’adresse" in text(done)
    assert "Menuiserie Terril n’est pas invitée\u00a0: Déjà invitée, à l’adresse deja@example.org." in text(done)
    assert invited() == [
        ("anne@example.org", "Verrerie Terril", "administrateur"),
        ("deja@example.org", "Menuiserie Terril", "administrateur"),
    ]
    assert [mail.to for mail in OutgoingMail.objects.all()] == ["anne@example.org"]


def test_sent_again_invites_nobody_twice(cast: Cast) -> None:
    company = mute(cast)
    sent = {"choisie": [f"{company.pk} anne@example.org"], "confirmed": "1"}
    client = signed_in(cast.referent)

    client.post(PAGE, sent)
    clicked_twice = client.post(PAGE, sent, follow=True)
    again = signed_in(cast.staff_referent).post(PAGE, sent, follow=True)

    assert "1 entreprise invitée" in text(clicked_twice)
    assert "Déjà invitée, à l’adresse anne@example.org." in text(again)
    assert OutgoingMail.objects.count() == 1


def test_an_invitation_that_ran_out_is_made_anew(cast: Cast) -> None:
    company = mute(cast)
    InvitationFactory(company=company, email="anne@example.org", invited_at=timezone.now() - timedelta(days=8))

    invite_contact(company, email="Anne@Example.org", at=timezone.now(), by=cast.referent)

    assert invited() == [("anne@example.org", "Verrerie Terril", "administrateur")]
    assert [mail.to for mail in OutgoingMail.objects.all()] == ["anne@example.org"]


def test_what_changed_since_the_address_was_shown_is_said(cast: Cast) -> None:
    at = timezone.now()
    moved, entrusted, member = mute(cast), mute(cast, "Brasserie Terril"), mute(cast, "Menuiserie Terril")
    moved.contacts.update(email="autre@example.org")
    PortfolioFactory(company=entrusted)
    MembershipFactory(company=member, contributor=True, user__email="anne@example.org")

    for company, reason in ((moved, "n’est plus"), (entrusted, "répond déjà"), (member, "en est déjà membre")):
        with pytest.raises(InvitationRefused, match=reason):
            invite_contact(company, email="anne@example.org", at=at, by=cast.referent)
    with pytest.raises(MayNotInvite):
        invite_contact(moved, email="autre@example.org", at=at, by=cast.other_referent)
    assert OutgoingMail.objects.count() == 0


def test_another_departement_cannot_be_ticked_and_nothing_ticked_is_said(cast: Cast) -> None:
    company = mute(cast)

    for boxes in ([f"{company.pk} anne@example.org"], []):
        done = signed_in(cast.other_referent).post(PAGE, {"choisie": boxes, "confirmed": "1"}, follow=True)
        assert "Cochez au moins une entreprise" in text(done)
    assert invited() == []


def test_the_boxes_cost_the_same_with_twenty_companies(cast: Cast) -> None:
    mute(cast)
    few = queries(cast.referent, "company_list", acces="sans-personne")
    for number in range(20):
        mute(cast, f"Brasserie {number}", f"c{number}@example.org")

    assert queries(cast.referent, "company_list", acces="sans-personne") == few
