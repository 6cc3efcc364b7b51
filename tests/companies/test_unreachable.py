"""The addresses that do not receive the portal's mails: whose, since when, and where that is repaired."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from accounts.models import OutgoingMail, User
from companies.unreachable import unreachable
from tests.cast import Cast
from tests.factories import CompanyFactory, InvitationFactory, MembershipFactory, UserFactory
from tests.pages import page, queries, text

AT = datetime(2026, 11, 25, 9, tzinfo=UTC)


def mail(to: str, delivery: str, *, hours: int = 0) -> None:
    """One that became of it what `delivery` says, so many hours later; about another département."""
    fields: dict[str, Any] = {"sent_at": AT} if delivery == "sent" else {}
    fields |= {"to": to, "subject": "Convention PAQTE-59-2019-001", "body": "…", "delivery": delivery}
    row = OutgoingMail.objects.create(**fields)
    OutgoingMail.objects.filter(pk=row.pk).update(created_at=AT + timedelta(hours=hours))


def addresses(user: User) -> list[str]:
    return list(unreachable(user).values_list("to", flat=True))


@pytest.mark.parametrize(
    ("fates", "found"),
    [
        (["refused"], True),
        (["given_up"], True),
        (["sent"], False),
        (["waiting"], False),
        (["refused", "sent"], False),
        (["sent", "refused"], True),
        (["refused", "refused"], True),
        (["refused", "waiting"], True),
    ],
)
def test_the_last_word_of_a_server_counts(cast: Cast, fates: list[str], found: bool) -> None:
    for rank, fate in enumerate(fates):
        mail(cast.member.email, fate, hours=rank)

    assert addresses(cast.referent) == ([cast.member.email] if found else [])


def test_those_whom_a_prefecture_answers_for(cast: Cast) -> None:
    gone = MembershipFactory(company=cast.company, user__is_active=False).user
    taken_back = InvitationFactory(company=cast.company, email="reprise@example.org", revoked=True)
    invited = InvitationFactory(company=cast.company, email="invitee@example.org")
    strangers = (cast.other_member, cast.other_referent, cast.cget, gone, cast.deactivated)
    everybody = [
        *(person.email for person in (cast.member, cast.animateur, cast.lecteur, *strangers)),
        invited.email,
        taken_back.email,
    ]
    for rank, address in enumerate(everybody):
        mail(address, "refused", hours=rank)

    assert addresses(cast.referent) == [
        "member@example.org",
        "animateur@example.org",
        "lecteur@example.org",
        "invitee@example.org",
    ]
    assert addresses(cast.other_referent) == ["other.member@example.org", "other.referent@example.org"]


def test_the_page_says_who_and_where_it_is_repaired_and_never_what_was_written(cast: Cast) -> None:
    InvitationFactory(company=cast.company, email="invitee@example.org")
    for address in (cast.member.email, cast.animateur.email, "invitee@example.org"):
        mail(address, "refused")

    seen, read = (text(page(user, "unreachable_list")) for user in (cast.referent, cast.lecteur))

    assert "3 adresses." in seen
    for url in (f"/entreprises/{cast.company.pk}/membres/", "/equipe/", "/invitations/"):
        assert f'href="{url}">Revoir' in seen or f'href="{url}">Annuler' in seen
    assert cast.member.get_full_name() in seen
    assert "Courriel refusé\u00a0: vérifiez l’adresse." in seen
    assert "PAQTE-59" not in seen
    assert "Revoir les membres" not in read


def test_who_serves_companies_of_two_departements_is_told_to_each_by_its_own(cast: Cast) -> None:
    person = MembershipFactory(company=cast.other_company).user
    MembershipFactory(user=person, company=cast.company)
    mail(person.email, "refused")

    seen = text(page(cast.referent, "unreachable_list"))

    assert cast.company.name in seen
    assert cast.other_company.name not in seen
    assert f"/entreprises/{cast.company.pk}/membres/" in seen


def test_no_address_refuses(cast: Cast) -> None:
    assert "Tous les courriels arrivent" in text(page(cast.referent, "unreachable_list"))


def test_the_page_costs_the_same_with_twenty_addresses(cast: Cast) -> None:
    mail(cast.member.email, "refused")
    one = queries(cast.referent, "unreachable_list")
    for number in range(20):
        company = CompanyFactory(department=cast.company.department)
        mail(MembershipFactory(company=company, user=UserFactory(email=f"p{number}@example.org")).user.email, "refused")

    assert queries(cast.referent, "unreachable_list") == one
