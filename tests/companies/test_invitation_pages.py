"""The pages of whoever invites: the list, the forms, the members of a company; one answer for every address."""

import re
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import OutgoingMail, User
from companies.models import Invitation, Membership
from tests.cast import Cast
from tests.factories import UserFactory
from tests.pages import page, post, signed_in, text, without_token
from tests.timing import TIMES, alike, medians

NEW = "/invitations/nouvelle/"


def choices(user: User) -> list[str]:
    return re.findall(r'href="(\?pour=[a-z]+)"', text(signed_in(user).get(NEW)))


def sent(user: User, kind: str, **data: Any) -> Any:  # Any: what people type, and the test client's own response
    """What is answered to this form of « Inviter »."""
    return signed_in(user).post(f"{NEW}?pour={kind}", data)


def last() -> dict[str, object]:
    return dict(Invitation.objects.values("email", "role", "company_role", "department", "company", "invited_by").get())


@pytest.mark.parametrize(
    ("who", "kinds"),
    [
        ("referent", ["?pour=entreprise", "?pour=animateur", "?pour=lecteur", "?pour=referent"]),
        ("cget", ["?pour=referent", "?pour=cget"]),
    ],
)
def test_each_role_chooses_among_what_it_gives(cast: Cast, who: str, kinds: list[str]) -> None:
    assert choices(getattr(cast, who)) == kinds


def test_a_referent_invites_an_administrator(cast: Cast) -> None:
    data = {"company": cast.company.pk, "email": " Nouveau@Example.org ", "role": "administrateur"}
    response = signed_in(cast.referent).post(f"{NEW}?pour=entreprise", data, follow=True)

    assert response.redirect_chain == [("/invitations/", 302)]
    assert last() == {
        "email": "nouveau@example.org",
        "role": "entreprise",
        "company_role": "administrateur",
        "department": "62",
        "company": cast.company.pk,
        "invited_by": cast.referent.pk,
    }
    assert "Une invitation est partie à nouveau@example.org" in text(response)


@pytest.mark.parametrize(("kind", "role"), [("lecteur", "lecteur"), ("referent", "referent")])
def test_a_referent_invites_colleagues(cast: Cast, kind: str, role: str) -> None:
    sent(cast.referent, kind, email="nouveau@example.org")

    assert (last()["role"], last()["department"]) == (role, "62")


def test_a_referent_invites_an_animateur_with_its_companies(cast: Cast) -> None:
    refused = sent(cast.referent, "animateur", email="club@example.org")
    foreign = sent(cast.referent, "animateur", email="club@example.org", portfolio=[cast.other_company.pk])
    sent(cast.referent, "animateur", email="club@example.org", portfolio=[cast.company.pk, cast.rival_company.pk])

    names = [company.name for company in Invitation.objects.get().portfolio.all()]
    assert (refused.status_code, foreign.status_code) == (422, 422)
    assert "Cochez au moins une entreprise." in text(refused)
    assert names == ["Ateliers Terril", "Fonderie Terril"]


def test_the_agency_invites_a_referent_of_any_departement(cast: Cast) -> None:
    sent(cast.cget, "referent", email="nouveau@example.org", department="59")

    assert (last()["role"], last()["department"]) == ("referent", "59")


def test_the_agency_invites_its_agents(cast: Cast) -> None:
    sent(cast.cget, "cget", email="nouveau@example.org")

    assert (last()["role"], last()["department"]) == ("cget", None)


@pytest.mark.parametrize(
    ("who", "kind", "forged"),
    [
        ("referent", "cget", {}),
        ("referent", "entreprise", {"company": "other_company", "role": "administrateur"}),
        ("cget", "entreprise", {"company": "company", "role": "administrateur"}),
        ("cget", "lecteur", {}),
    ],
)
def test_forged_forms_invite_nobody(cast: Cast, who: str, kind: str, forged: dict[str, str]) -> None:
    data = {**forged, "company": getattr(cast, forged["company"]).pk} if "company" in forged else forged

    response = sent(getattr(cast, who), kind, email="nouveau@example.org", department="59", **data)

    assert response.status_code in {200, 422}
    assert not Invitation.objects.exists()


def test_a_forged_departement_changes_nothing(cast: Cast) -> None:
    sent(cast.referent, "referent", email="nouveau@example.org", department="59")

    assert last()["department"] == "62"


def test_a_company_is_chosen_beforehand(cast: Cast) -> None:
    html = text(signed_in(cast.referent).get(f"{NEW}?pour=entreprise&company={cast.rival_company.pk}"))

    assert re.search(rf'<option value="{cast.rival_company.pk}" selected>', html)


def test_a_refused_invitation_keeps_what_was_typed(cast: Cast) -> None:
    response = sent(cast.referent, "entreprise", company=cast.company.pk, email="sans-arobase", role="contributeur")

    html = text(response)
    assert response.status_code == 422
    assert 'value="sans-arobase"' in html
    assert re.search(rf'<option value="{cast.company.pk}" selected>', html)
    assert "Erreur – Inviter une entreprise" in html


def test_an_administrator_invites_from_the_page_of_the_members(cast: Cast) -> None:
    response = post(
        cast.member, "company_members", cast.company.pk, action="invite", email="rival@example.org", role="contributeur"
    )

    html = text(page(cast.member, "company_members", cast.company.pk))
    assert response.headers["Location"] == f"/entreprises/{cast.company.pk}/membres/"
    assert not Membership.objects.filter(company=cast.company, user=cast.rival).exists()
    assert page(cast.rival, "company_detail", cast.company.pk).status_code == 404
    assert "rival@example.org" in html
    assert "en attente" in html
    assert f"/invitations/{Invitation.objects.get().pk}/annuler/" in html


def test_the_page_of_the_members_says_who_is_in_already(cast: Cast) -> None:
    response = post(
        cast.member,
        "company_members",
        cast.company.pk,
        action="invite",
        email="Contributor@example.org",
        role="administrateur",
    )

    assert response.status_code == 422
    assert "Cette personne est déjà membre de l’entreprise" in text(response)
    assert 'value="Contributor@example.org"' in text(response)


def test_members_are_not_added_without_their_word(cast: Cast) -> None:
    """The former way in: the address of a rival, and the rival was inside."""
    response = post(
        cast.member, "company_members", cast.company.pk, action="add", email="rival@example.org", role="contributeur"
    )

    assert response.status_code == 404
    assert Membership.objects.filter(company=cast.company).count() == 2


ADDRESSES = ("inconnue@example.org", "rival@example.org", "referent@example.org", "deactivated@example.org")


def answer_for(cast: Cast, address: str) -> tuple[int, str, bytes]:
    """Everything that whoever invites sees, the address itself apart."""
    client = signed_in(cast.member)
    members = reverse("company_members", args=[cast.company.pk])
    response = client.post(members, {"action": "invite", "email": address, "role": "contributeur"})
    shown: Any = client.get(members)  # Any: the test client's own response
    row = Invitation.objects.get()
    seen = re.sub(rb'name="once" value="[^"]*"', b"", without_token(shown))
    seen = seen.replace(address.encode(), b"@").replace(str(row.pk).encode(), b"")
    row.delete()
    return response.status_code, response.headers["Location"], seen


def test_no_answer_tells_which_addresses_have_an_account(cast: Cast) -> None:
    # The page says until which minute each invitation is valid: a minute must not end between two of them.
    with time_machine.travel(timezone.now(), tick=False):
        answers = {answer_for(cast, address) for address in ADDRESSES}

    assert len(answers) == 1
    assert sorted(OutgoingMail.objects.values_list("to", flat=True)) == sorted(ADDRESSES)


def test_known_and_unknown_addresses_cost_the_same_queries(cast: Cast, django_assert_num_queries: Any) -> None:
    client = signed_in(cast.member)
    members = reverse("company_members", args=[cast.company.pk])
    client.post(members, {"action": "invite", "email": "premiere@example.org", "role": "contributeur"})

    for address in ADDRESSES:
        with django_assert_num_queries(38):
            client.post(members, {"action": "invite", "email": address, "role": "contributeur"})


@pytest.mark.drill
def test_known_and_unknown_addresses_take_the_same_time(cast: Cast) -> None:
    for number in range(TIMES):
        UserFactory(email=f"connue{number}@example.org")
    members = reverse("company_members", args=[cast.company.pk])

    def invite(by: User, name: str) -> Callable[[int], object]:
        client = signed_in(by)
        return lambda number: client.post(
            members, {"action": "invite", "email": f"{name}{number}@example.org", "role": "contributeur"}
        )

    # One inviter each: nobody has more than fifty invitations in the air.
    known, unknown = medians(invite(cast.referent, "connue"), invite(cast.staff_referent, "inconnue"))

    assert Invitation.objects.count() == 2 * TIMES
    assert alike(known, unknown)


def test_anonymous_visitors_sign_in_first() -> None:
    assert Client().get("/invitations/").headers["Location"] == "/connexion/?next=/invitations/"
